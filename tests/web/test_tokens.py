"""The pages of tokens: made, shown once, listed, ended."""

import re

import pytest
from sqlmodel import select

from models import Token
from relais import tokens
from relais.db import reading, writing
from relais.settings import now
from tests.public_record import counted
from tests.web.reading import read

MINE = "/en/account/tokens"
OURS = "/en/groups/european-public-affairs/tokens"
SECRET = re.compile(r"relais_[\w-]{43}")


def listed(page):
    return [row.words for row in read(page).all("tr")][1:]


def secrets_of(page):
    return SECRET.findall(page.text)


def holder(secret):
    with reading() as session:
        return tokens.holder(session, secret, now())


def test_a_token_is_shown_once_and_opens_what_it_says(as_commenter, commenter):
    made = as_commenter.post(MINE, data={"name": "Sheet of the board", "scope": "write", "days": "90"})

    (secret,) = secrets_of(made)
    again = as_commenter.get(MINE)
    assert (made.status_code, made.headers["Cache-Control"], again.headers["Cache-Control"]) == (200, "no-store", "no-store")
    assert (holder(secret).reader.person, holder(secret).writes, secrets_of(again)) == (commenter, True, [])
    assert "Sheet of the board" in listed(again)[0]
    assert "never" in listed(again)[0]


def test_one_that_runs_the_group_says_so_in_the_list(as_coordinator):
    (secret,) = secrets_of(as_coordinator.post(OURS, data={"name": "Desk", "scope": "manage"}))

    assert holder(secret).manages is True
    assert "Reads, writes and runs the group" in listed(as_coordinator.get(OURS))[0]


def test_what_was_typed_stays_where_something_is_wrong(as_editor):
    answer = as_editor.post(MINE, data={"name": "", "scope": "all", "days": "400"})

    assert answer.status_code == 422
    for told in ("Fill this in", "Choose one from the list", "Write a smaller number"):
        assert told in answer.text
    with reading() as session:
        assert session.exec(select(Token)).all() == []


def test_ended_it_is_listed_no_more(as_editor):
    (secret,) = secrets_of(as_editor.post(MINE, data={"name": "Sheet"}))

    for _ in "twice":
        answer = as_editor.post(f"{MINE}/1/removal")
        assert (answer.status_code, answer.headers["Location"]) == (303, MINE)
    assert listed(as_editor.get(MINE)) == []
    with pytest.raises(tokens.NoToken):
        holder(secret)


def test_another_members_token_is_not_there(as_editor, as_coordinator):
    as_coordinator.post(MINE, data={"name": "Mine"})

    assert as_editor.post(f"{MINE}/1/removal").status_code == 404
    assert as_coordinator.post(f"{OURS}/1/removal").status_code == 404
    assert [len(listed(client.get(MINE))) for client in (as_editor, as_coordinator)] == [0, 1]


def test_coordinators_make_and_end_tokens_of_their_group(as_coordinator, coordinator, public_affairs):
    (secret,) = secrets_of(as_coordinator.post(OURS, data={"name": "Site", "scope": "read"}))

    assert holder(secret).token.group_id == public_affairs.id
    assert "Site Claire Martin" in listed(as_coordinator.get(OURS))[0]
    assert listed(as_coordinator.get(MINE)) == []
    assert as_coordinator.post(f"{OURS}/1/removal").headers["Location"] == OURS
    assert listed(as_coordinator.get(OURS)) == []


def test_one_finds_the_pages(as_coordinator, as_editor):
    assert f'href="{MINE}"' in as_editor.get("/en/account").text
    group = OURS.removesuffix("/tokens")
    assert [f'href="{OURS}"' in client.get(group).text for client in (as_coordinator, as_editor)] == [True, False]


def test_three_are_listed_with_as_many_questions_as_one(as_coordinator, coordinator, public_affairs, engine):
    def asked(number):
        with writing() as session:
            tokens.make(session, tokens.TokenForm(name=str(number)), by=coordinator, now=now(), group=public_affairs)
        with counted(engine) as statements:
            as_coordinator.get(OURS)
        return len(statements)

    one, _two, three = asked(1), asked(2), asked(3)

    assert three == one

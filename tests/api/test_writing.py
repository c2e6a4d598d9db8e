"""What every write has in common: what was seen, sent twice, too often, wrong, in which language, and who is said to have done it."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Comment, Event, Token, TokenWrite
from models.event import EventKind
from relais.db import reading, writing
from tests.api.conftest import a_token, caller
from tests.public_record import a_comment, a_proposal, an_actor

POST = "proposals/guichet/comments"


@pytest.fixture
def guichet(public_affairs):
    an_actor("france")
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


def bodies():
    with reading() as session:
        return list(session.exec(select(Comment.body).order_by(col(Comment.id))))


def test_what_was_made_is_told_with_its_address_and_its_tag(program, guichet):
    answer = program.post(POST, json={"body": "Oui.", "public": True})

    assert (answer.status_code, answer.headers["ETag"], answer.headers["Cache-Control"]) == (201, '"1"', "no-store")
    assert answer.headers["Location"] == "http://testserver/api/v1/comments/1"
    assert answer.json() == program.get("comments/1").json()


def test_the_tag_of_what_was_read_changes_it_once(program, guichet, editor):
    a_comment(guichet, editor, "Oui.")
    tag = program.get("comments/1").headers["ETag"]

    first = program.put("comments/1", json={"body": "Non."}, headers={"If-Match": tag})
    second = program.put("comments/1", json={"body": "Peut-être."}, headers={"If-Match": tag})

    assert (first.status_code, first.headers["ETag"], first.json()["version"]) == (200, '"2"', 2)
    assert (second.status_code, second.headers["ETag"], second.json()["version"]) == (412, '"2"', 2)
    assert second.headers["Content-Type"] == "application/problem+json"
    assert program.put("comments/1", json={"body": "Peut-être."}, headers={"If-Match": second.headers["ETag"]}).status_code == 200
    assert bodies() == ["Peut-être."]


def test_a_tag_with_a_version_is_known_again(program, guichet, editor):
    a_comment(guichet, editor, "Oui.")
    program.get("comments/1")
    tag = program.get("comments/1").headers["ETag"]
    answer = program.get("comments/1", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.headers["ETag"], tag.startswith('"1-')) == (304, tag, True)


@pytest.mark.parametrize("seen", [None, "", "*", "1", '"one"', '"1', '"1", "2"', '"9999999999"'])
def test_who_does_not_say_what_they_saw_changes_nothing(program, guichet, editor, seen):
    a_comment(guichet, editor, "Oui.")
    headers = {} if seen is None else {"If-Match": seen}

    for answer in (program.put("comments/1", json={"body": "Non."}, headers=headers), program.delete("comments/1", headers=headers)):
        assert (answer.status_code, answer.json()["detail"]) == (428, "Say which version you saw: send its ETag in If-Match")
    assert bodies() == ["Oui."]


def test_of_many_who_saw_the_same_one_changes_it(guichet, editor):
    a_comment(guichet, editor, "Oui.")
    secret, answers = a_token(editor), []

    def change(number):
        answers.append(caller(secret).put("comments/1", json={"body": f"Par {number}"}, headers={"If-Match": '"1"'}).status_code)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 412, 412, 412, 412, 412]


# --- too often --------------------------------------------------------------------------------------------------------


def test_writes_are_counted_down_and_then_refused_until_a_minute_has_gone(program, editor):
    first = program.post("sources", json={"title": "Note", "language": "fr"})
    for number in range(59):
        program.post("sources", json={"title": f"Note {number}", "language": "fr"})
    refused = program.post("sources", json={"title": "Too many", "language": "fr"})

    assert (first.headers["RateLimit-Policy"], first.headers["RateLimit"]) == ('"writes";q=60;w=60', '"writes";r=59;t=60')
    assert (refused.status_code, 1 <= int(refused.headers["Retry-After"]) <= 60) == (429, True)
    assert refused.headers["RateLimit"] == f'"writes";r=0;t={refused.headers["Retry-After"]}'
    assert program.get("sources").status_code == 200
    assert caller(a_token(editor)).post(POST, json={"body": "Another token"}).status_code == 201
    with writing() as session:
        for row in session.exec(select(TokenWrite)).all():
            row.written_at -= timedelta(seconds=61)
    assert program.post("sources", json={"title": "Later", "language": "fr"}).status_code == 201


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ["actor", "stance"]),
        ({"actor": "france", "stance": "likes"}, ["stance"]),
        ({"actor": "nobody", "stance": "supports"}, ["actor"]),
        ({"actor": "france", "stance": "supports", "on": "soon"}, ["on"]),
        ({"actor": "france", "stance": "supports", "on": 2022}, ["on"]),
        ({"actor": "france", "stance": "supports", "on": None}, ["on"]),
        ({"actor": "france", "stance": "supports", "public": "yes"}, ["public"]),
        ({"actor": "france", "stance": "supports", "more": 1}, ["more"]),
        ({"actor": "france", "stance": "supports", "note_fr": "\u0000"}, ["note_fr"]),
        ({"actor": "france", "stance": "supports", "note_fr": "x" * 1001}, ["note_fr"]),
        ({"actor": 7, "stance": "supports"}, ["actor"]),
        ({"actor": "france", "stance": "supports", "citations": [{"locator": "p. 3"}]}, ["source"]),
        ({"actor": "france", "stance": "supports", "citations": [{"supports": 1}]}, ["citations.0.supports"]),
        ([], [""]),
        ("text", [""]),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_done(program, body, wrong):
    answer = program.post("proposals/guichet/positions", json=body)

    assert (answer.status_code, [error["parameter"] for error in answer.json()["errors"]]) == (422, wrong)
    assert program.get("positions").json()["items"] == []


@pytest.mark.parametrize("raw", [b"", b"{", b"null", b'{"body": "\\ud800"}', b'{"\\ud800": 1}', b"[" * 5000, b"\xff\xfe"])
def test_what_is_no_json_is_refused(program, raw):
    answer = program.post(POST, content=raw, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.headers["Content-Type"]) in ((422, "application/problem+json"), (400, "application/problem+json"))
    assert bodies() == []


def test_it_is_told_in_the_language_of_the_caller(program):
    def told(**headers):
        answer = program.post(POST, json={"body": ""}, headers=headers)
        return answer.headers["Content-Language"], answer.json()["errors"][0]["detail"]

    assert told() == ("en", "Fill this in")
    assert told(**{"Accept-Language": "fr-BE, en;q=0.5"}) == ("fr", "Remplir ce champ")
    assert program.get("comments/7", headers={"Accept-Language": "fr"}).json()["detail"] == "Il n’y a rien à cette adresse."


def test_a_read_token_is_told_so_before_what_is_wrong(carrying, guichet, editor):
    answer = carrying(editor, "read").post(POST, json={"body": ""})

    assert (answer.status_code, answer.json()["detail"]) == (403, "This token only reads")


def test_the_last_use_is_noted_of_what_was_refused_too(program, guichet, editor):
    a_comment(guichet, editor, "Oui.")

    answer = program.put("comments/1", json={"body": "Non."}, headers={"If-Match": '"7"'})

    with reading() as session:
        assert (answer.status_code, session.exec(select(Token.last_used_at)).one() is None) == (412, False)


def test_without_a_token_one_is_asked_for_it(api, guichet):
    answer = api.post(POST, json={"body": "Oui."})

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_what_a_group_does_is_said_to_be_done_by_who_made_its_token(carrying, guichet, coordinator, public_affairs):
    carrying(coordinator, group=public_affairs).post(POST, json={"body": "Oui."})

    with reading() as session:
        event = session.exec(select(Event).where(col(Event.kind) == EventKind.COMMENT_POSTED)).one()
    assert (event.actor_id, event.group_id) == (coordinator.id, public_affairs.id)


def test_an_address_says_what_can_be_done_there(program):
    assert [program.patch(address).headers["Allow"] for address in ("comments/1", "proposals", "themes", "tasks/1/completion")] == [
        "DELETE, GET, HEAD, PUT",
        "GET, HEAD, POST",
        "GET, HEAD",
        "DELETE, PUT",
    ]

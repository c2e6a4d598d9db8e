"""What waits for translation, and the word that a translation is still right, by a program."""

import pytest

from relais import texts
from relais.db import writing
from relais.texts import TextForm
from tests.api.test_lists import walked
from tests.api.test_verbs import seen, wrong
from tests.days import NOW
from tests.public_record import a_proposal, counted

WAITING = "groups/european-public-affairs/translations"
ENGLISH = "proposals/guichet/texts/en"


@pytest.fixture
def guichet(public_affairs, editor):
    """Translated into English, then changed in French."""
    proposal = a_proposal("guichet", public_affairs)
    saved(proposal, editor, "One-stop shop", "en", 0)
    saved(proposal, editor, "Un guichet", "fr", 1)
    return proposal


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


def saved(proposal, by, title, language, base):
    with writing() as session:
        texts.save(session, proposal, language, TextForm(title=title), base=base, by=by, now=NOW)


def test_what_waits_is_told_to_the_group(program, carrying, public_affairs, observer):
    a_proposal("fonds", public_affairs, public=False)

    told = carrying(observer).get(WAITING).json()["items"]

    assert told[0] == {
        "proposal": "guichet", "language": "en", "original": "fr", "fields": ["title", "summary", "body"], "translated": 1, "current": 2,
        "since": "2026-11-23T10:00:00Z",
    }  # fmt: skip
    assert [(one["proposal"], one["language"], one["fields"], one["translated"]) for one in told[1:]] == [("fonds", "en", [], None)]


def test_a_walk_through_what_waits_meets_each_once(program, public_affairs):
    for number in range(3):
        a_proposal(f"p-{number}", public_affairs)

    items, pages = walked(program, f"{WAITING}?limit=2", between=lambda: a_proposal("late", public_affairs))

    assert ([one["proposal"] for one in items], pages) == (["guichet", "p-0", "p-1", "p-2", "late"], 3)


def test_many_are_read_in_as_many_statements_as_one(program, public_affairs, engine):
    def asked(number):
        a_proposal(f"p-{number}", public_affairs)
        with counted(engine) as said:
            program.get(WAITING)
        return len([one for one in said if "FROM proposals" in one])

    counts = [asked(number) for number in range(3)]

    assert counts == [2] * 3


def test_a_translation_is_said_to_be_still_right_by_who_saw_both(program):
    tag = program.get(ENGLISH).headers["ETag"]

    made = program.post(f"{ENGLISH}/confirmations", json={"source": 2}, headers={"If-Match": tag})
    late = program.post(f"{ENGLISH}/confirmations", json={"source": 2}, headers={"If-Match": tag})

    told = made.json()
    assert (made.status_code, made.headers["ETag"]) == (201, '"2"')
    assert made.headers["Location"] == "http://testserver/api/v1/proposals/guichet/revisions/en/2"
    assert (told["title"], told["minor"], told["translates"]) == ("One-stop shop", True, {"language": "fr", "number": 2})
    assert told["note"] == "Still right as it is: checked against revision 2 of the original"
    assert program.get("proposals/guichet/revisions/en/2").json() == told
    assert (late.status_code, late.json()["version"]) == (412, 2)
    assert wrong(program.post(f"{ENGLISH}/confirmations", json={"source": 2}, headers=seen(2))) == (422, ["body"])
    assert program.get(WAITING).json()["items"] == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"source": 1}, "body"), ({}, "source"), ({"source": "2"}, "source"),
     ({"source": 2, "note": "x" * 301}, "note"), ({"source": 2, "title": "x"}, "title")],
)  # fmt: skip
def test_what_cannot_be_meant_is_named(program, sent, field):
    status, fields = wrong(program.post(f"{ENGLISH}/confirmations", json=sent, headers=seen(1)))

    assert (status, field in fields) == (422, True)
    assert program.get(ENGLISH).json()["revision"] == 1


def test_only_a_translation_is_confirmed(program):
    for language in ("fr", "de"):
        answer = program.post(f"proposals/guichet/texts/{language}/confirmations", json={"source": 2}, headers=seen(2))
        assert answer.status_code == 404
    assert program.post(f"{ENGLISH}/confirmations", json={"source": 2}).status_code == 428

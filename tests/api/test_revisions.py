"""Every saved version of a text by a program: listed, read and restored; and texts in any language of the Union."""

from typing import get_args

import pytest
from sqlmodel import col, select

from models import Event
from models.event import EventKind as Kind
from models.text import Tongue
from relais import suggestions, texts
from relais.db import reading, writing
from relais.suggestions import SuggestionForm
from relais.texts import TextForm
from tests.api.test_lists import walked
from tests.api.test_verbs import seen, wrong
from tests.days import NOW
from tests.public_record import a_proposal, counted

HERE = "proposals/guichet"
REVISIONS = f"{HERE}/revisions"


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


def saved(proposal, by, title, language="fr"):
    with writing() as session:
        text = texts.of(session, proposal, language)
        base = text.number if text else 0
        texts.save(session, proposal, language, TextForm(title=title, note=f"{title}!"), base=base, by=by, now=NOW)


def acts():
    with reading() as session:
        done = select(Event.details).where(col(Event.kind) == Kind.TEXT_SAVED).order_by(col(Event.id))
        return [(details["language"], details["number"]) for details in session.exec(done)]


def test_a_revision_is_told_with_its_words_and_where_it_comes_from(program, guichet, editor):
    saved(guichet, editor, "One-stop shop", "en")
    saved(guichet, editor, "Un guichet")

    listed = program.get(REVISIONS).json()["items"]

    assert [(one["language"], one["number"], one["title"]) for one in listed] == [
        ("fr", 1, "Titre de guichet"), ("en", 1, "One-stop shop"), ("fr", 2, "Un guichet"),
    ]  # fmt: skip
    assert listed[1] == {
        "language": "en", "number": 1, "title": "One-stop shop", "summary": "", "body": "", "note": "One-stop shop!", "minor": False,
        "continues": False, "restores": None, "translates": {"language": "fr", "number": 1}, "saved_at": "2026-11-23T10:00:00Z",
        "author": "Emil Novák", "suggester": "",
    }  # fmt: skip
    assert [program.get(f"{REVISIONS}/{one['language']}/{one['number']}").json() for one in listed] == listed
    assert program.get(f"{REVISIONS}?language=fr").json()["items"] == [listed[0], listed[2]]


def test_a_walk_through_the_revisions_meets_each_once(program, guichet, editor):
    for number in range(4):
        saved(guichet, editor, f"Titre {number}")

    items, pages = walked(program, f"{REVISIONS}?limit=2&language=fr", between=lambda: saved(guichet, editor, "Encore"))

    assert ([one["number"] for one in items], pages) == ([1, 2, 3, 4, 5, 6], 3)


@pytest.mark.parametrize("many", [1, 3])
def test_many_are_read_in_as_many_statements_as_one(program, guichet, editor, engine, many):
    for number in range(many):
        saved(guichet, editor, f"Titre {number}")

    with counted(engine) as said:
        program.get(REVISIONS)

    assert len([one for one in said if "revisions" in one.lower()]) == 1


def test_who_wrote_it_is_for_members(api, carrying, guichet, editor, commenter, stranger):
    with writing() as session:
        form = SuggestionForm(title="Mieux")
        made = suggestions.make(session, guichet, "fr", form, base=1, by=commenter, now=NOW)
        text = texts.of(session, guichet, "fr")
        suggestions.accept(session, made, text, guichet, TextForm(title="Mieux"), version=1, base=1, by=editor, now=NOW)

    told = [caller.get(f"{REVISIONS}/fr/2").json() for caller in (api, carrying(stranger))]

    assert [(one["author"], one["suggester"]) for one in told] == [("", ""), ("Emil Novák", "Chiara Conti")]


def test_an_earlier_one_is_restored_by_who_saw_what_stands(program, guichet, editor):
    saved(guichet, editor, "Un guichet")
    address = f"{REVISIONS}/fr/1/restorations"
    tag = program.get(f"{HERE}/texts/fr").headers["ETag"]

    made = program.post(address, json={"note": "Back"}, headers={"If-Match": tag})
    late = program.post(address, json={}, headers={"If-Match": tag})

    told = made.json()
    assert (made.status_code, made.headers["Location"], made.headers["ETag"]) == (201, f"http://testserver/api/v1/{REVISIONS}/fr/3", '"3"')
    assert (told["number"], told["restores"], told["title"], told["note"]) == (3, 1, "Titre de guichet", "Back")
    assert program.get(f"{HERE}/texts/fr").json()["title"] == "Titre de guichet"
    assert (late.status_code, late.json()["version"]) == (412, 3)
    assert program.post(address, json={}).status_code == 428
    assert wrong(program.post(address, json={}, headers=seen(3))) == (422, ["body"])
    assert wrong(program.post(address, json={"note": 1}, headers=seen(3))) == (422, ["note"])
    assert program.post(f"{REVISIONS}/fr/9/restorations", json={}, headers=seen(3)).status_code == 404
    assert acts() == [("fr", 1), ("fr", 2), ("fr", 3)]


def test_what_is_not_there_is_missing(api, program, guichet, public_affairs):
    a_proposal("hidden", public_affairs, public=False)

    assert [api.get(f"proposals/{path}").status_code for path in ("hidden/revisions", "hidden/revisions/fr/1", "nothing/revisions")] == [
        404
    ] * 3
    assert [program.get(f"{REVISIONS}/{path}").status_code for path in ("fr/2", "de/1")] == [404, 404]
    assert wrong(program.get(f"{REVISIONS}/fr/0")) == (422, ["number"])
    assert wrong(program.get(f"{REVISIONS}/xx/1")) == (422, ["language"])
    assert wrong(program.get(f"{REVISIONS}?language=xx")) == (422, ["language"])


def test_a_text_is_saved_and_read_in_any_language_of_the_union(program, guichet):
    for tongue in get_args(Tongue)[1:]:
        made = program.put(f"{HERE}/texts/{tongue}", json={"title": f"In {tongue}"}, headers=seen(0))
        assert (made.status_code, made.json()["translates"]) == (200, {"language": "fr", "number": 1})

    assert program.get(f"{HERE}/texts/el").json()["title"] == "In el"
    assert sorted(program.get(HERE).json()["proposal"]["texts"]) == sorted(get_args(Tongue))

"""Pages about Relais itself, and the name a person goes by."""

import re

import pytest
from sqlmodel import col, select

from models import Event, Person
from models.event import EventKind
from models.position import Stance
from models.proposal import Stage
from relais import statement
from relais.db import reading, state_of
from tests.web.reading import read, rows
from web.render import STATIC

FORM = {"name": "Emil N.", "language": "fr", "version": "1"}
EDIT = "/en/account/edit"


def stored(address="emil@relais.test"):
    with reading() as session:
        return session.exec(select(Person).where(col(Person.email) == address)).one()


def test_every_stage_is_defined(visitor, engine):
    terms = read(visitor.get("/en/stages")).one("section", labelled="h-stages").one("dl")

    assert [(term.words, said.words != "") for term, said in zip(terms.all("dt"), terms.all("dd"), strict=True)] == [
        (words, True)
        for words in ("1 · Drafted", "2 · Published", "3 · Backed", "4 · Taken up", "5 · Adopted", "6 · In force", "Dropped", "Merged")
    ]
    assert len(terms.all("dt")) == len(Stage)


def test_every_position_has_its_mark_and_not_recorded_is_one_of_them(visitor, engine):
    marks = read(visitor.get("/en/stages")).one("section", labelled="h-positions").all("span", class_="mark")

    assert [mark.words for mark in marks] == [
        "Initiated", "Supports", "Supports with reservations", "Took part", "Neutral", "Absent", "Opposes", "Not recorded",
    ]  # fmt: skip
    assert len(marks) == len(Stance) + 1


def test_the_keys_are_listed_and_can_be_turned_off(visitor, engine):
    page = read(visitor.get("/en/keyboard"))

    keys = [" ".join(key.words for key in term.all("kbd")) for term in page.all("dt")]
    assert keys == ["/", "g r", "g p", "j", "k", "o", "e", "c", "f", "t", "l", "?", "Ctrl Enter", "Esc"]
    assert "data-keys-off" in page.one("input", id="keys-off").attributes


def test_no_key_of_a_page_is_missing_from_the_list(visitor, engine):
    listed = {" ".join(key.words for key in term.all("kbd")) for term in read(visitor.get("/en/keyboard")).all("dt")}
    templates = (STATIC.parent / "templates").rglob("*.html")

    used = {key for template in templates for key in re.findall(r'data-key="([^"{]+)"', template.read_text(encoding="utf-8"))}

    assert used <= listed


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_statement_says_all_that_its_data_say(visitor, engine, language):
    told = statement.current()

    words = read(visitor.get(f"/{language}/accessibility")).one("main").words

    wanted = [getattr(told.statement, f"method_{language}"), told.statement.standard, getattr(told.enforcement, f"body_{language}")]
    wanted += [getattr(gap, f"{field}_{language}") for gap in told.gap for field in ("what", "why")]
    assert [one for one in wanted if one not in words] == []


def test_a_partial_statement_names_what_is_missing():
    told = statement.current()

    assert (told.statement.status == "full") == (told.gap == ())
    assert told.statement.assessed_on <= told.statement.published_on


def test_a_person_changes_the_name_others_see(as_editor):
    answer = as_editor.post(EDIT, data=FORM)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/account")
    assert (stored().name, stored().language, stored().version) == ("Emil N.", "fr", 2)


def test_the_ledger_knows_that_and_not_what_so_that_kept_pages_are_made_anew(as_editor):
    with reading() as session:
        before = state_of(session)

    as_editor.post(EDIT, data=FORM)

    with reading() as session:
        event = session.exec(select(Event).where(col(Event.kind) == EventKind.PERSON_CHANGED)).one()
        assert (event.details, state_of(session) > before) == ({}, True)


def test_the_form_holds_what_stands_and_is_nobody_elses_to_keep(as_editor):
    answer = as_editor.get(EDIT)

    page = read(answer)
    assert (page.one("input", id="f-name")["value"], page.one("input", name="version")["value"]) == ("Emil Novák", "1")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"name": "n" * 121}, "name", "At most 120 characters"),
        ({"name": "two\nlines"}, "name", "This is not written as it should be"),
        ({"language": "de"}, "language", "Choose one from the list"),
        ({"version": "x"}, "version", "Write a whole number"),
    ],
)
def test_a_bad_form_is_shown_again(as_editor, wrong, field, message):
    answer = as_editor.post(EDIT, data=FORM | wrong)

    assert (answer.status_code, stored().version) == (422, 1)
    assert message in read(answer).one("div", class_="err").words
    assert read(answer).one("title").words.startswith("Error: ")


def test_a_stale_save_gets_both(as_editor):
    as_editor.post(EDIT, data=FORM | {"name": "Elsewhere"})

    stale = as_editor.post(EDIT, data=FORM | {"name": "Here"})

    assert (stale.status_code, rows(read(stale))) == (409, [["Name others see", "Elsewhere", "Here"]])
    assert read(stale).one("input", name="version")["value"] == "2"


def test_a_visitor_signs_in_first(visitor, engine):
    assert visitor.get(EDIT).headers["Location"] == f"/en/sign-in?next={EDIT}"
    assert visitor.post(EDIT, data=FORM).status_code == 401

"""Sources: added and corrected by editors."""

import pytest
from sqlmodel import col, select

from models import Event, Source
from models.event import EventKind
from relais.db import reading
from tests.public_record import a_source
from tests.web.reading import read, rows

FORM = {
    "title": "Rapport",
    "publisher": "Conseil",
    "language": "fr",
    "url": "https://example.org/rapport",
    "published": "2022-06",
    "retrieved_on": "2026-11-23",
    "note_fr": "",
    "note_en": "A note.",
}


def stored(slug="rapport"):
    with reading() as session:
        return session.exec(select(Source).where(col(Source.slug) == slug)).first()


def test_an_editor_adds_a_source(as_editor):
    answer = as_editor.post("/en/sources/new", data=FORM)

    source = stored()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/sources/rapport")
    assert (source.title, str(source.when()), str(source.retrieved_on), source.note_en) == ("Rapport", "2022-06", "2026-11-23", "A note.")
    with reading() as session:
        assert session.exec(select(Event.kind).where(col(Event.subject) == "sources")).all() == [EventKind.SOURCE_ADDED]


def test_a_source_called_new_does_not_take_the_address_of_the_form(as_editor):
    answer = as_editor.post("/en/sources/new", data=FORM | {"title": "New"})

    assert answer.headers["Location"] == "/en/sources/new-1"


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"title": ""}, "title", "Fill this in"),
        ({"title": "t" * 301}, "title", "At most 300 characters"),
        ({"url": "javascript:alert(1)"}, "url", "Write a web address that starts with https://"),
        ({"published": "last June"}, "published", "Write a date such as 2022-06-21, 2022-06, 2022-H1 or 2022"),
        ({"retrieved_on": "soon"}, "retrieved_on", "Write a day such as 2022-07-01"),
        ({"language": "french"}, "language", "This is not written as it should be"),
    ],
)
def test_a_bad_form_is_shown_again_with_what_was_typed(as_editor, wrong, field, message):
    answer = as_editor.post("/en/sources/new", data=FORM | wrong)

    page = read(answer)
    assert (answer.status_code, stored()) == (422, None)
    assert page.one("title").words.startswith("Error: ")
    assert page.one(id=f"f-{field}-e").words == message
    assert page.one("input", id="f-publisher")["value"] == "Conseil"


def test_an_editor_corrects_a_source(as_editor):
    a_source("rapport", title="Rapprot")

    answer = as_editor.post("/en/sources/rapport/edit", data=FORM | {"version": "1"})

    assert (answer.status_code, stored().title, stored().version) == (303, "Rapport", 2)


def test_the_form_of_a_source_holds_what_stands(as_editor):
    as_editor.post("/en/sources/new", data=FORM)

    page = read(as_editor.get("/en/sources/rapport/edit"))

    inputs = {field["name"]: field["value"] for field in page.one("form", id="record").all("input")}
    assert inputs == {
        "version": "1", "title": "Rapport", "publisher": "Conseil", "url": "https://example.org/rapport",
        "published": "2022-06", "retrieved_on": "2026-11-23",
    }  # fmt: skip


def test_a_stale_save_gets_both_and_loses_nothing(as_editor):
    a_source("rapport")
    as_editor.post("/en/sources/rapport/edit", data=FORM | {"version": "1", "title": "Theirs"})

    stale = as_editor.post("/en/sources/rapport/edit", data=FORM | {"version": "1", "title": "Mine"})
    shown = read(stale)
    again = as_editor.post(
        "/en/sources/rapport/edit", data=FORM | {"version": shown.one("input", name="version")["value"], "title": "Mine"}
    )

    assert (stale.status_code, rows(shown)) == (409, [["Title of the document or page", "Theirs", "Mine"]])
    assert shown.one("input", id="f-title")["value"] == "Mine"
    assert (again.status_code, stored().title) == (303, "Mine")


@pytest.mark.parametrize("path", ["/en/sources/new", "/en/sources/rapport/edit"])
def test_only_editors_reach_the_forms(visitor, as_observer, as_commenter, as_stranger, path):
    a_source("rapport")

    answers = [reader.get(path) for reader in (visitor, as_observer, as_commenter, as_stranger)]
    posts = [reader.post(path, data=FORM | {"version": "1"}) for reader in (visitor, as_observer, as_commenter)]

    assert [answer.status_code for answer in answers] == [303, 403, 403, 200]
    assert answers[0].headers["Location"] == f"/en/sign-in?next={path}"
    assert [answer.status_code for answer in posts] == [401, 403, 403]
    assert stored().version == 1

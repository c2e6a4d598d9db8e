"""Translations: beside their original, and said to be still right."""

import pytest
from sqlmodel import col, select

from models import Event, Revision
from relais import texts
from relais.db import reading
from tests.public_record import a_proposal
from tests.web.filling import kept, wrong
from tests.web.reading import read
from tests.web.wording import revisions, save

BESIDE = "/en/proposals/guichet/texts/en/beside"
EDIT = "/en/proposals/guichet/texts/en/edit"
CONFIRM = "/en/proposals/guichet/texts/en/confirmation"
FRENCH = {"title": "Titre de guichet", "summary": "Un résumé.", "body": "Le *corps*."}
ENGLISH = {"title": "One-stop shop", "summary": "A summary.", "body": "The *body*."}
RIGHT = {"base": "1", "source": "2"} | ENGLISH


@pytest.fixture
def guichet(public_affairs):
    """Its English is behind the French by the body."""
    proposal = a_proposal("guichet", public_affairs)
    save(proposal, "en", 0, **ENGLISH)
    save(proposal, "fr", 1, **FRENCH | {"body": "Le *corps* neuf."})
    return proposal


def behind(proposal):
    with reading() as session:
        text = texts.of(session, proposal, "en")
        assert text is not None
        return texts.behind(session, proposal, text)


# --- the form -----------------------------------------------------------------------------------------------------------


def test_each_field_stands_beside_its_original_and_says_whether_it_is_out_of_date(as_editor, guichet):
    page = read(as_editor.get(EDIT))

    assert [page.one(id=f"f-{name}-h").words.partition(".")[0] for name in ("title", "summary", "body")] == [
        "Up to date with the original", "Up to date with the original", "Out of date: the original changed since",
    ]  # fmt: skip
    assert [mark.words for mark in page.all("ins")] == ["[added] neuf"]
    assert (kept(as_editor.get(EDIT), "source"), kept(as_editor.get(EDIT), "base")) == ("2", "1")
    assert "Still right as it is" in [button.words for button in page.all("button")]


def test_what_is_up_to_date_or_the_original_itself_has_nothing_to_confirm(as_editor, public_affairs):
    save(a_proposal("guichet", public_affairs), "en", 0, **ENGLISH)

    pages = [as_editor.get(path).text for path in (EDIT, EDIT.replace("/texts/en", "/texts/fr"))]

    assert ["Still right as it is" in page for page in pages] == [False, False]


# --- still right as it is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "note"), [
    ("en", "Still right as it is: checked against revision 2 of the original"),
    ("fr", "Toujours juste en l’état\u00a0: vérifié sur la révision 2 de l’original"),
])  # fmt: skip
def test_a_translation_is_said_to_be_still_right(as_editor, editor, guichet, page, note):
    answer = as_editor.post(CONFIRM.replace("/en/", f"/{page}/", 1), data=RIGHT)

    to = {"en": "/en/proposals/guichet#text", "fr": "/fr/proposals/guichet/texts/en/beside"}
    assert (answer.status_code, answer.headers["location"]) == (303, to[page])
    assert behind(guichet) is None
    with reading() as session:
        *_, source, last = session.exec(select(Revision).order_by(col(Revision.id))).all()
        event = session.exec(select(Event).order_by(col(Event.id).desc())).first()
    assert (last.number, last.title, last.body, last.minor, last.note, last.author_id, last.translates_id) == (
        2, "One-stop shop", "The *body*.", True, note, editor.id, source.id,
    )  # fmt: skip
    assert (event.kind, event.subject_id, event.public, event.details["number"]) == ("text_saved", str(last.id), True, 2)


def test_a_note_of_ones_own_is_kept(as_editor, guichet):
    as_editor.post(CONFIRM, data=RIGHT | {"note": "Only an accent"})

    with reading() as session:
        assert session.exec(select(Revision).order_by(col(Revision.id).desc())).first().note == "Only an accent"


def test_to_htmx_it_says_where_to_go(as_editor, guichet):
    answer = as_editor.post(CONFIRM, data=RIGHT, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/en/proposals/guichet#text")


@pytest.mark.parametrize(("typed", "told"), [
    ({"body": "The new *body*."}, "You changed the words: save them as a new revision instead"),
    ({"source": "1"}, "The original changed again while you were reading: look at it once more"),
])  # fmt: skip
def test_what_cannot_be_confirmed_is_told_and_what_was_typed_stays(as_editor, guichet, typed, told):
    before = revisions()

    answer = as_editor.post(CONFIRM, data=RIGHT | typed)

    assert (answer.status_code, wrong(answer), kept(answer, "body"), revisions()) == (
        422, {"body": told}, (RIGHT | typed)["body"], before,
    )  # fmt: skip
    assert kept(answer, "source") == "2"
    assert behind(guichet) is not None


def test_what_is_not_out_of_date_is_not_confirmed(as_editor, guichet):
    as_editor.post(CONFIRM, data=RIGHT)

    answer = as_editor.post(CONFIRM, data=RIGHT | {"base": "2"})

    assert (answer.status_code, wrong(answer)) == (
        422, {"body": "Nothing is out of date: this translation needs no confirmation"},
    )  # fmt: skip


def test_a_stale_base_is_refused_with_theirs(as_editor, guichet):
    save(guichet, "en", 1, **ENGLISH | {"title": "Single desk"}, minor=True)

    answer = as_editor.post(CONFIRM, data=RIGHT)

    assert (answer.status_code, len(revisions())) == (409, 4)
    assert "Single desk" in answer.text


def test_an_original_and_a_language_nobody_wrote_in_have_nothing_to_confirm(as_editor, guichet):
    data = [{"base": "2"} | FRENCH, {"base": "0"} | ENGLISH]
    paths = [CONFIRM.replace("/texts/en", f"/texts/{tongue}") for tongue in ("fr", "de")]

    assert [as_editor.post(path, data=form).status_code for path, form in zip(paths, data, strict=True)] == [404, 404]


def test_only_editors_confirm(visitor, as_stranger, as_commenter, as_observer, guichet):
    answers = [client.post(CONFIRM, data=RIGHT).status_code for client in (visitor, as_stranger, as_commenter, as_observer)]

    assert (answers, behind(guichet) is None) == ([401, 404, 403, 403], False)


# --- side by side -------------------------------------------------------------------------------------------------------


def test_a_translation_is_read_beside_its_original_paragraph_by_paragraph(visitor, guichet):
    save(guichet, "fr", 2, **FRENCH | {"body": "Un.\n\n- deux\n\n- trois"})
    save(guichet, "en", 1, **ENGLISH | {"body": "One.\n\n- two\n- three"})

    page = read(visitor.get(BESIDE))

    assert [row.words for row in page.one("section", labelled="h-body").all(class_="abreast")] == [
        "French Un. English One.", "French deux trois English two three",
    ]  # fmt: skip
    assert "Up to date with the original." in page.one("section", labelled="h-body").words


def test_where_the_paragraphs_are_not_as_many_the_texts_stand_whole(visitor, guichet):
    save(guichet, "fr", 2, **FRENCH | {"body": "Un.\n\nDeux."})

    page = read(visitor.get(BESIDE))

    body = page.one("section", labelled="h-body")
    assert [row.words for row in body.all(class_="abreast")] == ["French Un. Deux. English The body ."]
    assert "Out of date: the original changed since." in body.words
    assert body.all("ins")


def test_only_a_translation_stands_beside_an_original(visitor, guichet):
    assert [visitor.get(BESIDE.replace("/texts/en", f"/texts/{tongue}")).status_code for tongue in ("fr", "de", "xx")] == [404] * 3


def test_the_page_of_the_proposal_leads_to_the_difference_and_to_the_edit(as_editor, visitor, guichet):
    ways = ("/proposals/guichet/compare/fr/1..2", "/proposals/guichet/texts/en/beside", "/proposals/guichet/texts/en/edit")

    pages = [client.get("/en/proposals/guichet").text for client in (as_editor, visitor)]

    assert [[f'href="/en{way}"' in page for way in ways] for page in pages] == [[True, True, True], [True, True, False]]

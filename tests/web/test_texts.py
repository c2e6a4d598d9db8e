"""Writing and translating the words of a proposal."""

import pytest
from sqlmodel import col, select

from models import Revision
from relais.db import reading
from tests.public_record import a_proposal
from tests.web.filling import HOSTILE, NEVER_TYPED, kept, wrong
from tests.web.reading import read
from tests.web.wording import EDIT, FIRST, MINE, revisions, save

PREVIEW = "/en/proposals/guichet/texts/fr/preview"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


# --- works --------------------------------------------------------------------------------------------------------------


def test_the_form_holds_the_text_as_it_stands_and_the_revision_it_starts_from(as_editor):
    page = as_editor.get(EDIT)

    assert [kept(page, name) for name in ("base", "title", "summary", "body", "note")] == [
        "1",
        "Titre de guichet",
        "Un résumé.",
        "Le *corps*.",
        "",
    ]
    assert {field["lang"] for field in read(page).all("textarea")} == {"fr"}
    assert read(page).one("form", method="post")["data-drafts"] == "text:guichet:fr:1"


def test_an_editor_saves_the_next_revision(as_editor, editor):
    answer = as_editor.post(EDIT.replace("/en/", "/fr/", 1), data=MINE | {"note": "Complète", "minor": "true"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/fr/proposals/guichet#text")
    assert revisions() == [FIRST, ("fr", 2, "Titre de guichet", "Le *corps* et le mien.")]
    with reading() as session:
        last = session.exec(select(Revision).where(col(Revision.number) == 2)).one()
    assert (last.note, last.minor, last.author_id) == ("Complète", True, editor.id)


def test_a_text_in_another_language_than_the_page_is_shown_as_its_revision(as_editor):
    answer = as_editor.post(EDIT, data=MINE)

    assert answer.headers["location"] == "/en/proposals/guichet/revisions/fr/2"
    assert as_editor.get(answer.headers["location"]).status_code == 200


def test_to_htmx_it_says_where_to_go(as_editor):
    answer = as_editor.post(EDIT, data=MINE, headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"], answer.text) == (200, "/en/proposals/guichet/revisions/fr/2", "")


@pytest.mark.parametrize("tongue", ["en", "de", "el", "ga"])
def test_any_official_language_can_be_written_beside_the_original(as_editor, tongue):
    path = f"/en/proposals/guichet/texts/{tongue}/edit"
    page = as_editor.get(path)

    answer = as_editor.post(path, data={"base": "0", "title": "One-stop shop", "body": "Text"})

    assert kept(page, "base") == "0"
    assert "Le <em>corps</em>." in page.text
    assert (answer.status_code, revisions()) == (303, [FIRST, (tongue, 1, "One-stop shop", "Text")])


def test_beside_a_translation_that_is_behind_stands_what_changed_in_the_original(as_editor, guichet):
    save(guichet, "en", 0, title="One-stop shop")
    save(guichet, "fr", 1, title="Titre de guichet", summary="Un résumé.", body="Le *corps* neuf.")

    page = read(as_editor.get("/en/proposals/guichet/texts/en/edit"))

    assert "This translation was made from revision 1." in page.one("main").words
    assert [mark.words for mark in page.all("ins")] == ["[added] neuf"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_preview_shows_the_markdown_and_keeps_nothing(as_editor, headers):
    answer = as_editor.post(PREVIEW, data=MINE, headers=headers)

    assert (answer.status_code, revisions()) == (200, [FIRST])
    assert "<em>corps</em> et le mien" in answer.text
    assert ("<html" in answer.text) is not bool(headers)


def test_a_plain_preview_gives_all_that_was_typed_back(as_editor):
    answer = as_editor.post(PREVIEW, data=MINE | {"note": "Pourquoi", "minor": "true"})

    assert [kept(answer, name) for name in ("base", "title", "body", "note", "minor")] == [
        "1", "Titre de guichet", "Le *corps* et le mien.", "Pourquoi", ["true"],
    ]  # fmt: skip


# --- who may ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [EDIT, "/en/proposals/guichet/texts/en/edit"])
def test_a_visitor_signs_in_and_comes_back(visitor, path):
    answer = visitor.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/sign-in?next={path}")


def test_a_strangers_and_a_lesser_roles_text_is_not_saved(visitor, as_stranger, as_commenter, as_observer):
    answers = [
        client.post(path, data=MINE).status_code for path in (EDIT, PREVIEW) for client in (visitor, as_stranger, as_commenter, as_observer)
    ]

    assert (answers, revisions()) == ([401, 404, 403, 403] * 2, [FIRST])


def test_visitors_see_no_way_to_edit_and_editors_do(visitor, as_observer, as_editor):
    pages = [client.get("/en/proposals/guichet").text for client in (visitor, as_observer, as_editor)]

    assert ["/texts/fr/edit" in page for page in pages] == [False, False, True]


# --- bad addresses and bad forms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [
    "texts/xx/edit", "texts/FR/edit", "texts/fr-BE/edit", "revisions/fr/0", "revisions/fr/2", "revisions/fr/x", "revisions/en/1",
    "revisions/fr/99999999999999999999", "compare/fr/1..2", "compare/fr/1..x", "compare/fr/0..1", "compare/xx/1..1", "texts?tongue=xx",
    "compare/fr/1..99999999999999999999",
])  # fmt: skip
def test_an_address_that_names_nothing_is_a_404(as_editor, path):
    assert as_editor.get(f"/en/proposals/guichet/{path}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, {"title": "Fill this in"}),
        ({"title": "  "}, {"title": "Fill this in"}),
        ({"title": "x" * 161}, {"title": "At most 160 characters"}),
        ({"summary": "x" * 2001}, {"summary": "At most 2000 characters"}),
        ({"body": "x" * 100_001}, {"body": "At most 100000 characters"}),
        ({"note": "x" * 301}, {"note": "At most 300 characters"}),
        ({"body": "Le *corps*."}, {"body": "Nothing changed: this is the text as it stands"}),
        *(({"body": typed}, {"body": "This holds characters that cannot be kept"}) for typed in NEVER_TYPED.values()),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field_and_the_rest_is_kept(as_editor, typed, told):
    answer = as_editor.post(EDIT, data=MINE | {"note": "Pourquoi"} | typed)

    assert (answer.status_code, wrong(answer), revisions()) == (422, told, [FIRST])
    untouched = {name: value for name, value in MINE.items() if name not in typed}
    assert {name: kept(answer, name) for name in untouched} == untouched
    assert "<title>Error: " in answer.text


@pytest.mark.parametrize("base", ["x", "-1", "1.5", "99999999999999999999"])
def test_a_base_that_is_no_number_is_refused(as_editor, base):
    answer = as_editor.post(EDIT, data=MINE | {"base": base})

    assert (answer.status_code, revisions()) == (422, [FIRST])


def test_an_unknown_field_is_refused(as_editor):
    assert as_editor.post(EDIT, data=MINE | {"author": "1"}).status_code == 422


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_shown_as_words_everywhere(as_editor, typed):
    answer = as_editor.post(EDIT, data=MINE | {"title": typed, "summary": typed, "body": typed, "note": typed})

    assert answer.status_code == 303
    for path in ("", "/texts/fr/edit", "/revisions", "/revisions/fr/2", "/compare/fr/1..2"):
        page = as_editor.get(f"/en/proposals/guichet{path}")
        handlers = [element["onfocus"] for element in read(page).all() if element["onfocus"]]
        assert (page.status_code, "<script>" in page.text, handlers) == (200, False, [])
    assert kept(as_editor.get(EDIT), "body") == typed

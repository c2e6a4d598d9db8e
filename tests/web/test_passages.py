"""A comment on words of the text: chosen, kept, marked for members, and told when the words are gone."""

import pytest

from models import Comment
from tests.public_record import a_comment, a_proposal
from tests.relais.test_passages import rewritten
from tests.web.filling import rows
from tests.web.reading import read

PAGE = "/fr/proposals/guichet-unique"
POST = f"{PAGE}/comments"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def test_the_words_one_selected_come_with_the_form(as_commenter):
    page = read(as_commenter.get(f"{POST}/new?passage=Le+corps&part=body&near=3&tongue=fr", headers=HTMX))

    assert page.one("form")["id"] == "comment-form"
    assert page.one("textarea", name="passage").words == "Le corps"
    assert {field["name"]: field["value"] for field in page.all("input", type="hidden")} == {"tongue": "fr", "part": "body", "near": "3"}
    assert ("open" in page.one("details").attributes, "data-focus" in page.one("textarea", name="body").attributes) == (True, True)


def test_members_see_the_words_marked_and_a_way_to_what_is_said(as_commenter, as_editor, visitor, as_stranger):
    as_commenter.post(POST, data={"body": "Which?", "passage": "Le corps", "tongue": "fr", "public": "true"})

    (comment,) = rows(Comment)
    text = read(as_editor.get(PAGE)).one("section", id="text")
    assert ("".join(mark.words for mark in text.all("mark")), text.one("a", class_="on-n")["href"]) == ("Lecorps", f"#c{comment.id}")
    assert text.one("a", class_="on-n")["aria-label"] == "1 commentaire sur ces mots"
    for client in (visitor, as_stranger):
        page = read(client.get(PAGE))
        assert (page.all("mark"), page.one("blockquote", class_="on-words").one("p").words) == ([], "Le corps")


def test_words_of_title_and_summary_are_marked_there(as_commenter):
    for passage in ("guichet-unique", "résumé"):
        as_commenter.post(POST, data={"body": "Which?", "passage": passage, "tongue": "fr"})

    page = read(as_commenter.get(PAGE))
    assert [mark.words for mark in page.one("h1").all("mark")] == ["guichet-unique"]
    assert [mark.words for mark in page.one("p", **{"data-part": "summary"}).all("mark")] == ["résumé"]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_words_that_are_not_there_are_refused_and_all_that_was_typed_is_kept(as_commenter, headers):
    answer = as_commenter.post(
        POST, data={"body": "Which?", "passage": "<b>Nowhere</b>", "tongue": "fr", "public": "true"}, headers=headers
    )

    page = read(answer)
    assert (answer.status_code, rows(Comment)) == (422, [])
    assert [page.one("textarea", name=name).inside[0].strip() for name in ("passage", "body")] == ["<b>Nowhere</b>", "Which?"]
    assert ("open" in page.one("details", class_="field").attributes, page.one("p", id="comment-passage-e").words) == (
        True, "Ces mots ne sont pas dans le texte tel qu’il est",
    )  # fmt: skip


@pytest.mark.parametrize("typed", [{"tongue": "x"}, {"part": "note"}, {"near": "-1"}, {"near": "x"}, {"passage": "x" * 1001}])
def test_a_wrong_place_is_refused(as_commenter, typed):
    assert as_commenter.post(POST, data={"body": "Which?", "passage": "Le corps"} | typed).status_code == 422
    assert rows(Comment) == []


def test_words_that_are_gone_are_said_to_be_with_the_revision_they_stood_in(as_commenter, guichet, commenter):
    a_comment(guichet, commenter, "Which?", passage="Le corps")
    rewritten(guichet, "Autre chose.")

    page = read(as_commenter.get(PAGE))
    footer = page.one("blockquote", class_="on-words").one("footer")
    assert (page.all("mark"), footer.words.startswith("Ces mots ne sont plus dans le texte.")) == ([], True)
    assert footer.one("a")["href"] == "/fr/proposals/guichet-unique/revisions/fr/1"


def test_what_is_marked_in_one_language_is_not_in_the_other(as_commenter, guichet, commenter):
    a_comment(guichet, commenter, "Which?", passage="Le corps")

    english = read(as_commenter.get("/en/proposals/guichet-unique"))
    assert len(english.all("mark")) == 2  # the French text is shown where there is no English one


def test_a_resolved_thread_is_not_marked(as_commenter, guichet, commenter):
    comment = a_comment(guichet, commenter, "Which?", passage="Le corps")
    as_commenter.post(f"/fr/comments/{comment.id}/resolution")

    assert read(as_commenter.get(PAGE)).all("mark") == []

"""Putting another source behind a claim, or against it."""

import pytest

from models import Citation, Event, Source
from tests.public_record import a_position, a_proposal, a_source, an_actor
from tests.web.filling import kept, rows, wrong
from tests.web.reading import read


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("article")
    an_actor("france", name_en="France")
    return a_proposal("guichet-unique", public_affairs)


def test_a_source_is_put_against_a_position(as_editor, visitor, guichet, editor):
    row = a_position(guichet, "france", cites="article")
    a_source("denial")
    before = visitor.get("/en/proposals/guichet-unique").text

    answer = as_editor.post(f"/en/positions/{row.id}/citations/new", data={"cite_source": "denial", "cite_supports": "false"})

    assert answer.headers["location"] == f"/en/proposals/guichet-unique#p{row.id}"
    assert [(citation.position_id, citation.supports) for citation in rows(Citation)] == [(row.id, True), (row.id, False)]
    assert (rows(Event)[-1].kind, rows(Event)[-1].actor_id) == ("citation_added", editor.id)
    assert ["contested" in text for text in (before, visitor.get("/en/proposals/guichet-unique").text)] == [False, True]


def test_a_citation_wants_a_source(as_editor, guichet):
    row = a_position(guichet, "france")

    answer = as_editor.post(f"/en/positions/{row.id}/citations/new", data={"cite_source": "", "cite_locator": "p. 2"})

    assert (answer.status_code, wrong(answer), kept(answer, "cite_locator")) == (
        422, {"cite_source": "Choose a source from the list, or add one"}, "p. 2",
    )  # fmt: skip


def test_an_empty_citation_is_refused(as_editor, guichet):
    row = a_position(guichet, "france")

    answer = as_editor.post(f"/en/positions/{row.id}/citations/new", data={})

    assert (answer.status_code, rows(Citation)) == (422, [])


@pytest.mark.parametrize("place", ["positions/99", "positions/x", "moves/99", "entries/nowhere", "comments/1", "positions/²"])
def test_a_claim_that_is_not_there_is_missing(as_editor, place):
    assert as_editor.get(f"/en/{place}/citations/new").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_cite(request, guichet, who, status):
    row = a_position(guichet, "france")
    client = request.getfixturevalue(who)

    assert client.get(f"/en/positions/{row.id}/citations/new").status_code == status
    assert client.post(f"/en/positions/{row.id}/citations/new", data={"cite_source": "article"}).status_code == status
    assert rows(Citation) == []


@pytest.mark.parametrize(
    "typed", ["article", "Title of article", "TITLE OF ÁRTICLE", "https://example.org/a", "Title of article (article)"]
)
def test_a_source_is_named_by_slug_title_or_address(as_editor, guichet, typed):
    a_source("other", url="https://example.org/a" if "org" in typed else "")
    row = a_position(guichet, "france")

    answer = as_editor.post(f"/en/positions/{row.id}/citations/new", data={"cite_source": typed})

    assert (answer.status_code, [citation.position_id for citation in rows(Citation)]) == (303, [row.id])


def test_words_that_several_sources_hold_are_asked_about(as_editor, guichet):
    """Without script: what was typed comes back with the sources it may mean, and choosing one is enough."""
    a_source("article-2")
    row = a_position(guichet, "france")
    path = f"/en/positions/{row.id}/citations/new"

    answer = as_editor.post(path, data={"cite_source": "article title"})

    offered = [field["value"] for field in read(answer).all("input", type="radio") if field["name"] == "cite_source"]
    assert (answer.status_code, wrong(answer), offered) == (
        422, {"cite_source": "Choose one of these sources, or type more of its title"}, ["article", "article-2"],
    )  # fmt: skip
    assert as_editor.post(path, data={"cite_source": ["article title", offered[1]]}).status_code == 303


def test_sources_of_one_title_are_told_apart(as_editor, guichet):
    a_source("article-2", title="Title of article")
    row = a_position(guichet, "france")

    page = read(as_editor.get(f"/en/positions/{row.id}/citations/new"))

    offered = [option["value"] for option in page.one("datalist").all("option")]
    assert offered == ["Title of article (article)", "Title of article (article-2)"]
    assert as_editor.post(f"/en/positions/{row.id}/citations/new", data={"cite_source": offered[1]}).status_code == 303


def test_a_source_is_added_by_address_with_what_is_known_of_it(as_editor, guichet):
    row = a_position(guichet, "france")
    new = {"cite_source_title": "Decision", "cite_source_url": "https://example.org/d", "cite_source_publisher": "Council"}

    as_editor.post(f"/en/positions/{row.id}/citations/new", data=new | {"cite_source_published": "2022-06", "cite_quote": "Yes"})

    source = rows(Source)[-1]
    assert (source.title, source.publisher, str(source.when()), rows(Citation)[0].source_id) == (
        "Decision",
        "Council",
        "2022-06",
        source.id,
    )

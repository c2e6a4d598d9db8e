"""Putting another source behind a claim, or against it."""

import pytest

from models import Citation, Event
from tests.public_record import a_position, a_proposal, a_source, an_actor
from tests.web.filling import kept, rows, wrong


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

"""A comment is reported, hidden and shown again; a thread is resolved; earlier wordings are read."""

import pytest

from models import Comment, CommentReport
from tests.public_record import a_comment, a_proposal, counted, moved
from tests.web.filling import NEVER_TYPED, rows
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def said(guichet, commenter):
    return a_comment(guichet, commenter, "Unfair words", public=True)


def hidden(client, comment, reason="It names somebody."):
    return client.post(f"/en/comments/{comment.id}/hiding", data={"reason": reason})


# --- reporting --------------------------------------------------------------------------------------------------------


def test_somebody_of_another_group_reports_a_public_comment(as_stranger, as_coordinator, as_editor, said, stranger):
    page = read(as_stranger.get(PAGE))
    answer = as_stranger.post(f"/en/comments/{said.id}/reports", data={"reason": "It names somebody."})

    (report,) = rows(CommentReport)
    assert [link["href"] for link in page.all("a") if "/reports/" in (link["href"] or "")] == [f"/en/comments/{said.id}/reports/new"]
    assert (answer.status_code, report.reporter_id, report.reason) == (200, stranger.id, "It names somebody.")
    assert ["It names somebody." in client.get(PAGE).text for client in (as_coordinator, as_editor, as_stranger)] == [True, False, False]


def test_a_report_to_htmx_is_a_line_that_takes_the_focus(as_stranger, said):
    answer = as_stranger.post(f"/en/comments/{said.id}/reports", data={"reason": "Rude"}, headers=HTMX)

    assert ("<html" in answer.text, "data-focus" in read(answer).one("div").attributes) == (False, True)


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "x" * 501}, *({"reason": typed} for typed in NEVER_TYPED.values())])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize("path", ["reports", "hiding"])
def test_a_reason_is_asked_for_and_what_was_typed_is_kept(as_coordinator, said, typed, headers, path):
    answer = as_coordinator.post(f"/en/comments/{said.id}/{path}", data=typed, headers=headers)

    page = read(answer)
    assert (answer.status_code, "<html" in answer.text, rows(CommentReport), rows(Comment)[0].hidden_at) == (422, not headers, [], None)
    assert "".join(page.one("textarea").inside).removeprefix("\n") == typed.get("reason", "")


def test_the_coordinators_find_what_waits_on_one_page(as_stranger, as_coordinator, said):
    as_stranger.post(f"/en/comments/{said.id}/reports", data={"reason": "It names somebody."})
    waiting = read(as_coordinator.get("/en/groups/european-public-affairs/reports")).one("main").words
    answer = as_coordinator.post(f"/en/comments/{said.id}/reports/settlement")

    assert ("It names somebody. — Sofia Pires" in waiting, answer.headers["location"]) == (True, f"{PAGE}#c{said.id}")
    assert "It names somebody." not in as_coordinator.get("/en/groups/european-public-affairs/reports").text
    assert "It names somebody." not in as_coordinator.get(PAGE).text


def test_the_list_of_reports_takes_as_many_queries_with_one_as_with_three(as_coordinator, as_stranger, guichet, commenter, engine):
    told = []
    for more in (1, 2):
        for one in range(more):
            comment = a_comment(guichet, commenter, f"Unfair {more} {one}", public=True)
            as_stranger.post(f"/en/comments/{comment.id}/reports", data={"reason": "Rude"})
        with counted(engine) as asked:
            as_coordinator.get("/en/groups/european-public-affairs/reports")
        told.append(len(asked))

    assert told[0] == told[1]


# --- hiding -----------------------------------------------------------------------------------------------------------


def test_what_is_hidden_is_gone_from_every_page_but_the_coordinators(as_coordinator, as_commenter, as_stranger, visitor, said):
    before = visitor.get(PAGE).text
    hidden(as_coordinator, said)

    others = (visitor, as_stranger, as_commenter)
    assert "Unfair words" in before
    assert [client.get(PAGE).text.count("Unfair words") for client in others] == [0, 0, 0]
    assert ["Hidden by the coordinators: It names somebody." in client.get(PAGE).text for client in others] == [True, True, True]
    places = (f"/en/comments/{said.id}/versions", f"/en/comments/{said.id}/edit", f"/en/comments/{said.id}/reply")
    assert [as_commenter.get(place).status_code for place in places] == [404, 404, 404]
    assert ["Unfair words" in visitor.get(path).text for path in ("/export.json", "/proposals/guichet-unique.json")] == [False, False]
    assert "Unfair words" in read(as_coordinator.get(PAGE)).one("div", class_="hidden-cm").words


def test_a_coordinator_shows_it_again(as_coordinator, visitor, said):
    hidden(as_coordinator, said)
    answer = as_coordinator.post(f"/en/comments/{said.id}/showing", headers=HTMX)

    assert read(answer).one("div", id=f"said-{said.id}")["data-announce"] == "Comment shown again"
    assert "Unfair words" in visitor.get(PAGE).text


# --- resolving --------------------------------------------------------------------------------------------------------


def test_a_resolved_thread_is_folded_with_a_line_that_says_so(as_commenter, as_editor, visitor, said, guichet, editor):
    answer_id = a_comment(guichet, editor, "Done", parent=said.id, public=True).id
    answer = as_commenter.post(f"/en/comments/{said.id}/resolution")

    fold = read(as_editor.get(PAGE)).one("details", class_="fold")
    assert answer.headers["location"] == f"{PAGE}#c{said.id}"
    assert ("open" in fold.attributes, "2 comments Unfair words" in fold.one("summary").words) == (False, True)
    assert "Chiara" not in read(visitor.get(PAGE)).one("details", class_="fold").one("summary").words
    assert visitor.get(f"/en/comments/{answer_id}").headers["location"] == f"{PAGE}?thread={said.id}#c{answer_id}"
    assert "open" in read(visitor.get(f"{PAGE}?thread={said.id}")).one("details", class_="fold").attributes


def test_a_resolution_to_htmx_is_the_thread_whose_line_takes_the_focus(as_commenter, said):
    folded = read(as_commenter.post(f"/en/comments/{said.id}/resolution", headers=HTMX))
    open_again = read(as_commenter.post(f"/en/comments/{said.id}/reopening", headers=HTMX))

    assert (folded.one("summary")["data-announce"], "data-focus" in folded.one("summary").attributes) == ("Thread resolved", True)
    assert ([said["data-announce"] for said in open_again.all("div", class_="said")], open_again.all("summary")) == (
        ["Thread reopened"],
        [],
    )


def test_on_an_ended_proposal_no_thread_is_resolved(as_commenter, said, guichet):
    moved(guichet, "dropped", reason_en="Given up")

    assert [as_commenter.post(f"/en/comments/{said.id}/{path}").status_code for path in ("resolution", "reopening")] == [409, 409]
    assert "resolution" not in as_commenter.get(PAGE).text


# --- earlier wordings -------------------------------------------------------------------------------------------------


def test_edited_leads_to_the_earlier_wordings(as_commenter, visitor, said):
    as_commenter.post(f"/en/comments/{said.id}/edit", data={"body": "Fair words", "version": "1"})

    address = f"/en/comments/{said.id}/versions"
    assert address in [link["href"] for link in read(visitor.get(PAGE)).all("a")]
    assert [part.words for part in read(visitor.get(address)).all("div", class_="md")] == ["Fair words", "Unfair words"]


def test_removed_words_are_for_the_author_and_the_coordinators(as_commenter, as_editor, as_coordinator, visitor, said):
    as_commenter.post(f"/en/comments/{said.id}/removal", data={"version": "1"})

    clients = (as_commenter, as_coordinator, as_editor, visitor)
    assert [client.get(f"/en/comments/{said.id}/versions").status_code for client in clients] == [200, 200, 404, 404]
    assert ["Earlier wordings" in client.get(PAGE).text for client in clients] == [True, True, False, False]

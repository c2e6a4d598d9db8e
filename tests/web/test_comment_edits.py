"""An author edits and removes a comment."""

import pytest

from models import Comment, CommentVersion, Event
from relais import comments
from relais.comments import CommentForm
from relais.db import writing
from tests.days import NOW
from tests.public_record import a_comment, a_proposal
from tests.web.filling import rows
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def mine(guichet, commenter):
    return a_comment(guichet, commenter, "Mine")


def bodies():
    return [comment.body for comment in rows(Comment)]


def edited(comment, proposal, author, body="Theirs"):
    with writing() as session:
        row = session.get_one(Comment, comment.id)
        comments.edit(session, row, proposal, CommentForm(body=body), version=row.version, by=author, now=NOW)


def test_an_author_edits_and_the_earlier_wording_is_kept(as_commenter, mine, commenter):
    form = read(as_commenter.get(f"/en/comments/{mine.id}/edit"))
    answer = as_commenter.post(f"/en/comments/{mine.id}/edit", data={"body": "Better", "version": "1"})

    (comment,) = rows(Comment)
    assert (form.one("textarea").words, answer.headers["location"]) == ("Mine", f"{PAGE}#c{mine.id}")
    assert (comment.body, comment.body_html, comment.version) == ("Better", "<p>Better</p>\n", 2)
    assert [version.body for version in rows(CommentVersion)] == ["Mine"]
    assert (rows(Event)[-1].kind, rows(Event)[-1].actor_id) == ("comment_edited", commenter.id)


def test_an_edit_to_htmx_gives_the_comment_without_its_answers(as_commenter, mine, guichet, commenter):
    a_comment(guichet, commenter, "Answer", parent=mine.id)

    page = read(as_commenter.post(f"/en/comments/{mine.id}/edit", data={"body": "Better", "version": "1"}, headers=HTMX))

    assert (page.one("div", id=f"said-{mine.id}")["data-announce"], [part.words for part in page.all("div", class_="md")]) == (
        "Comment changed", ["Better"],
    )  # fmt: skip


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_stale_edit_gives_both_wordings_and_may_be_sent_again(as_commenter, mine, guichet, commenter, headers):
    edited(mine, guichet, commenter)

    answer = as_commenter.post(f"/en/comments/{mine.id}/edit", data={"body": "Ours", "version": "1"}, headers=headers)

    page = read(answer)
    assert (answer.status_code, page.one("div", class_="md").words, page.one("textarea").words) == (409, "Theirs", "Ours")
    assert ([field["value"] for field in page.all("input", name="version")], bodies()) == (["2", "2"], ["Theirs"])


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    "typed", [{"body": "", "version": "1"}, {"body": "x" * 20_001, "version": "1"}, {"body": "Better", "version": "x"}]
)
def test_a_wrong_edit_is_refused(as_commenter, mine, typed, headers):
    answer = as_commenter.post(f"/en/comments/{mine.id}/edit", data=typed, headers=headers)

    assert (answer.status_code, "<html" in answer.text, bodies()) == (422, not headers, ["Mine"])


def test_an_author_removes_and_a_trace_stays(as_commenter, as_editor, mine, commenter):
    answer = as_commenter.post(f"/en/comments/{mine.id}/removal", data={"version": "1"})

    page = as_editor.get(PAGE).text
    assert (answer.headers["location"], bodies(), [version.body for version in rows(CommentVersion)]) == (
        f"{PAGE}#c{mine.id}",
        [""],
        ["Mine"],
    )
    assert ("This comment was removed" in page, "<p>Mine</p>" in page) == (True, False)
    assert (rows(Event)[-1].kind, rows(Event)[-1].actor_id) == ("comment_removed", commenter.id)


def test_a_removal_is_announced_to_htmx(as_commenter, mine):
    page = read(as_commenter.post(f"/en/comments/{mine.id}/removal", data={"version": "1"}, headers=HTMX))

    assert page.one("div", id=f"said-{mine.id}")["data-announce"] == "Comment removed"


def test_a_removal_of_what_was_changed_meanwhile_is_asked_again(as_commenter, mine, guichet, commenter):
    edited(mine, guichet, commenter)

    answer = as_commenter.post(f"/en/comments/{mine.id}/removal", data={"version": "1"})

    assert (answer.status_code, "Theirs" in answer.text, bodies()) == (409, True, ["Theirs"])


def test_a_removed_comment_is_not_changed_again(as_commenter, mine):
    as_commenter.post(f"/en/comments/{mine.id}/removal", data={"version": "1"})

    assert as_commenter.get(f"/en/comments/{mine.id}/edit").status_code == 409
    assert (as_commenter.post(f"/en/comments/{mine.id}/edit", data={"body": "Back", "version": "2"}).status_code, bodies()) == (409, [""])


@pytest.mark.parametrize("who", ["as_editor", "as_coordinator"])
def test_only_its_author_changes_a_comment(request, mine, who):
    client = request.getfixturevalue(who)

    asked = [
        client.get(f"/en/comments/{mine.id}/edit"),
        client.post(f"/en/comments/{mine.id}/edit", data={"body": "Yours", "version": "1"}),
        client.post(f"/en/comments/{mine.id}/removal", data={"version": "1"}),
    ]

    assert ([answer.status_code for answer in asked], bodies()) == ([403, 403, 403], ["Mine"])

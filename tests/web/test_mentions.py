"""Naming a member in a comment, with and without script."""

import pytest

from models import Comment
from tests.public_record import a_comment, a_proposal
from tests.web.filling import kept, rows
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique"
POST = f"{PAGE}/comments"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def test_the_members_that_match_are_the_options_of_a_list_box(as_commenter, editor, coordinator, stranger):
    options = read(as_commenter.get(f"{PAGE}/people?q=c")).all("li", role="option")

    assert [(option["data-name"], option.words) for option in options] == [
        ("Chiara Conti", "Chiara Conti Commenter"), ("Claire Martin", "Claire Martin Coordinator"),
    ]  # fmt: skip
    assert [option["data-announce"] for option in options] == ["2 people; choose with the arrow keys and Enter", None]
    assert as_commenter.get(f"{PAGE}/people?q=%00x").text.strip() == ""


def test_without_script_somebody_is_chosen_from_a_list(as_commenter, editor, stranger):
    page = read(as_commenter.get(PAGE)).one("select", name="mention")
    names = [option.words for option in page.all("option")]
    as_commenter.post(POST, data={"body": "Look", "mention": str(editor.id)})

    assert names == ["Nobody", "Chiara Conti", "Emil Novák"]
    assert read(as_commenter.get(PAGE)).one("b", class_="mention").words == "@Emil Novák"


@pytest.mark.parametrize("path", ["", "/preview"])
def test_one_who_is_not_in_the_group_is_refused(as_commenter, stranger, path):
    answer = as_commenter.post(POST + path, data={"body": "Look", "mention": str(stranger.id)})

    assert (answer.status_code if not path else 422, rows(Comment), kept(answer, "body")) == (422, [], "Look")
    assert read(answer).one("p", id="comment-mention-e").words == "Choose one from the list"


def test_a_preview_shows_the_names(as_commenter, editor):
    answer = as_commenter.post(f"{POST}/preview", data={"body": "Ask @Emil Novák"}, headers=HTMX)

    assert read(answer).one("b", class_="mention").words == "@Emil Novák"


def test_an_edit_begins_with_what_was_typed_and_may_name_more(as_commenter, editor, coordinator, guichet, commenter):
    comment = a_comment(guichet, commenter, "Ask @Emil Novák")
    form = as_commenter.get(f"/en/comments/{comment.id}/edit")
    as_commenter.post(f"/en/comments/{comment.id}/edit", data={"body": "Ask @Emil Novák", "version": "1", "mention": str(coordinator.id)})

    assert kept(form, "body") == "Ask @Emil Novák"
    assert [name.words for name in read(as_commenter.get(PAGE)).all("b", class_="mention")] == ["@Claire Martin", "@Emil Novák"]


def test_a_stale_edit_shows_their_wording_with_its_names(as_commenter, editor, guichet, commenter):
    comment = a_comment(guichet, commenter, "Ask")
    as_commenter.post(f"/en/comments/{comment.id}/edit", data={"body": "Ask @Emil Novák", "version": "1"})

    answer = as_commenter.post(f"/en/comments/{comment.id}/edit", data={"body": "Mine", "version": "1"})

    assert (answer.status_code, read(answer).one("b", class_="mention").words, kept(answer, "body")) == (409, "@Emil Novák", "Mine")

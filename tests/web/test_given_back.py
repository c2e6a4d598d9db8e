"""A refusal that is a page of its own gives back what was typed: to copy, or to send once more."""

import pytest
from sqlalchemy import event as sql
from sqlalchemy.exc import OperationalError

from models import Comment, Position
from tests.public_record import a_proposal, an_actor
from tests.web.filling import kept, rows
from tests.web.reading import read

COMMENTS = "/en/proposals/guichet-unique/comments"
POSITIONS = "/en/proposals/guichet-unique/positions/new"
LONG = "A thought that took the whole train ride to Brussels.\n\n<b>And</b> an hour in Luxembourg."


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    an_actor("france", name_en="France")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def full_disk(engine):
    def fail(*_):
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    sql.listen(engine, "commit", fail)
    yield lambda: sql.remove(engine, "commit", fail)
    if sql.contains(engine, "commit", fail):
        sql.remove(engine, "commit", fail)


def test_whose_session_ended_while_writing_gets_the_text_back_and_a_way_to_send_it(visitor, as_commenter):
    refused = visitor.post(COMMENTS, data={"body": LONG, "public": "true"})

    page = read(refused)
    (sign_in,) = [link for link in page.one("main").all("a") if "/sign-in" in (link["href"] or "")]
    assert (refused.status_code, kept(refused, "body"), kept(refused, "public")) == (401, LONG, "true")
    assert sign_in["href"] == "/en/sign-in?next=/en/proposals/guichet-unique"
    assert (page.one("main").one("form", method="post")["action"], rows(Comment)) == (COMMENTS, [])

    again = as_commenter.post(COMMENTS, data={"body": kept(refused, "body"), "public": kept(refused, "public")})

    assert (again.status_code, [comment.body for comment in rows(Comment)]) == (303, [LONG])


def test_who_typed_nothing_just_signs_in(visitor):
    assert visitor.post(COMMENTS, data={"body": " "}).status_code == 303


def test_to_htmx_the_page_stands_as_it_is_and_only_the_way_is_told(visitor):
    answer = visitor.post(COMMENTS, data={"body": LONG}, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/en/sign-in?next=/en/proposals/guichet-unique")


def test_what_cannot_be_saved_now_is_given_back_and_can_be_sent_again(as_editor, full_disk):
    typed = {"actor": "france", "stance": "supports", "on": "2022-06-21", "note_en": LONG}

    refused = as_editor.post(POSITIONS, data=typed)
    full_disk()

    assert (refused.status_code, {name: kept(refused, name) for name in typed}) == (503, typed)
    again = as_editor.post(read(refused).one("main").one("form", method="post")["action"], data=typed)
    assert (again.status_code, [position.note_en for position in rows(Position)]) == (303, [LONG])


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403)])
def test_whoever_may_not_do_it_still_gets_the_text_back_but_no_button(request, who, status):
    answer = request.getfixturevalue(who).post(COMMENTS, data={"body": LONG})

    assert (answer.status_code, kept(answer, "body")) == (status, LONG)
    assert read(answer).one("section", labelled="h-typed").all("button") == []


def test_a_page_that_is_not_here_asks_for_nothing_typed(visitor):
    assert read(visitor.get("/en/proposals/none-such")).all("section", labelled="h-typed") == []

import pytest
from sqlmodel import select

from models import Comment, Event
from models.proposal import Stage
from relais.access import VISITOR
from relais.comments import discussion, threads
from relais.db import reading, writing
from relais.errors import Refused
from tests.days import NOW
from tests.public_record import a_comment, a_proposal


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def said(guichet, commenter):
    return a_comment(guichet, commenter, "Settled?", public=True)


def acted(act, comment, proposal, by):
    with writing() as session:
        act(session, session.get_one(Comment, comment.id), proposal, by=by, now=NOW)


def told():
    with reading() as session:
        return [(event.kind, event.public) for event in session.exec(select(Event).order_by(Event.id)).all()]


def heard(proposal):
    with reading() as session:
        return discussion.thread(session, proposal, VISITOR)


def test_a_thread_is_resolved_and_reopened_and_visitors_pages_change(guichet, said, editor):
    acted(threads.resolve, said, guichet, editor)
    (talk,) = heard(guichet)
    acted(threads.reopen, said, guichet, editor)

    assert (talk.resolved_at, talk.resolver, heard(guichet)[0].resolved_at) == (NOW, "Emil Novák", None)
    assert told()[-2:] == [("comment_resolved", True), ("comment_reopened", True)]


def test_the_same_state_is_no_change(guichet, said, editor, commenter):
    for act, person in ((threads.reopen, editor), (threads.resolve, editor), (threads.resolve, commenter)):
        acted(act, said, guichet, person)

    assert (heard(guichet)[0].resolver, [kind for kind, _ in told()].count("comment_resolved")) == ("Emil Novák", 1)
    assert "comment_reopened" not in dict(told())


def test_an_edit_started_before_is_not_stale_after(guichet, said, editor):
    acted(threads.resolve, said, guichet, editor)

    assert heard(guichet)[0].version == said.version


@pytest.mark.parametrize("act", [threads.resolve, threads.reopen])
def test_only_a_thread_of_an_open_discussion_is_resolved(guichet, said, editor, act):
    answer = a_comment(guichet, editor, "Yes", parent=said.id)

    with pytest.raises(Refused):
        acted(act, answer, guichet, editor)
    guichet.stage = Stage.DROPPED
    with pytest.raises(Refused):
        acted(act, said, guichet, editor)

"""Who may know what a comment said before."""

import pytest

from models import Comment
from relais import comments
from relais.access import VISITOR, reader_for
from relais.comments import CommentForm, versions
from relais.db import reading, writing
from relais.errors import Missing
from tests.days import NOW
from tests.public_record import a_comment, a_proposal


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def edited(guichet, commenter):
    comment = a_comment(guichet, commenter, "Frist", public=True)
    with writing() as session:
        comments.edit(session, session.get_one(Comment, comment.id), guichet, CommentForm(body="First"), version=1, by=commenter, now=NOW)
    return comment


def known(comment, proposal, person=None):
    with reading() as session:
        reader = reader_for(session, person) if person else VISITOR
        return versions.of(session, session.get_one(Comment, comment.id), proposal, reader, "Somebody")


def test_every_wording_is_there_the_newest_first(guichet, edited):
    said = known(edited, guichet)

    assert [(wording.number, wording.html, wording.until) for wording in said] == [(2, "<p>First</p>\n", None), (1, "<p>Frist</p>\n", NOW)]


def test_of_a_removed_comment_only_its_author_and_coordinators_know(guichet, edited, commenter, editor, stranger, coordinator):
    with writing() as session:
        comments.remove(session, session.get_one(Comment, edited.id), guichet, version=2, by=commenter, now=NOW)

    assert [[wording.html for wording in known(edited, guichet, person)] for person in (commenter, coordinator)] == [
        ["<p>First</p>\n", "<p>Frist</p>\n"]
    ] * 2
    for person in (None, editor, stranger):
        with pytest.raises(Missing):
            known(edited, guichet, person)

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Comment, CommentVersion, Event, Membership
from models.proposal import Stage
from relais import comments
from relais.access import VISITOR, reader_for
from relais.comments import CommentForm, discussion
from relais.db import reading, writing
from relais.errors import Forbidden, Invalid, Missing, Refused, Stale
from tests.days import NOW
from tests.public_record import a_comment, a_proposal, counted, moved
from tests.relais.races import race


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(*kind.__table__.primary_key)).all()


def heard(proposal, person=None):
    with reading() as session:
        return discussion.thread(session, proposal, reader_for(session, person))


def test_a_comment_is_for_the_group_unless_said_otherwise(guichet, commenter):
    a_comment(guichet, commenter, "Hello **all**")

    (comment,) = rows(Comment)
    assert (comment.body, comment.body_html, comment.public, comment.author_id, comment.posted_at, comment.version) == (
        "Hello **all**", "<p>Hello <strong>all</strong></p>\n", False, commenter.id, NOW, 1,
    )  # fmt: skip
    event = rows(Event)[-1]
    assert (event.kind, event.subject_id, event.public, event.proposal_id) == ("comment_posted", str(comment.id), False, guichet.id)


def test_a_thread_is_two_levels_deep_however_one_answers(guichet, commenter, editor):
    first = a_comment(guichet, commenter, "First")
    answer = a_comment(guichet, editor, "Answer", parent=first.id)
    a_comment(guichet, commenter, "Answer to the answer", parent=answer.id)

    (talk,) = heard(guichet, editor)

    assert (talk.id, [reply.html for reply in talk.replies]) == (first.id, ["<p>Answer</p>\n", "<p>Answer to the answer</p>\n"])


def test_an_answer_to_a_comment_elsewhere_is_refused(guichet, public_affairs, commenter):
    elsewhere = a_comment(a_proposal("autre", public_affairs), commenter, "There")

    with pytest.raises(Invalid) as refused:
        a_comment(guichet, commenter, "Here", parent=elsewhere.id)

    assert (refused.value.field, len(rows(Comment))) == ("parent", 1)


def test_a_public_answer_needs_a_public_comment(guichet, commenter):
    private = a_comment(guichet, commenter, "Among us")

    with pytest.raises(Invalid) as refused:
        a_comment(guichet, commenter, "For all", parent=private.id, public=True)

    assert refused.value.field == "public"


def test_an_ended_proposal_is_not_discussed(guichet, commenter):
    moved(guichet, "dropped", reason_en="Given up")
    guichet.stage = Stage.DROPPED

    with pytest.raises(Refused):
        a_comment(guichet, commenter, "Still?")

    assert rows(Comment) == []


def test_an_edit_keeps_the_earlier_wording(guichet, commenter):
    comment = a_comment(guichet, commenter, "Frist")

    with writing() as session:
        comments.edit(session, session.get_one(Comment, comment.id), guichet, CommentForm(body="First"), version=1, by=commenter, now=NOW)

    (now,), (before,) = rows(Comment), rows(CommentVersion)
    assert (now.body, now.body_html, now.edited_at, now.version) == ("First", "<p>First</p>\n", NOW, 2)
    assert (before.body, before.version, before.replaced_at) == ("Frist", 1, NOW)
    assert rows(Event)[-1].kind == "comment_edited"


def test_a_stale_edit_is_refused_with_what_stands(guichet, commenter):
    comment = a_comment(guichet, commenter, "One")
    with writing() as session:
        comments.edit(session, session.get_one(Comment, comment.id), guichet, CommentForm(body="Two"), version=1, by=commenter, now=NOW)

    with pytest.raises(Stale) as refused, writing() as session:
        comments.edit(session, session.get_one(Comment, comment.id), guichet, CommentForm(body="Three"), version=1, by=commenter, now=NOW)

    assert (refused.value.current.body, rows(Comment)[0].body) == ("Two", "Two")


def test_a_removed_comment_leaves_a_trace_and_is_kept_aside(guichet, commenter, editor):
    comment = a_comment(guichet, commenter, "Oops")

    with writing() as session:
        comments.remove(session, session.get_one(Comment, comment.id), guichet, version=1, by=commenter, now=NOW)

    (talk,) = heard(guichet, commenter)
    assert (talk.html, talk.removed, talk.mine) == ("", True, False)
    assert [version.body for version in rows(CommentVersion)] == ["Oops"]
    with writing() as session, pytest.raises(Refused):
        comments.edit(session, session.get_one(Comment, comment.id), guichet, CommentForm(body="Back"), version=2, by=commenter, now=NOW)


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_only_the_author_changes_a_comment(guichet, commenter, coordinator, act):
    comment = a_comment(guichet, commenter, "Mine")
    words = {"form": CommentForm(body="Yours")} if act == "edit" else {}

    with writing() as session, pytest.raises(Forbidden):
        getattr(comments, act)(session, session.get_one(Comment, comment.id), guichet, **words, version=1, by=coordinator, now=NOW)

    assert rows(Comment)[0].body == "Mine"


def test_who_hears_what(guichet, commenter, observer, stranger):
    a_comment(guichet, commenter, "Among us")
    public = a_comment(guichet, commenter, "For all", public=True)
    a_comment(guichet, commenter, "Aside", parent=public.id)

    def count(person):
        return [(talk.html, len(talk.replies)) for talk in heard(guichet, person)]

    all_of_it = [("<p>Among us</p>\n", 0), ("<p>For all</p>\n", 1)]
    assert (count(None), count(stranger), count(observer)) == ([("<p>For all</p>\n", 0)], [("<p>For all</p>\n", 0)], all_of_it)


def test_a_comment_of_the_group_is_missing_for_others(guichet, commenter, stranger):
    comment = a_comment(guichet, commenter, "Among us")

    with reading() as session:
        for reader in (VISITOR, reader_for(session, stranger)):
            with pytest.raises(Missing):
                comments.find(session, comment.id, reader)
        assert comments.find(session, comment.id, reader_for(session, commenter))[0].id == comment.id


def test_an_author_is_told_by_name_role_and_group_and_never_by_address(guichet, commenter, editor, engine):
    a_comment(guichet, commenter, "Hello", public=True)
    with writing() as session:
        session.merge(editor).name = ""
    a_comment(guichet, editor, "Hi", public=True)
    with writing() as session:
        session.delete(session.exec(select(Membership).where(col(Membership.person_id) == commenter.id)).one())

    talks = heard(guichet)

    assert [(talk.name, talk.initials, talk.role, talk.group_en) for talk in talks] == [
        ("Chiara Conti", "CC", None, "European public affairs"), ("", "", "editor", "European public affairs"),
    ]  # fmt: skip
    assert "@" not in repr(talks)


def test_a_thread_takes_one_query_whatever_its_length(guichet, commenter, engine):
    told = []
    for number in (1, 3):
        for one in range(number):
            first = a_comment(guichet, commenter, f"Hello {number} {one}")
            a_comment(guichet, commenter, "Again", parent=first.id)
        with reading() as session:
            reader = reader_for(session, commenter)
            with counted(engine) as said:
                talks = discussion.thread(session, guichet, reader)
        told.append((len(talks), len(said)))

    assert told == [(1, 1), (4, 1)]


# --- sent twice, because an answer got lost --------------------------------------------------------------------------------


def said(guichet, person, body="Hello", after=timedelta(), **facts):
    with writing() as session:
        return comments.post(session, guichet, CommentForm(body=body, **facts), by=person, now=NOW + after).id


def test_the_same_words_sent_again_at_once_are_the_comment_that_is_there(guichet, commenter):
    first = said(guichet, commenter)
    events = len(rows(Event))

    assert [said(guichet, commenter, after=timedelta(seconds=seconds)) for seconds in (0, 119)] == [first, first]
    assert len(rows(Event)) == events


def test_what_differs_or_comes_later_or_was_taken_back_is_another_comment(guichet, commenter, editor, public_affairs):
    first = said(guichet, commenter)
    other = a_proposal("other", public_affairs)
    ids = [
        first,
        said(guichet, commenter, "Hello!"),
        said(guichet, commenter, public=True),
        said(guichet, commenter, parent=first),
        said(guichet, editor),
        said(other, commenter),
        said(guichet, commenter, after=timedelta(seconds=120)),
    ]
    with writing() as session:
        last = session.get_one(Comment, ids[-1])
        comments.remove(session, last, guichet, version=last.version, by=commenter, now=NOW + timedelta(seconds=130))
    ids.append(said(guichet, commenter, after=timedelta(seconds=140)))

    assert len(set(ids)) == len(ids) == len(rows(Comment))


def test_of_many_who_send_it_at_once_one_writes_it(guichet, commenter):
    ids = race(*[lambda: said(guichet, commenter)] * 6)

    assert set(ids) == {row.id for row in rows(Comment)}
    assert len(set(ids)) == 1

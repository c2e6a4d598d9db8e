"""What readers report, and what the coordinators hide: from whom, and with which traces."""

import orjson
import pytest
from sqlmodel import select

from models import Comment, CommentReport, Event
from relais import comments, export
from relais.access import VISITOR, reader_for
from relais.comments import discussion, moderation
from relais.comments.moderation import ReasonForm
from relais.db import reading, writing
from relais.errors import Missing, Refused
from tests.days import NOW, TODAY
from tests.public_record import a_comment, a_proposal

RUDE = ReasonForm(reason="It names somebody.")


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def said(guichet, commenter):
    return a_comment(guichet, commenter, "Unfair words", public=True)


def acted(act, comment, proposal, by, *form):
    with writing() as session:
        act(session, session.get_one(Comment, comment.id), proposal, *form, by=by, now=NOW)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(kind.id)).all()


def heard(proposal, person=None):
    with reading() as session:
        return discussion.thread(session, proposal, reader_for(session, person) if person else VISITOR)


def test_a_report_waits_for_the_coordinators_and_no_visitor_knows_of_it(guichet, said, stranger, coordinator, editor):
    acted(moderation.report, said, guichet, stranger, RUDE)

    (report,) = rows(CommentReport)
    event = rows(Event)[-1]
    assert (report.reason, report.reporter_id, report.reported_at, report.settled_at) == (RUDE.reason, stranger.id, NOW, None)
    assert (event.kind, event.public, event.subject_id) == ("comment_reported", False, str(said.id))
    assert [[told.name for told in heard(guichet, person)[0].reported] for person in (coordinator, editor)] == [["Sofia Pires"], []]


def test_who_reports_again_says_it_anew(guichet, said, stranger, coordinator):
    acted(moderation.report, said, guichet, stranger, RUDE)
    acted(moderation.settle, said, guichet, coordinator)
    acted(moderation.report, said, guichet, stranger, ReasonForm(reason="It still does."))

    (report,) = rows(CommentReport)
    assert (report.reason, report.settled_at) == ("It still does.", None)


def test_what_is_settled_waits_no_more(guichet, said, stranger, coordinator, public_affairs):
    acted(moderation.report, said, guichet, stranger, RUDE)
    with reading() as session:
        waiting = [comment.id for comment, _ in moderation.reported(session, public_affairs)]
    for _ in range(2):
        acted(moderation.settle, said, guichet, coordinator)

    with reading() as session:
        assert (waiting, moderation.reported(session, public_affairs)) == ([said.id], [])
    assert (rows(CommentReport)[0].settler_id, [event.kind for event in rows(Event)].count("report_settled")) == (coordinator.id, 1)


def test_a_hidden_comment_leaves_a_trace_and_its_words_to_the_coordinators_alone(guichet, said, coordinator, commenter, stranger):
    acted(moderation.report, said, guichet, stranger, RUDE)
    acted(moderation.hide, said, guichet, coordinator, RUDE)

    everybody = {person and person.name: heard(guichet, person)[0] for person in (None, stranger, commenter, coordinator)}
    assert {name: talk.html for name, talk in everybody.items()} == {
        None: "", "Sofia Pires": "", "Chiara Conti": "", "Claire Martin": "<p>Unfair words</p>\n",
    }  # fmt: skip
    assert {(talk.hidden, talk.hidden_reason, talk.mine) for talk in everybody.values()} == {(True, RUDE.reason, False)}
    assert (rows(CommentReport)[0].settler_id, rows(Event)[-1].kind, rows(Event)[-1].public) == (coordinator.id, "comment_hidden", True)


def test_hidden_words_are_found_by_no_one_else_and_stand_in_no_export(guichet, said, coordinator, commenter):
    acted(moderation.hide, said, guichet, coordinator, RUDE)

    with reading() as session:
        theirs, author = reader_for(session, coordinator), reader_for(session, commenter)
        for reader in (VISITOR, author):
            with pytest.raises(Missing):
                comments.find(session, said.id, reader)
        assert comments.find(session, said.id, theirs)[0].id == said.id
        documents = [export.document(session, reader, today=TODAY) for reader in (VISITOR, author, theirs)]
    assert [orjson.loads(document)["proposals"][0]["comments"] for document in documents] == [[], [], []]


def test_hiding_a_group_only_comment_is_told_to_no_visitor(guichet, commenter, coordinator):
    acted(moderation.hide, a_comment(guichet, commenter, "Among us"), guichet, coordinator, RUDE)

    assert (rows(Event)[-1].kind, rows(Event)[-1].public, heard(guichet)) == ("comment_hidden", False, [])


def test_what_is_shown_again_is_as_it_was(guichet, said, coordinator):
    before = heard(guichet)
    acted(moderation.hide, said, guichet, coordinator, RUDE)
    for _ in range(2):
        acted(moderation.show, said, guichet, coordinator)

    assert (heard(guichet), [event.kind for event in rows(Event)][-2:]) == (before, ["comment_hidden", "comment_shown"])
    assert rows(Event)[-1].public is True


def test_hiding_twice_keeps_the_first_reason(guichet, said, coordinator):
    acted(moderation.hide, said, guichet, coordinator, RUDE)
    acted(moderation.hide, said, guichet, coordinator, ReasonForm(reason="Another"))

    assert (rows(Comment)[0].hidden_reason, [event.kind for event in rows(Event)].count("comment_hidden")) == (RUDE.reason, 1)


@pytest.mark.parametrize("act", [moderation.report, moderation.hide])
def test_a_removed_comment_has_nothing_to_hide(guichet, said, commenter, coordinator, act):
    with writing() as session:
        comments.remove(session, session.get_one(Comment, said.id), guichet, version=1, by=commenter, now=NOW)

    with pytest.raises(Refused):
        acted(act, said, guichet, coordinator, RUDE)

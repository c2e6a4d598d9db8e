"""What members are told of: once, for one reason, never of what they did themselves, and only while they may know of it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Comment, Membership, Suggestion, Task
from relais import comments, notices, suggestions, tasks, waiting
from relais.access import reader_for
from relais.comments import moderation
from relais.comments.moderation import ReasonForm
from relais.db import reading, writing
from relais.errors import Missing
from relais.notices import owing
from relais.suggestions import DeclineForm, SuggestionForm
from relais.tasks import TaskForm
from tests.days import NOW
from tests.news_told import tell
from tests.public_record import a_comment, a_proposal, an_entry, counted
from tests.relais.test_texts import save
from tests.steps import a_task

DAY = timedelta(days=1)


@pytest.fixture
def guichet(engine, public_affairs):
    proposal = a_proposal("guichet-unique", public_affairs)
    tell(engine)  # what happened before anybody was told of anything is told to nobody
    return proposal


def told(engine, person, language="en"):
    tell(engine)
    with reading(engine) as session:
        found, _ = notices.of(session, reader_for(session, person), language)
        return [(one.kind.value, one.act.kind.value) for one in found]


def unread(engine, person):
    tell(engine)
    with reading(engine) as session:
        return waiting.of(session, reader_for(session, person)).notices


# --- who is told -----------------------------------------------------------------------------------------------------


def test_who_is_named_in_a_comment_is_told_and_nobody_else(engine, guichet, commenter, editor, observer):
    a_comment(guichet, commenter, "@Emil Novák, look")

    assert [told(engine, person) for person in (editor, commenter, observer)] == [[("mention", "comment_posted")], [], []]


def test_who_is_named_when_a_comment_is_changed_is_told_once(engine, guichet, commenter, editor, observer):
    comment = a_comment(guichet, commenter, "@Emil Novák, look")
    with writing(engine) as session:
        row = session.get_one(Comment, comment.id)
        form = comments.CommentForm(body="@Emil Novák and @Oskar Berg, look")
        comments.edit(session, row, guichet, form, version=row.version, by=commenter, now=NOW)

    assert told(engine, editor) == [("mention", "comment_posted")]
    assert told(engine, observer) == [("mention", "comment_edited")]


def test_those_who_wrote_in_a_thread_are_told_of_an_answer(engine, guichet, commenter, editor, coordinator):
    first = a_comment(guichet, commenter, "Who answers?")
    a_comment(guichet, editor, "I do", parent=first.id)
    a_comment(guichet, coordinator, "Thanks", parent=first.id)

    assert told(engine, commenter) == [("reply", "comment_posted"), ("reply", "comment_posted")]
    assert told(engine, editor) == [("reply", "comment_posted")]
    assert told(engine, coordinator) == []


def test_who_is_named_in_an_answer_to_them_is_told_once(engine, guichet, commenter, editor):
    first = a_comment(guichet, editor, "Who answers?")
    a_comment(guichet, commenter, "@Emil Novák, you", parent=first.id)

    assert told(engine, editor) == [("mention", "comment_posted")]


def test_a_step_given_to_somebody_and_what_others_do_with_it(engine, guichet, commenter, editor):
    task = a_task(guichet, commenter, assignee=editor.id)
    with writing(engine) as session:
        tasks.finish(session, session.get_one(Task, task.id), guichet, by=editor, now=NOW)

    assert told(engine, editor) == [("task", "task_added")]
    assert told(engine, commenter) == [("task", "task_done")]


def test_who_has_a_step_taken_from_them_and_who_noted_it_are_told_of_the_change(engine, guichet, commenter, editor, coordinator):
    task = a_task(guichet, commenter, assignee=editor.id)
    with writing(engine) as session:
        row = session.get_one(Task, task.id)
        form = TaskForm(text=row.text, assignee=coordinator.id)
        tasks.change(session, row, guichet, form, version=row.version, by=coordinator, now=NOW)

    assert told(engine, editor) == [("task", "task_changed"), ("task", "task_added")]
    assert told(engine, commenter) == [("task", "task_changed")]
    assert told(engine, coordinator) == []


def test_a_step_one_takes_on_or_gives_oneself_is_no_news(engine, guichet, commenter, editor):
    a_task(guichet, editor, assignee=editor.id)
    free = a_task(guichet, editor)
    with writing(engine) as session:
        tasks.take_on(session, session.get_one(Task, free.id), guichet, by=editor, now=NOW)

    assert told(engine, editor) == []


def test_editors_are_told_of_what_waits_and_its_author_of_what_was_decided(engine, guichet, commenter, editor, coordinator, observer):
    with writing(engine) as session:
        form = SuggestionForm(title="Un guichet", summary="Une adresse.", body="Le corps.", note="Plus court")
        made = suggestions.make(session, guichet, "fr", form, base=1, by=commenter, now=NOW)
    assert [told(engine, person) for person in (editor, coordinator, observer)] == [[("waiting", "suggestion_made")]] * 2 + [[]]

    with writing(engine) as session:
        row = session.get_one(Suggestion, made.id)
        suggestions.decline(session, row, guichet, DeclineForm(reason="Too short"), version=row.version, by=editor, now=NOW)
    assert told(engine, commenter) == [("decided", "suggestion_declined")]


def test_editors_are_told_of_a_lead_to_check(engine, guichet, editor, observer):
    an_entry("maybe", leads=(guichet,), on="2026-10-05")

    assert [told(engine, person) for person in (editor, observer)] == [[("waiting", "entry_added")], []]


def test_editors_are_told_once_that_a_translation_lags_behind(engine, guichet, editor, coordinator, observer):
    save(guichet, "en", 0, editor, title="One-stop shop", summary="A summary.", body="The body.")
    assert [told(engine, person) for person in (editor, coordinator, observer)] == [[], [], []]

    save(guichet, "fr", 1, editor, title="Titre", summary="Un résumé.", body="Le *corps*.")
    save(guichet, "fr", 2, editor, title="Titre", summary="Deux résumés.", body="Le *corps*.")
    waits = [("waiting", "text_saved")]
    assert [told(engine, person) for person in (editor, coordinator, observer)] == [[], waits, []]


def test_a_translation_renewed_before_anybody_was_told_waits_for_nobody(engine, guichet, editor, coordinator):
    save(guichet, "en", 0, editor, title="One-stop shop", summary="A summary.", body="The body.")
    save(guichet, "fr", 1, editor, title="Titre", summary="Un résumé.", body="Le *corps*.")
    save(guichet, "en", 1, editor, title="One counter", summary="A summary.", body="The body.")

    assert told(engine, coordinator) == []


def test_coordinators_are_told_of_a_report_and_an_author_of_a_comment_hidden(engine, guichet, commenter, editor, coordinator, stranger):
    comment = a_comment(guichet, commenter, "Rude words", public=True)
    with writing(engine) as session:
        moderation.report(session, session.get_one(Comment, comment.id), guichet, ReasonForm(reason="Rude"), by=stranger, now=NOW)
    assert [told(engine, person) for person in (coordinator, editor)] == [[("waiting", "comment_reported")], []]

    with writing(engine) as session:
        row = session.get_one(Comment, comment.id)
        moderation.hide(session, row, guichet, ReasonForm(reason="Rude"), by=coordinator, now=NOW)
    assert told(engine, commenter) == [("decided", "comment_hidden")]


# --- reading ---------------------------------------------------------------------------------------------------------


def test_what_one_may_not_see_any_more_is_not_told(engine, guichet, commenter, editor, public_affairs):
    a_comment(guichet, commenter, "@Emil Novák, look")
    assert unread(engine, editor) == 1
    with writing(engine) as session:
        seat = select(Membership).where(col(Membership.group_id) == public_affairs.id, col(Membership.person_id) == editor.id)
        session.delete(session.exec(seat).one())

    assert (told(engine, editor), unread(engine, editor)) == ([], 0)


def test_reading_one_gives_where_it_stands_and_twice_is_once(engine, guichet, commenter, editor, coordinator):
    a_comment(guichet, commenter, "@Emil Novák, look")
    tell(engine)
    for _ in range(2):
        with writing(engine) as session:
            event = notices.read(session, reader_for(session, editor), 1, NOW)

    with reading(engine) as session:
        act = notices.acts_of(session, reader_for(session, editor), "en", [event])[event]
    assert (act.proposal.slug, unread(engine, editor)) == ("guichet-unique", 0)
    with writing(engine) as session, pytest.raises(Missing):
        notices.read(session, reader_for(session, coordinator), 1, NOW)


def test_reading_all_leaves_what_came_since(engine, guichet, commenter, editor):
    for words in ("one", "two", "three"):
        a_comment(guichet, commenter, f"@Emil Novák, {words}")
    tell(engine)
    with writing(engine) as session:
        notices.read_all(session, editor, 2, NOW)

    assert unread(engine, editor) == 1


def test_pages_go_on_where_the_one_before_ended(engine, guichet, commenter, editor, monkeypatch):
    monkeypatch.setattr("relais.notices.PAGE", 2)
    for number in range(3):
        a_comment(guichet, commenter, f"@Emil Novák, {number}")
    tell(engine)

    with reading(engine) as session:
        first, older = notices.of(session, reader_for(session, editor), "en")
        second, end = notices.of(session, reader_for(session, editor), "en", before=older)
    assert ([one.id for one in first], [one.id for one in second], end) == ([3, 2], [1], 0)


def test_what_was_read_is_forgotten_after_ninety_days_and_what_was_not_stays(engine, guichet, commenter, editor):
    for number in range(2):
        a_comment(guichet, commenter, f"@Emil Novák, {number}")
    tell(engine)
    with writing(engine) as session:
        notices.read_all(session, editor, 1, NOW)
        notices.purge(session, NOW + 90 * DAY)
    with writing(engine) as session:
        notices.purge(session, NOW + 91 * DAY)

    assert unread(engine, editor) == 1


def test_a_batch_asks_as_much_for_three_events_as_for_one(engine, guichet, commenter, editor):
    numbers = []
    for more in (1, 3):
        for number in range(more):
            a_comment(guichet, commenter, f"@Emil Novák, {more} {number}")
        with counted(engine) as said, writing(engine) as session:
            owing.batch(session, NOW)
        numbers.append(len(said))

    assert numbers[0] == numbers[1]
    assert unread(engine, editor) == 4

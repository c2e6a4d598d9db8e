"""A member's steps as a calendar, at an address that is theirs alone."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models import Event, Membership, Proposal, Task, TaskCalendar
from models.event import EventKind
from relais import tasks
from relais.calendars import steps
from relais.db import reading, writing
from relais.errors import Missing
from relais.sign_in import hashed
from relais.tasks import TaskForm
from tests.days import NOW
from tests.public_record import a_proposal, counted
from tests.steps import a_task, done

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def secret(editor):
    return renewed(editor)


def renewed(person):
    with writing() as session:
        return steps.renew(session, person, now=NOW)


def fetched(secret, now=NOW):
    with reading() as session:
        return steps.of(session, "en", secret, now=now).appointments


def a_step(proposal, person, text="Write to them", due="2026-12-01"):
    return a_task(proposal, person, text, assignee=person.id, due_on=due)


def test_it_has_ones_own_steps_that_have_a_day(guichet, editor, commenter, secret):
    a_step(guichet, editor)
    a_step(guichet, editor, "Some day", due=None)
    a_task(guichet, editor, "Somebody else’s", assignee=commenter.id, due_on="2026-12-01")
    (found,) = fetched(secret)

    assert (found.name, found.first, found.last, found.words) == ("task-1", date(2026, 12, 1), date(2026, 12, 1), "Write to them")
    assert (found.told, found.path, found.to_do, found.done) == ("Titre de guichet", "/tasks/1", True, None)
    assert (found.made, found.changed, found.sequence) == (NOW, NOW, 0)


def test_a_step_changed_and_done_is_the_same_one(guichet, editor, secret):
    step = a_step(guichet, editor)
    with writing() as session:
        form = TaskForm(text="Write again", assignee=editor.id, due_on="2026-12-08")
        tasks.change(session, session.get_one(Task, step.id), session.get_one(Proposal, guichet.id), form, version=1, by=editor, now=NOW)
    done(step, guichet, editor, LATER)
    (found,) = fetched(secret, LATER)

    assert (found.name, found.first, found.words) == ("task-1", date(2026, 12, 8), "Done: Write again")
    assert (found.sequence, found.changed, found.done) == (2, LATER, LATER)


def test_who_left_the_group_sees_nothing_of_it_any_more(guichet, editor, secret):
    a_step(guichet, editor)
    with writing() as session:
        session.delete(session.exec(select(Membership).where(col(Membership.person_id) == editor.id)).one())

    assert fetched(secret) == ()


def test_only_a_hash_of_the_address_is_kept(editor, secret):
    with reading() as session:
        (row,) = session.exec(select(TaskCalendar)).all()

    assert (row.person_id, row.token_hash, row.made_at) == (editor.id, hashed(secret), NOW)
    assert len(secret) == 43


def test_renewed_or_ended_the_address_before_leads_nowhere(editor, secret):
    later = renewed(editor)
    with pytest.raises(Missing):
        fetched(secret)
    assert fetched(later) == ()

    for _ in range(2):
        with writing() as session:
            steps.end(session, editor, now=LATER)

    with pytest.raises(Missing):
        fetched(later)


def test_the_ledger_says_that_it_was_made_and_ended_to_nobody_else(editor, secret):
    with writing() as session:
        steps.end(session, editor, now=LATER)
    with reading() as session:
        told = session.exec(select(Event).where(col(Event.kind) == EventKind.PERSON_CHANGED).order_by(col(Event.id))).all()

    assert [(event.actor_id, event.public, event.details) for event in told] == [
        (editor.id, False, {"calendar": True}), (editor.id, False, {"calendar": False}),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(engine, public_affairs, editor, secret, count):
    for n in range(count):
        a_step(a_proposal(f"p-{n}", public_affairs), editor)

    with counted(engine) as statements:
        found = fetched(secret)

    assert (len(found), len(statements)) == (count, 5)

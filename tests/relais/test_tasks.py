from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models import Event, Membership, Task
from models.event import EventKind
from models.group import Role
from relais import tasks, waiting
from relais.access import reader_for
from relais.db import reading, writing
from relais.errors import Invalid, Missing, Stale
from relais.tasks import TaskForm, lists
from tests.cast import a_member
from tests.days import NOW, TODAY
from tests.public_record import a_presidency, a_proposal, a_source, an_actor
from tests.steps import a_task, done


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def acts():
    with reading() as session:
        about = session.exec(select(Event).where(col(Event.subject) == "tasks").order_by(col(Event.id))).all()
        return [(event.kind.value, event.actor_id, event.public) for event in about]


def row(task):
    with reading() as session:
        return session.get_one(Task, task.id)


# --- adding -------------------------------------------------------------------------------------------------------------


def test_a_task_is_added_for_somebody_by_a_day_and_for_a_leg(guichet, commenter, editor):
    an_actor("state", code="LT")
    a_source("decision")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")

    task = row(a_task(guichet, commenter, assignee=editor.id, due_on="2026-12-08", leg="2027-lt"))

    assert (task.text, task.assignee_id, task.due_on, task.presidency, task.author_id, task.added_at, task.version) == (
        "Write to them", editor.id, date(2026, 12, 8), "2027-lt", commenter.id, NOW, 1,
    )  # fmt: skip
    assert acts() == [("task_added", commenter.id, False)]


@pytest.mark.parametrize(("facts", "field"), [({"assignee": 99}, "assignee"), ({"leg": "2099-xx"}, "leg")])
def test_a_task_for_nobody_there_or_a_leg_nobody_knows_is_refused(guichet, editor, facts, field):
    with pytest.raises(Invalid) as refused:
        a_task(guichet, editor, **facts)

    assert (refused.value.field, acts()) == (field, [])


def test_a_task_is_not_for_somebody_of_another_group(guichet, editor, stranger):
    with pytest.raises(Invalid):
        a_task(guichet, editor, assignee=stranger.id)


# --- changing -----------------------------------------------------------------------------------------------------------


def changed(task, proposal, by, version=1, **facts):
    with writing() as session:
        form = TaskForm(**{"text": "Write to them", **facts})
        return tasks.change(session, session.get_one(Task, task.id), proposal, form, version=version, by=by, now=NOW)


def test_a_change_takes_the_place_of_what_stood(guichet, commenter, editor):
    task = a_task(guichet, commenter, due_on=TODAY)

    changed(task, guichet, editor, text="Call them", assignee=editor.id)

    now = row(task)
    assert (now.text, now.assignee_id, now.due_on, now.version) == ("Call them", editor.id, None, 2)
    assert acts()[1:] == [("task_changed", editor.id, False)]


def test_a_change_of_what_changed_in_between_is_refused_with_what_stands(guichet, commenter, editor):
    task = a_task(guichet, commenter)
    changed(task, guichet, editor, text="Call them")

    with pytest.raises(Stale) as refused:
        changed(task, guichet, commenter, text="Meet them")

    assert (refused.value.current.text, row(task).text) == ("Call them", "Call them")


def test_a_tick_in_between_does_not_make_a_change_stale(guichet, commenter, editor):
    task = a_task(guichet, commenter)
    done(task, guichet, editor)

    changed(task, guichet, commenter, text="Call them")

    assert (row(task).text, row(task).finisher_id) == ("Call them", editor.id)


def test_who_left_the_group_keeps_what_they_had_and_is_given_nothing_new(guichet, public_affairs, editor, engine):
    gone = a_member(engine, public_affairs, Role.EDITOR, "Greta Olsen", "en")
    task, other = a_task(guichet, editor, assignee=gone.id), a_task(guichet, editor)
    with writing() as session:
        session.delete(session.exec(select(Membership).where(col(Membership.person_id) == gone.id)).one())

    changed(task, guichet, editor, text="Call them", assignee=gone.id)
    with pytest.raises(Invalid):
        changed(other, guichet, editor, assignee=gone.id)

    assert (row(task).assignee_id, row(task).text) == (gone.id, "Call them")


# --- ticking ------------------------------------------------------------------------------------------------------------


def test_a_task_is_ticked_once_and_the_second_changes_nothing(guichet, commenter, editor):
    task = a_task(guichet, commenter)

    told = [done(task, guichet, editor), done(task, guichet, commenter, NOW + timedelta(minutes=1))]

    assert (told, row(task).finisher_id, row(task).done_at) == ([True, False], editor.id, NOW)
    assert acts()[1:] == [("task_done", editor.id, False)]


def test_of_many_who_tick_at_once_one_does(guichet, editor):
    task = a_task(guichet, editor)

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: done(task, guichet, editor), range(16)))

    assert (sum(told), [kind for kind, _, _ in acts()]) == (1, ["task_added", "task_done"])


def test_a_ticked_task_is_opened_again_once(guichet, commenter, editor):
    task = a_task(guichet, commenter)
    done(task, guichet, editor)

    with writing() as session:
        told = [tasks.reopen(session, session.get_one(Task, task.id), guichet, by=commenter, now=NOW) for _ in range(2)]

    assert (told, row(task).done_at, row(task).finisher_id) == ([True, False], None, None)
    assert [kind for kind, _, _ in acts()] == ["task_added", "task_done", "task_reopened"]


def test_what_is_nobodys_is_taken_on_by_the_first(guichet, commenter, editor):
    task = a_task(guichet, editor)

    with writing() as session:
        told = [tasks.take_on(session, session.get_one(Task, task.id), guichet, by=by, now=NOW) for by in (commenter, editor)]

    assert (told, row(task).assignee_id) == ([True, False], commenter.id)
    with pytest.raises(Stale):
        changed(task, guichet, editor, assignee=editor.id)


# --- removing -----------------------------------------------------------------------------------------------------------


def test_a_removed_task_is_on_no_list_and_its_row_stays(guichet, editor):
    task = a_task(guichet, editor, assignee=editor.id)
    with writing() as session:
        tasks.remove(session, session.get_one(Task, task.id), guichet, version=1, by=editor, now=NOW)

    with reading() as session:
        reader = reader_for(session, editor)
        with pytest.raises(Missing):
            tasks.find(session, task.id, reader)
        assert (lists.of_proposal(session, reader, guichet), waiting.of(session, reader).tasks) == ([], 0)
    assert (row(task).removed_at, acts()[-1][0], done(task, guichet, editor)) == (NOW, EventKind.TASK_REMOVED, False)


def test_a_task_changed_in_between_is_not_removed(guichet, editor):
    task = a_task(guichet, editor)
    changed(task, guichet, editor, text="Call them")

    with pytest.raises(Stale), writing() as session:
        tasks.remove(session, session.get_one(Task, task.id), guichet, version=1, by=editor, now=NOW)

    assert row(task).removed_at is None

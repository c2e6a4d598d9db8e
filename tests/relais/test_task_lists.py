from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Comment, Membership
from models.group import Role
from relais import tasks, waiting
from relais.access import VISITOR, reader_for
from relais.db import reading, writing
from relais.errors import Missing
from relais.tasks import TaskForm, lists
from relais.tasks.lists import Counts, Filters
from tests.days import NOW, TODAY
from tests.public_record import a_comment, a_presidency, a_proposal, a_source, an_actor, counted
from tests.steps import a_task, done


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def texts(steps):
    return [step.text for step in steps]


def test_tasks_of_a_public_proposal_are_for_its_group(guichet, commenter, observer, stranger):
    task = a_task(guichet, commenter)

    with reading() as session:
        seen = [texts(lists.of_proposal(session, reader_for(session, who), guichet)) for who in (None, stranger, observer)]
        for reader in (VISITOR, reader_for(session, stranger)):
            with pytest.raises(Missing):
                tasks.find(session, task.id, reader)

    assert seen == [[], [], ["Write to them"]]


def test_what_is_due_first_comes_first_and_what_has_no_day_last(guichet, editor):
    for text, days in (("No day", None), ("Tomorrow", 1), ("Yesterday", -1), ("Next month", 30), ("In a week", 7), ("Today", 0)):
        a_task(guichet, editor, text, due_on=TODAY + timedelta(days=days) if days is not None else None)
    done(a_task(guichet, editor, "Ticked"), guichet, editor)

    with reading() as session:
        by = lists.by_due(lists.of_proposal(session, reader_for(session, editor), guichet), TODAY)

    assert [texts(part) for part in (by.overdue, by.soon, by.later, by.undated, by.done)] == [
        ["Yesterday"], ["Today", "Tomorrow", "In a week"], ["Next month"], ["No day"], ["Ticked"],
    ]  # fmt: skip
    assert by.open == 6


def test_mine_are_over_all_my_groups_and_nobody_elses(guichet, social_tech, editor, commenter, engine):
    with writing() as session:
        session.add(Membership(group_id=social_tech.id, person_id=editor.id, role=Role.COMMENTER, joined_at=NOW))
    other = a_proposal("autre", social_tech)
    for text, proposal, assignee in (
        ("Here", guichet, editor),
        ("There", other, editor),
        ("Hers", guichet, commenter),
        ("Free", guichet, None),
    ):
        a_task(proposal, editor, text, assignee=assignee.id if assignee else None)
    old, late = a_task(guichet, editor, "Long done", assignee=editor.id), a_task(guichet, editor, "Lately done", assignee=editor.id)
    done(old, guichet, editor, NOW - timedelta(days=15))
    done(late, guichet, editor, NOW - timedelta(days=13))

    with reading() as session:
        reader = reader_for(session, editor)
        steps = lists.mine(session, reader, "en", now=NOW)
        open_now = waiting.of(session, reader).tasks

    assert (texts(steps), open_now, [step.title.words for step in steps]) == (
        ["Here", "There", "Lately done"], 2, ["Titre de guichet-unique", "Titre de autre", "Titre de guichet-unique"],
    )  # fmt: skip


def test_what_was_mine_is_not_once_i_left_its_group(guichet, editor):
    a_task(guichet, editor, assignee=editor.id)
    with writing() as session:
        session.delete(session.exec(select(Membership).where(col(Membership.person_id) == editor.id)).one())

    with reading() as session:
        reader = reader_for(session, editor)
        assert (lists.mine(session, reader, "en", now=NOW), waiting.of(session, reader).tasks) == ([], 0)


def test_a_groups_list_is_narrowed_by_person_leg_and_state(guichet, public_affairs, editor, commenter, social_tech):
    an_actor("state", code="LT")
    a_source("decision")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")
    a_task(guichet, editor, "Hers", assignee=commenter.id)
    a_task(guichet, editor, "Free")
    a_task(guichet, editor, "For Lithuania", leg="2027-lt", due_on=TODAY - timedelta(days=1))
    done(a_task(guichet, editor, "Ticked"), guichet, editor)
    a_task(a_proposal("autre", social_tech), editor, "Elsewhere")

    with reading() as session:
        reader = reader_for(session, editor)
        narrowed = [Filters(), Filters(person=commenter.id), Filters(person=0), Filters(leg="2027-lt"), Filters(state="done")]
        found = [texts(lists.of_group(session, reader, "en", public_affairs, filters)) for filters in narrowed]
        number = lists.counts(session, reader, public_affairs, today=TODAY, now=NOW + timedelta(minutes=1))

    assert found == [["For Lithuania", "Hers", "Free"], ["Hers"], ["For Lithuania", "Free"], ["For Lithuania"], ["Ticked"]]
    assert number == Counts(open=3, overdue=1, done_lately=1)


def test_a_fortnight_is_what_is_overdue_due_in_it_or_done_lately(guichet, public_affairs, editor):
    for text, days in (("Overdue", -40), ("On the last day", 14), ("After", 15), ("No day", None)):
        a_task(guichet, editor, text, due_on=TODAY + timedelta(days=days) if days is not None else None)
    done(a_task(guichet, editor, "Done"), guichet, editor, NOW - timedelta(days=13))
    done(a_task(guichet, editor, "Long done"), guichet, editor, NOW - timedelta(days=14))

    with reading() as session:
        by = lists.fortnight(session, reader_for(session, editor), "en", public_affairs, today=TODAY, now=NOW)

    assert (texts(by.overdue), texts(by.soon + by.later), texts(by.undated), texts(by.done)) == (
        ["Overdue"],
        ["On the last day"],
        [],
        ["Done"],
    )


def test_a_task_names_its_comment_to_who_may_see_it(guichet, commenter, editor, observer):
    comment = a_comment(guichet, commenter, "Somebody should write to them", public=True)
    with writing() as session:
        said = tasks.comment_for(session, guichet, comment.id, reader_for(session, editor))
        tasks.add(session, guichet, TaskForm(text="Write"), by=editor, now=NOW, comment=said)

    def named():
        with reading() as session:
            return [step.comment_id for step in lists.of_proposal(session, reader_for(session, observer), guichet)]

    before = named()
    with writing() as session:
        session.get_one(Comment, comment.id).removed_at = NOW

    assert (before, named()) == ([comment.id], [None])


def test_a_task_is_not_made_from_a_comment_elsewhere(guichet, public_affairs, commenter, editor):
    elsewhere = a_comment(a_proposal("autre", public_affairs), commenter, "There", public=True)

    with reading() as session, pytest.raises(Missing):
        tasks.comment_for(session, guichet, elsewhere.id, reader_for(session, editor))


def test_lists_take_as_many_queries_for_one_as_for_three(guichet, public_affairs, editor, engine):
    told = []
    for more in (1, 2):
        for _ in range(more):
            a_task(guichet, editor, assignee=editor.id, due_on=TODAY)
        with reading() as session:
            reader = reader_for(session, editor)
            with counted(engine) as said:
                lists.of_proposal(session, reader, guichet)
                lists.mine(session, reader, "en", now=NOW)
                lists.of_group(session, reader, "en", public_affairs, Filters())
                lists.fortnight(session, reader, "en", public_affairs, today=TODAY, now=NOW)
        told.append(len(said))

    assert told == [7, 7]

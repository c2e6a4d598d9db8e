"""Contacts of a leg: letters, meetings and answers as entries, the step that follows, and letters nobody answered."""

from datetime import date

import pytest
from pydantic import ValidationError

from models import Entry, EntryProposal, Task
from models.group import Role
from relais import entries
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.errors import Invalid
from relais.legs import contacts, lists
from relais.legs.contacts import ContactForm
from relais.presidencies import calendar
from tests.asks import a_calendar, a_contact, a_leg
from tests.days import NOW
from tests.public_record import a_proposal, an_entry
from tests.web.filling import rows

LETTER = {"kind": "letter", "on": "2026-09-01", "title_en": "A letter"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def member(editor, public_affairs):
    return Reader(editor, {public_affairs.id: Role.EDITOR})


@pytest.fixture
def leg(guichet, editor):
    return a_leg(guichet, editor)


def told(reader, *proposals):
    with reading() as session:
        return contacts.of(session, reader, calendar(session), "en", [proposal.id for proposal in proposals])


def waiting(reader, today):
    with reading() as session:
        return [one.key for one in lists.unanswered(session, reader, calendar(session), "en", today)]


def test_a_contact_is_an_entry_of_the_group_and_its_step_a_task_of_the_leg(guichet, leg, editor, member):
    entry = a_contact(
        leg, guichet, editor, actor="rp-ireland", outcome_en="Read", step="Call them", assignee=editor.id, due_on="2026-12-01"
    )

    (task,), (link,) = rows(Task), rows(EntryProposal)
    assert (entry.family, entry.kind, entry.public, entry.group_id) == ("advocacy", "letter", False, guichet.group_id)
    assert (link.presidency, task.entry_id, task.presidency, task.text, task.assignee_id) == (
        "2026-ie", entry.id, "2026-ie", "Call them", editor.id,
    )  # fmt: skip
    (contact,) = told(member, guichet)
    assert (contact.words, contact.actor, contact.outcome, contact.presidency) == ("A letter", "PermRep Ireland", "Read", "2026-ie")
    assert told(VISITOR, guichet) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "vote"}, ""),
        ({"kind": "publication"}, "kind"),
        ({"on": ""}, "on"),
        ({"due_on": "2026-12-01"}, "step"),
        ({"assignee": 1}, "step"),
        ({"title_en": " "}, "title"),
    ],
)
def test_a_wrong_contact_is_refused_beside_its_field(wrong, field):
    with pytest.raises(ValidationError) as refused:
        ContactForm.model_validate(LETTER | wrong)

    (error,) = refused.value.errors()
    assert getattr(error.get("ctx", {})["error"], "field", "") == field


def test_a_planned_contact_needs_no_day():
    assert ContactForm.model_validate(LETTER | {"on": "", "state": "planned"}).on.on is None


def test_a_wrong_step_leaves_no_contact(guichet, leg, editor):
    with pytest.raises(Invalid):
        a_contact(leg, guichet, editor, step="Call them", assignee=99)

    assert rows(Entry) == []


def test_a_letter_to_the_next_presidency_is_of_its_leg_before_it_begins(guichet, editor, member):
    ahead = a_leg(guichet, editor, "2027-lt")
    a_contact(ahead, guichet, editor)
    an_entry("visit", guichet, on="2026-10-02", family="advocacy", kind="meeting")

    assert [(one.words, one.presidency) for one in told(member, guichet)] == [("A letter", "2027-lt"), ("Vote visit", "2026-ie")]


def test_one_letter_may_be_about_several_proposals(guichet, leg, editor, member, public_affairs):
    other = a_proposal("autre", public_affairs)

    a_contact(leg, guichet, editor, also=[other])

    assert [(one.proposal_id, one.presidency) for one in told(member, guichet, other)] == [(guichet.id, "2026-ie"), (other.id, "2026-ie")]


def test_a_letter_is_unanswered_once_its_days_are_over(guichet, leg, editor, member):
    quick = a_contact(leg, guichet, editor, notice_days=10)
    slow = a_contact(leg, guichet, editor)
    a_contact(leg, guichet, editor, state="planned")
    a_contact(leg, guichet, editor, kind="meeting")

    days = (date(2026, 9, 11), date(2026, 9, 12), date(2026, 10, 1), date(2026, 10, 2))
    assert [waiting(member, day) for day in days] == [[], [quick.key], [quick.key], [quick.key, slow.key]]
    assert [waiting(VISITOR, day) for day in days] == [[], [], [], []]
    assert [(one.due, one.awaited(days[0])) for one in told(member, guichet)] == [
        (days[0], True), (days[2], True), (None, False), (None, False),
    ]  # fmt: skip


def test_an_answer_ends_the_waiting_even_after_the_letter_was_corrected(guichet, leg, editor, member):
    letter = a_contact(leg, guichet, editor)
    with writing() as session:
        again = entries.correct(session, letter, ContactForm.model_validate(LETTER | {"on": "2026-09-02"}), by=editor, now=NOW)
    before = waiting(member, NOW.date())

    a_contact(leg, guichet, editor, "2027-02-01", kind="answer", title_en="No", answers=letter)

    assert (before, waiting(member, NOW.date())) == ([again.key], [])
    one, answer = told(member, guichet)
    assert ([found.id for found in one.answered_by], answer.answers_id, answer.presidency) == ([answer.id], one.id, "2026-ie")


def test_an_answer_that_is_only_planned_is_none(guichet, leg, editor, member):
    letter = a_contact(leg, guichet, editor)
    a_contact(leg, guichet, editor, "", kind="answer", state="planned", answers=letter)

    assert waiting(member, NOW.date()) == [letter.key]


def test_whether_a_public_letter_was_answered_is_for_those_who_may_see_the_answer(guichet, leg, editor, member):
    letter = a_contact(leg, guichet, editor, public=True)
    waited = waiting(member, NOW.date())
    a_contact(leg, guichet, editor, kind="answer", answers=letter)

    (shown,) = told(VISITOR, guichet)
    assert (waited, shown.words, shown.due, shown.answered_by) == ([letter.key], "A letter", None, ())

"""When news is due: at eight in Brussels by its clocks, once, whatever they do in spring and autumn."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from models import Proposal
from models.subscription import Pace
from relais import proposals
from relais.db import writing
from relais.mailings import paces
from relais.presidencies import Calendar, Term
from relais.proposals import MoveForm
from relais.settings import BRUSSELS
from tests.days import NOW
from tests.public_record import a_proposal
from tests.relais.subscribers import follows, letters

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NO_TERMS = Calendar(())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  the zone is the next argument


def utc(written):
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.fixture
def guichet(engine, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    follows("first", pace=Pace.HANDOVER)  # with whom the reading of the ledger begins
    letters(engine, NOW)
    return proposal


def moved_at(proposal, to, now):
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        proposals.move(session, row, MoveForm(to=to), version=row.version, by=None, now=now)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-28T06:59:59", "2026-03-28T07:00"),  # 8:00 in winter
        ("2026-03-28T07:00:00", "2026-03-29T06:00"),  # 8:00 of the day on which the clocks go forward
        ("2026-03-29T00:59:00", "2026-03-29T06:00"),
        ("2026-03-29T01:00:00", "2026-03-29T06:00"),
        ("2026-10-25T00:30:00", "2026-10-25T07:00"),  # the hour that comes twice
        ("2026-10-25T01:30:00", "2026-10-25T07:00"),
        ("2026-10-24T06:00:00", "2026-10-25T07:00"),
        ("2026-12-31T23:30:00", "2027-01-01T07:00"),  # already the new year in Brussels
        ("2028-02-28T12:00:00", "2028-02-29T07:00"),
    ],
)
def test_every_day_at_eight(at, due):
    assert paces.due(Pace.DAILY, 0, utc(at), NO_TERMS) == utc(due)


@pytest.mark.parametrize(
    ("at", "weekday", "due"),
    [
        ("2026-03-28T12:00", 6, "2026-03-29T06:00"),
        ("2026-10-24T12:00", 6, "2026-10-25T07:00"),
        ("2026-11-23T06:59", 0, "2026-11-23T07:00"),  # a Monday, before eight
        ("2026-11-23T07:00", 0, "2026-11-30T07:00"),
        ("2026-11-22T23:30", 0, "2026-11-23T07:00"),  # already Monday in Brussels
    ],
)
def test_every_week_on_its_day(at, weekday, due):
    assert paces.due(Pace.WEEKLY, weekday, utc(at), NO_TERMS) == utc(due)


def test_at_each_handover_on_its_first_morning_and_at_none_that_is_not_known():
    terms = [
        Term(slug, slug[-2:].upper(), 1, slug, {"en": slug}, first, last, ())
        for slug, first, last in (("2026-ie", date(2026, 7, 1), date(2026, 12, 31)), ("2027-lt", date(2027, 1, 1), date(2027, 6, 30)))
    ]
    calendar = Calendar(tuple(terms))

    due = [paces.due(Pace.HANDOVER, 0, utc(at), calendar) for at in ("2026-12-31T23:30", "2027-01-01T06:59", "2027-01-01T07:00")]

    assert due == [utc("2027-01-01T07:00"), utc("2027-01-01T07:00"), None]


@example(utc("2026-03-29T01:00"), 6)
@example(utc("2026-10-25T00:00"), 6)
@trials(max_examples=500, deadline=None)
@given(MOMENTS, st.integers(0, 6))
def test_due_is_always_the_next_eight_in_the_morning(at, weekday):
    daily, weekly = (paces.due(pace, weekday, at, NO_TERMS) for pace in (Pace.DAILY, Pace.WEEKLY))

    mornings = [due.astimezone(BRUSSELS) for due in (daily, weekly)]
    assert [(due.hour, due.minute) for due in mornings] == [(8, 0), (8, 0)]
    assert (timedelta() < daily - at <= 25 * HOUR, daily <= weekly <= daily + 6 * timedelta(days=1) + HOUR) == (True, True)
    assert mornings[1].weekday() == weekday


@pytest.mark.parametrize(("begins", "morning"), [("2026-03-28T12:00", "2026-03-29T06:00"), ("2026-10-24T12:00", "2026-10-25T07:00")])
def test_through_a_night_in_which_the_clocks_change_a_change_is_told_once(engine, guichet, begins, morning):
    follows("ana", pace=Pace.DAILY)
    moved_at(guichet, "backed", utc(begins))

    told = [utc(begins) + n * 30 * MINUTE for n in range(96) if letters(engine, utc(begins) + n * 30 * MINUTE)]

    assert told == [utc(morning)]


def test_a_clock_that_was_set_back_tells_nothing_twice_and_forgets_nothing(engine, guichet):
    follows("ana")
    moved_at(guichet, "backed", NOW)
    first = letters(engine, NOW)
    back = letters(engine, NOW - HOUR)
    moved_at(guichet, "taken_up", NOW - HOUR)

    again = [letter.subject for n in range(1, 10) for letter in letters(engine, NOW - HOUR + n * 30 * MINUTE)]

    assert ([letter.subject for letter in first], back, again) == (
        ["Relais: 1 change, Titre de guichet"], [], ["Relais: 1 change, Titre de guichet"],
    )  # fmt: skip

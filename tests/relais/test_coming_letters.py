"""When the next letter comes, so far as it can be known."""

from datetime import timedelta

import pytest

from models import Subscription
from models.subscription import Subscriber
from relais.db import reading, writing
from relais.following import coming
from relais.following.coming import Coming
from relais.presidencies import calendar
from tests.asks import a_calendar
from tests.days import NOW
from tests.relais.following_by_letter import ask, confirm, rows

MONDAY = NOW.replace(day=30, hour=7, minute=0)  # 8:00 in Brussels in winter
DAY = timedelta(days=1)


def next_letter(engine, now=NOW):
    with reading(engine) as session:
        (subscriber,) = rows(Subscriber)
        return coming.letter(subscriber, rows(Subscription), calendar(session), now)


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        ("at_once", Coming(NOW, at_once=True)),
        ("daily", Coming(NOW.replace(hour=7, minute=0) + DAY, at_once=False)),
        ("weekly", Coming(MONDAY, at_once=False)),
        ("handover", Coming(MONDAY.replace(year=2027, month=1, day=1), at_once=False)),
    ],
)
def test_by_pace(engine, pace, expected):
    a_calendar()
    ask(pace=pace, weekday="0")
    confirm(engine)

    assert next_letter(engine) == expected


def test_a_handover_whose_day_is_not_known_has_none(engine):
    ask(pace="handover")
    confirm(engine)

    assert next_letter(engine) == Coming(None, at_once=False)


def test_none_comes_before_something_is_confirmed_or_after_the_address_refused(engine):
    ask()
    assert next_letter(engine) is None
    confirm(engine)
    with writing(engine) as session:
        subscriber = session.get_one(Subscriber, 1)
        subscriber.ended_at, subscriber.ended_why = NOW, "550"
    assert next_letter(engine) is None


@pytest.mark.parametrize(("pace", "at_once"), [("at_once", True), ("daily", False)])
def test_a_pause_holds_it_back(engine, pace, at_once):
    ask(pace=pace)
    confirm(engine)
    until = NOW + 30 * DAY
    with writing(engine) as session:
        session.get_one(Subscriber, 1).paused_until = until

    assert next_letter(engine) == Coming(until, at_once=at_once)

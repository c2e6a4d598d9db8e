"""When news is due, by the pace somebody chose: at eight in the morning in Brussels, whatever the clocks do there."""

from datetime import UTC, date, datetime, time, timedelta

from models.subscription import Pace
from relais.presidencies import Calendar
from relais.settings import BRUSSELS

MORNING = time(8)


def due(pace: Pace, weekday: int, at: datetime, calendar: Calendar) -> datetime | None:
    """When what happened `at` is due; None for a handover whose day is not known."""
    match pace:
        case Pace.AT_ONCE:
            return at
        case Pace.DAILY:
            return _morning_after(at)
        case Pace.WEEKLY:
            return _morning_after(at, weekday)
        case Pace.HANDOVER:
            return next((first for term in calendar.terms if (first := morning(term.starts_on)) > at), None)


def morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, BRUSSELS).astimezone(UTC)


def _morning_after(at: datetime, weekday: int | None = None) -> datetime:
    """The first morning after that, on the day of the week where one is given: 0 is Monday."""
    day = at.astimezone(BRUSSELS).date()
    while morning(day) <= at or weekday not in (None, day.weekday()):
        day += timedelta(days=1)
    return morning(day)

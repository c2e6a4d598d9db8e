"""When the next letter of news comes to an address, so far as that can be known before there is news."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models import Subscriber, Subscription
from models.subscription import Pace
from relais.mailings import paces
from relais.presidencies import Calendar


@dataclass(frozen=True)
class Coming:
    """`at_once`: from then on letters come as things happen. `at` is None where the day of the handover is not known."""

    at: datetime | None
    at_once: bool


def letter(subscriber: Subscriber, followed: Iterable[Subscription], calendar: Calendar, now: datetime) -> Coming | None:
    """The next letter, if something changes by then; None where none will come."""
    confirmed = [row for row in followed if row.confirmed_at]
    if not confirmed or subscriber.ended_at:
        return None
    begins = max(now, subscriber.paused_until or now)
    if any(row.pace is Pace.AT_ONCE for row in confirmed):
        return Coming(begins, at_once=True)
    due = [paces.due(row.pace, row.weekday, now, calendar) for row in confirmed]
    known = [max(at, begins) for at in due if at]
    return Coming(min(known, default=None), at_once=False)

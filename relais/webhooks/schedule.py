"""When a message is tried again, as Standard Webhooks suggests: at once, then after longer and longer waits, each a little at random."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom

WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)  # fmt: skip
JITTER = 0.1  # so that what failed together is not tried together
REST = timedelta(minutes=1)  # between two calls of a webhook whose receiver is not well
LONGEST_REST = timedelta(hours=1)  # that a receiver may ask for
GIVEN_UP = timedelta(days=3)  # without one success, the webhook ends

Chance = Callable[[float, float], float]
_chance = SystemRandom().uniform


def next_try(attempts: int, now: datetime, chance: Chance = _chance) -> datetime | None:
    """When to try again after that many calls; None once there were enough. None is counted where somebody asked for it anew meanwhile."""
    if attempts > len(WAITS):
        return None
    return now + WAITS[max(attempts, 1) - 1] * chance(1 - JITTER, 1 + JITTER)


def rest(asked: int | None) -> timedelta:
    """How long to leave a receiver alone that failed, and may have asked for so many seconds."""
    return min(max(REST, timedelta(seconds=asked or 0)), LONGEST_REST)

"""Letters that are due: taken up by one worker at a time, and put off for longer and longer when the mail server fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from relais.mail import Letter

# A worker holds a row for as long as the slowest mail server may take; when it dies, another takes the row up after that.
HELD = timedelta(minutes=5)
AGAIN_AFTER = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 300, 600))
GIVEN_UP = timedelta(hours=2)
AT_ONCE = 100


@dataclass(frozen=True)
class Errand:
    """A letter owed by a row; no other worker takes the row up while it is `HELD`."""

    row_id: int
    letter: Letter


class Office(Protocol):
    """A module that owes letters. Each verb is given the unit of work it runs in."""

    def any_due(self, session: Session, now: datetime) -> bool: ...

    def next_errand(self, session: Session, now: datetime) -> Errand | None:
        """Take up the oldest row that is due. The row stays due, only later: a worker that dies leaves it to another."""

    def posted(self, session: Session, row_id: int, now: datetime) -> None:
        """The letter was taken by the mail server."""

    def refused(self, session: Session, row_id: int, now: datetime) -> None:
        """It never will be."""

    def put_off(self, session: Session, row_id: int, now: datetime) -> None:
        """It may be later."""


class Step(Protocol):
    """A module that makes something of the ledger, some at a time. Asked whenever the worker is idle: it costs a query on a key or two."""

    def anything(self, session: Session, now: datetime) -> bool: ...

    def batch(self, session: Session, now: datetime) -> None: ...


def any_due(session: Session, kind: Any, *due: ColumnElement[bool]) -> bool:
    return session.exec(select(kind.id).where(*due).limit(1)).first() is not None


def oldest(session: Session, kind: Any, *due: ColumnElement[bool], limit: int = AT_ONCE) -> Sequence[Any]:
    """The rows that have been due for longest, but those another worker has in hand."""
    query = select(kind).where(*due).order_by(col(kind.due_at), col(kind.id)).limit(limit)
    return session.exec(query.with_for_update(skip_locked=True)).all()


def take_up(row: Any, now: datetime) -> None:
    row.due_at, row.attempts = now + HELD, row.attempts + 1


def again(row: Any, since: datetime, now: datetime, *, given_up: timedelta = GIVEN_UP, waits: Sequence[timedelta] = AGAIN_AFTER) -> bool:
    """Make a row due again after a longer wait each time; False when it has waited too long since it was first asked for."""
    if now - since > given_up:
        return False
    row.due_at = now + waits[min(row.attempts, len(waits)) - 1]
    return True

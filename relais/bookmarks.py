"""How far each part of the worker has read the ledger: what it writes for an event, and the bookmark past it, are written together.

No event with a smaller id can appear behind a bookmark: `ledger.record` sees to it.
"""

from sqlalchemy import insert, select, update
from sqlmodel import Session, col, func

from models import Bookmark, Event
from relais import ledger
from relais.db import columns


def behind(session: Session, reader: str) -> bool:
    """Whether the ledger holds what this reader has not read. One query each on two keys: it is asked whenever the worker is idle."""
    read = _read(session, reader)
    return read is None or read < ledger.newest(session)


def span(session: Session, reader: str, first: int | None, limit: int) -> tuple[int, int]:
    """The events to read next: after the one, up to the other, which are equal where there are none.

    The first time it is read from `first`, or from now on where that is None.
    """
    start = _read(session, reader)
    if start is None:
        start = ledger.newest(session) if first is None else first
        session.connection().execute(insert(Bookmark).values(reader=reader, event_id=start))
    within = columns(Event.id).where(col(Event.id) > start).order_by(col(Event.id)).limit(limit).subquery()
    end: int | None = session.execute(select(func.max(within.c.id))).scalar()
    return start, end or start


def move(session: Session, reader: str, end: int) -> None:
    session.connection().execute(update(Bookmark).where(col(Bookmark.reader) == reader).values(event_id=end))


def _read(session: Session, reader: str) -> int | None:
    found: int | None = session.execute(columns(Bookmark.event_id).where(col(Bookmark.reader) == reader)).scalar()
    return found

"""Open data: a public dump of the record each night, made by one worker, the last of them kept and listed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, select
from sqlmodel import Session, col

from models import Dump
from relais.db import columns, insert_over, reading, writing
from relais.errors import Missing
from relais.settings import BRUSSELS, settings

# A worker holds a dump for as long as the largest may take; when it dies, another makes it after that.
HELD = timedelta(minutes=30)
NIGHT = time(2, 0)  # in Brussels: the day before is over, whatever is entered late in the evening
DAILY, MONTHLY = 7, 12


def folder() -> Path:
    return settings().var / "dumps"


def name(day: date) -> str:
    return f"relais-{day}.zip"


def of(session: Session) -> Sequence[Row[Any]]:
    """Those that are made and kept, the newest first."""
    query = columns(Dump.day, Dump.made_at, Dump.state, Dump.size, Dump.digest, Dump.files)
    return session.execute(query.where(col(Dump.made_at).is_not(None)).order_by(col(Dump.day).desc())).all()


def find(session: Session, day: date) -> Row[Any]:
    """Raises Missing for a day without a dump, or where this machine does not hold it."""
    found = next((row for row in of(session) if row.day == day), None)
    if found is None or not (folder() / name(day)).is_file():
        raise Missing
    return found


def nightly(engine: Engine, now: datetime, day: date) -> bool:
    """Make the dump of the day once it is night, unless it is made or another worker makes it; whether this one did."""
    with reading(engine) as session:
        if now.astimezone(BRUSSELS).time() < NIGHT or _settled(session, day, now):
            return False
    return make(engine, now, day)


def make(engine: Engine, now: datetime, day: date, *, again: bool = False) -> bool:
    """Make the dump of a day; whether there was one to make. With `again` it takes the place of the one there is."""
    from relais.dumps import packing  # noqa: PLC0415  the worker waits for it once a night, not every start

    if not _taken_up(engine, now, day, again=again):
        return False
    with reading(engine) as session:
        made = packing.pack(session, folder(), name(day), day)
    with writing(engine) as session:
        dump = session.execute(select(Dump).where(col(Dump.day) == day)).scalar_one()
        dump.due_at, dump.made_at = None, now
        dump.state, dump.size, dump.digest, dump.files = made.state, made.size, made.digest, made.files
        gone = _pruned(session)
    for one in gone:
        (folder() / name(one)).unlink(missing_ok=True)
    return True


def _settled(session: Session, day: date, now: datetime) -> bool:
    """Whether nothing is to be done about the day now: it is made, or somebody has it in hand."""
    row = session.execute(columns(Dump.due_at).where(col(Dump.day) == day)).first()
    return row is not None and (row.due_at is None or row.due_at > now)


def _taken_up(engine: Engine, now: datetime, day: date, *, again: bool) -> bool:
    """Take the day in hand, so that no other worker does: of two at once one has it."""
    with writing(engine) as session:
        kept = insert_over(session, Dump).values(day=day, due_at=now, state=0, size=0, digest="", files=[])
        session.connection().execute(kept.on_conflict_do_nothing(index_elements=["day"]))
        dump = session.execute(select(Dump).where(col(Dump.day) == day).with_for_update()).scalar_one()
        if dump.due_at is not None and dump.due_at > now:
            return False
        if dump.due_at is None and not again:
            return False
        dump.due_at, dump.made_at = now + HELD, None
    return True


def _pruned(session: Session) -> list[date]:
    """Forget all but the last seven, and the last of each of the last twelve months that have one; gives the days that went."""
    session.flush()
    rows = session.execute(select(Dump).where(col(Dump.made_at).is_not(None)).order_by(col(Dump.day).desc())).scalars().all()
    months: dict[tuple[int, int], date] = {}
    for row in rows:
        months.setdefault((row.day.year, row.day.month), row.day)
    kept = {row.day for row in rows[:DAILY]} | set(list(months.values())[:MONTHLY])
    gone = [row for row in rows if row.day not in kept]
    for row in gone:
        session.delete(row)
    return [row.day for row in gone]

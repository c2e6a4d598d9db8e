"""Somebody looks whether a source is still where it was, by hand, and says so with the day. Append-only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import Row
from sqlmodel import Session, col

from models import Person, Source, SourceCheck
from models.event import EventKind
from relais import ledger
from relais.db import columns
from relais.errors import Invalid
from relais.form import Day, Form
from relais.wording import folded

YEAR = timedelta(days=365)


class CheckForm(Form):
    checked_on: Day
    reachable: bool
    note: Annotated[str, StringConstraints(max_length=500)] = ""


@dataclass(frozen=True)
class Check:
    """The last time somebody looked for a source: by a check, or when it was read for the record. `day` is None if nobody ever did."""

    day: date | None
    reachable: bool = True
    note: str = ""

    def due(self, today: date) -> bool:
        return self.day is None or self.day < today - YEAR


@dataclass(frozen=True)
class Due:
    id: int
    slug: str
    title: str
    language: str
    publisher: str
    url: str
    last: Check


def record(session: Session, source: Source, form: CheckForm, *, by: Person | None, now: datetime, today: date) -> SourceCheck:
    """Raises Invalid for a day to come, and for a source without an address: there is nowhere to look."""
    if form.checked_on > today:
        raise Invalid("This day is still to come", field="checked_on")
    if not source.url:
        raise Invalid("This source has no address to look it up at", field="reachable")
    row = SourceCheck(source_id=source.id, recorded_at=now, recorder_id=by.id if by else None, **form.model_dump())
    session.add(row)
    ledger.record(session, EventKind.SOURCE_CHECKED, source, at=now, by=by, slug=source.slug, reachable=form.reachable)
    return row


def history(session: Session, source: Source) -> Sequence[Row[Any]]:
    """Every check, the last first, with the name of who made it."""
    query = columns(SourceCheck.id, SourceCheck.checked_on, SourceCheck.reachable, SourceCheck.note, Person.name)
    made = query.outerjoin(Person, col(Person.id) == col(SourceCheck.recorder_id)).where(col(SourceCheck.source_id) == source.id)
    return session.execute(made.order_by(col(SourceCheck.checked_on).desc(), col(SourceCheck.id).desc())).all()


def last(session: Session, rows: Iterable[Any]) -> dict[int, Check]:
    """By id, of rows with `id` and `retrieved_on`."""
    rows = list(rows)
    query = columns(SourceCheck.source_id, SourceCheck.checked_on, SourceCheck.reachable, SourceCheck.note)
    made = query.where(col(SourceCheck.source_id).in_([row.id for row in rows])).order_by(col(SourceCheck.checked_on), col(SourceCheck.id))
    found = {key: Check(day, reachable, note) for key, day, reachable, note in session.execute(made)}
    return {row.id: _later(found.get(row.id), row.retrieved_on) for row in rows}


def due(session: Session, today: date) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """The sources that were not there when last looked for, and those with an address that nobody looked up for a year, by that day."""
    query = columns(Source.id, Source.slug, Source.title, Source.language, Source.publisher, Source.url, Source.retrieved_on)
    there = session.execute(query.where(col(Source.url) != "")).all()
    checked = last(session, there)
    found = [Due(row.id, row.slug, row.title, row.language, row.publisher, row.url, checked[row.id]) for row in there]
    found.sort(key=lambda one: (one.last.day or date.min, folded(one.title)))
    gone = tuple(one for one in found if not one.last.reachable)
    return gone, tuple(one for one in found if one.last.reachable and one.last.due(today))


def _later(check: Check | None, read_on: date | None) -> Check:
    if check is None or (read_on and check.day and read_on > check.day):
        return Check(read_on)
    return check

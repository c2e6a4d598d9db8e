"""Snapshots: reports frozen as visitors may see them, cited by an address that never changes, never edited, withdrawn with a reason."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import Row
from sqlmodel import Session, col, select

from models import Person, Snapshot, SnapshotWithdrawal
from models.event import EventKind
from relais import VERSION, export, ledger, reports
from relais.db import columns
from relais.errors import Invalid, Missing, Refused
from relais.form import Form
from relais.i18n import N_
from relais.presidencies import Calendar
from relais.reports.selection import Selection

SCHEMA = "relais-snapshot-1"
PAGE = 50
# Without vowels and look-alikes: no word comes of it, and it can be read out. 14 of them are 63 bits: nobody guesses one.
SIGNS, LONG = "23456789bcdfghjkmnpqrstvwxz", 14


class SnapshotForm(Form):
    """What it is called, in the language of the page it was frozen on."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=160)]


class WithdrawalForm(Form):
    """It stands for everybody to read where the snapshot stood."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Gone(Refused):
    """It was withdrawn."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("This snapshot was withdrawn"))


@dataclass(frozen=True)
class Kept:
    """A snapshot without its bytes, and why it was withdrawn where it was."""

    row: Row[Any]
    withdrawal: Row[Any] | None


def freeze(
    session: Session, calendar: Calendar, selection: Selection, form: SnapshotForm, *, language: str, by: Person, now: datetime, today: date
) -> str:
    """Freeze what the selection says now; gives its key, that of the one there is where the same was frozen under the same title.

    Raises Invalid for what cannot be asked for, and for what is empty.
    """
    ledger.alone(session)
    selection = steady(selection, today)
    document = reports.document(session, selection, calendar, today=today)
    if not document["proposals"]:
        raise Invalid("No proposal answers this selection.", field="title")
    content = reports.written(document)
    digest = sha256(content).hexdigest()
    if same := _same(session, digest, form.title):
        return same
    known = reports.known(session)
    snapshot = Snapshot(
        key="".join(secrets.choice(SIGNS) for _ in range(LONG)),
        title=form.title,
        language=language,
        query=selection.query(),
        as_of=selection.as_of,
        known_event=known.id if known else 0,
        known_at=known.recorded_at if known else None,
        software=VERSION,
        content=content,
        size=len(content),
        digest=digest,
        frozen_at=now,
        author_id=by.id,
    )
    session.add(snapshot)
    told: dict[str, Any] = {"key": snapshot.key, "title": snapshot.title, "language": language, "digest": digest}
    ledger.record(session, EventKind.SNAPSHOT_FROZEN, snapshot, at=now, by=by, **told)
    return snapshot.key


def steady(selection: Selection, today: date) -> Selection:
    """The selection without a day that is not over: what is known then would not be the same once it is."""
    return selection.model_copy(update={"as_of": export.past(selection.as_of, today)})


def withdraw(session: Session, key: str, form: WithdrawalForm, *, by: Person, now: datetime) -> None:
    """From here on only its title, its dates, its digest and the reason are told. Raises Missing, and Gone where it was withdrawn."""
    kept = find(session, key)
    ledger.alone(session)
    if kept.withdrawal or _withdrawal(session, kept.row.id):
        raise Gone
    session.add(SnapshotWithdrawal(snapshot_id=kept.row.id, reason=form.why, withdrawn_at=now, author_id=by.id))
    snapshot = session.exec(select(Snapshot).where(col(Snapshot.id) == kept.row.id)).one()
    told: dict[str, Any] = {"key": key, "title": kept.row.title, "language": kept.row.language, "reason": form.why}
    ledger.record(session, EventKind.SNAPSHOT_WITHDRAWN, snapshot, at=now, by=by, **told)


def find(session: Session, key: str) -> Kept:
    """Raises Missing."""
    row = session.execute(_FACTS.where(col(Snapshot.key) == key)).first()
    if row is None:
        raise Missing
    return Kept(row, _withdrawal(session, row.id))


def content(session: Session, kept: Kept) -> bytes:
    """The bytes as they were frozen. Raises Gone for what was withdrawn."""
    if kept.withdrawal:
        raise Gone
    found: bytes = session.execute(columns(Snapshot.content).where(col(Snapshot.id) == kept.row.id)).scalar_one()
    return found


def every(session: Session, *, before: int = 0) -> tuple[Sequence[Row[Any]], int]:
    """A page of them, the newest first, each with when it was withdrawn, and before which the older ones are, 0 where there are none."""
    query = _FACTS.add_columns(col(SnapshotWithdrawal.withdrawn_at)).outerjoin(SnapshotWithdrawal).order_by(col(Snapshot.id).desc())
    rows = session.execute((query.where(col(Snapshot.id) < before) if before else query).limit(PAGE + 1)).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else 0


def following(session: Session, last: int, most: int) -> list[Kept]:
    """Those frozen after one, in the order they were frozen."""
    told = col(SnapshotWithdrawal.reason), col(SnapshotWithdrawal.withdrawn_at)
    query = _FACTS.add_columns(*told).outerjoin(SnapshotWithdrawal).where(col(Snapshot.id) > last).order_by(col(Snapshot.id))
    return [Kept(row, row if row.withdrawn_at else None) for row in session.execute(query.limit(most))]


_FACTS = columns(
    Snapshot.id, Snapshot.key, Snapshot.title, Snapshot.language, Snapshot.query, Snapshot.as_of, Snapshot.known_event, Snapshot.known_at,
    Snapshot.software, Snapshot.size, Snapshot.digest, Snapshot.frozen_at,
)  # fmt: skip


def _withdrawal(session: Session, snapshot_id: int) -> Row[Any] | None:
    query = columns(SnapshotWithdrawal.reason, SnapshotWithdrawal.withdrawn_at)
    return session.execute(query.where(col(SnapshotWithdrawal.snapshot_id) == snapshot_id)).first()


def _same(session: Session, digest: str, title: str) -> str | None:
    """The key of one that says the same under the same title, written by the same version, and was not withdrawn."""
    mine = col(Snapshot.digest) == digest, col(Snapshot.title) == title, col(Snapshot.software) == VERSION
    query = columns(Snapshot.key).outerjoin(SnapshotWithdrawal).where(*mine, col(SnapshotWithdrawal.id).is_(None))
    return session.execute(query.limit(1)).scalar()

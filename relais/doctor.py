"""Whether the record is sound: what the database keeps of itself, and what the rows say of each other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine, func
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select, text

from models import (
    Comment,
    CommentVersion,
    Entry,
    Event,
    Move,
    Packet,
    Position,
    Proposal,
    Revision,
    Snapshot,
    SnapshotWithdrawal,
    Text,
    Withdrawal,
)
from models.proposal import Stage
from models.text import FIELDS
from relais import backlog, index, schema
from relais.db import BUSY_MS, columns, reading
from relais.packets import digest
from relais.proposals import standing

PRAGMAS: dict[str, object] = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": BUSY_MS}
ACTS = (Move, Position, Entry, Comment, Revision)
APPENDED_TO = (Move, Position, Entry, Revision, Event, CommentVersion, Packet, Snapshot, SnapshotWithdrawal, Withdrawal)
NEVER_CHANGED = tuple(kind.__tablename__ for kind in APPENDED_TO)
AHEAD = timedelta(minutes=5)
LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    """What was checked, and one line for each thing that is wrong with it."""

    check: str
    wrong: Sequence[str] = ()

    @property
    def sound(self) -> bool:
        return not self.wrong


def examine(engine: Engine, now: datetime) -> list[Finding]:
    """Every check on a database at head; of one that is not, only that it is not."""
    if not schema.at_head(engine):
        return [Finding("migrations", ["not at head: run `python -m relais migrate`"])]
    return [Finding("migrations"), *(_checked(engine, now, name) for name in CHECKS)]


def _checked(engine: Engine, now: datetime, name: str) -> Finding:
    """One check on its own: a database so broken that it fails spoils no other."""
    try:
        with reading(engine) as session:
            return Finding(name, list(CHECKS[name](session, now)))
    except DBAPIError as broken:
        return Finding(name, [f"cannot be checked: {str(broken.orig).splitlines()[0]}"])


def settings_of_the_database(session: Session, _now: datetime) -> Iterator[str]:
    if _on_sqlite(session):
        for name, wanted in PRAGMAS.items():
            found = session.connection().execute(text(f"PRAGMA {name}")).scalar_one()
            if found != wanted:
                yield f"{name} is {found}, should be {wanted}"
    elif (found := session.connection().execute(text("SHOW synchronous_commit")).scalar_one()) == "off":
        yield f"synchronous_commit is {found}: a crash may lose what was acknowledged"


def integrity(session: Session, _now: datetime) -> Iterator[str]:
    if _on_sqlite(session):
        found = session.connection().execute(text("PRAGMA integrity_check(20)")).scalars().all()
        yield from (str(line) for line in found if line != "ok")
    else:
        loose = session.connection().execute(text("SELECT conrelid::regclass || ' ' || conname FROM pg_constraint WHERE NOT convalidated"))
        yield from (f"constraint not validated: {name}" for name in loose.scalars())


def foreign_keys(session: Session, _now: datetime) -> Iterator[str]:
    """PostgreSQL never lets a foreign key go astray; SQLite does to whoever writes without asking for them."""
    if _on_sqlite(session):
        for table, row, parent, _ in session.connection().execute(text("PRAGMA foreign_key_check")):
            yield f"row {row} of {table} points at nothing in {parent}"


def append_only(session: Session, _now: datetime) -> Iterator[str]:
    """What guards the rows that are never changed is in place."""
    if _on_sqlite(session):
        asked, ends = "SELECT name FROM sqlite_master WHERE type = 'trigger'", ("update", "delete")
    else:
        asked, ends = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal", ("change", "truncate")
    found = set(session.connection().execute(text(asked)).scalars())
    for table in NEVER_CHANGED:
        yield from (f"{table} may be changed: {table}_refuse_{end} is missing" for end in ends if f"{table}_refuse_{end}" not in found)


def stages(session: Session, _now: datetime) -> Iterator[str]:
    """The stage of a proposal is where its moves lead, corrected ones in the place of those they supersede."""
    rows: dict[int, list[Move]] = defaultdict(list)
    for move in session.exec(select(Move).order_by(col(Move.id))).all():
        rows[move.proposal_id].append(move)
    for number, slug, stage in session.exec(select(Proposal.id, Proposal.slug, Proposal.stage).order_by(col(Proposal.id))).all():
        reached: Stage | None = None
        for move in standing(rows[number]):
            if move.from_stage is not reached:
                yield f"{slug}: a move starts from {move.from_stage}, the moves before it lead to {reached}"
            reached = move.to_stage
        if reached is not stage:
            yield f"{slug}: is {stage}, its moves lead to {reached}"


def texts(session: Session, _now: datetime) -> Iterator[str]:
    """A text is its last revision, and no number is missing."""
    numbers = select(Revision.text_id, func.max(Revision.number), func.count()).group_by(col(Revision.text_id))
    counted = {text_id: (last, many) for text_id, last, many in session.exec(numbers).all()}
    columns = [getattr(Text, name) == getattr(Revision, name) for name in FIELDS]
    last = (col(Revision.text_id) == col(Text.id)) & (col(Revision.number) == col(Text.number))
    same = set(session.exec(select(Text.id).join(Revision, last).where(*columns)).all())
    for number, language, slug, at in session.exec(
        select(Text.id, Text.language, Proposal.slug, Text.number).join(Proposal, col(Proposal.id) == col(Text.proposal_id))
    ).all():
        if counted.get(number) != (at, at):
            yield f"{slug} ({language}): is at revision {at}, last and number of revisions are {counted.get(number)}"
        elif number not in same:
            yield f"{slug} ({language}): does not say what its revision {at} says"


def ledger(session: Session, _now: datetime) -> Iterator[str]:
    """Every act has its event."""
    for kind in ACTS:
        told = select(Event.subject_id).where(col(Event.subject) == kind.__tablename__)
        known = {int(number) for number in session.exec(told).all()}
        for number in sorted(set(session.exec(select(kind.id)).all()) - known):
            yield f"row {number} of {kind.__tablename__} was written without an event"


def packets(session: Session, _now: datetime) -> Iterator[str]:
    """A frozen brief is what its digest says, or what cites it cites something else."""
    for packet in session.exec(select(Packet).order_by(col(Packet.id)).execution_options(yield_per=20)):
        if digest(packet.content) != packet.digest:
            yield f"packet {packet.number} of {packet.presidency} is not what was frozen: its digest differs"


def snapshots(session: Session, _now: datetime) -> Iterator[str]:
    """So is a frozen report."""
    query = columns(Snapshot.key, Snapshot.content, Snapshot.digest).order_by(col(Snapshot.id))
    for key, content, kept in session.execute(query, execution_options={"yield_per": 20}):
        if sha256(content).hexdigest() != kept:
            yield f"snapshot {key} is not what was frozen: its digest differs"


def search(session: Session, _now: datetime) -> Iterator[str]:
    """Every record is found by what it says."""
    wrong = list(index.wrong(session))
    yield from wrong
    if wrong:
        yield "run `python -m relais reindex`"


def clock(session: Session, now: datetime) -> Iterator[str]:
    last: datetime | None = session.exec(select(func.max(Event.recorded_at))).one()
    if last is not None and last > now + AHEAD:
        yield f"the last event was recorded at {last:%Y-%m-%d %H:%M} UTC, after now: the clock was set back, or is wrong"


def letters(session: Session, now: datetime) -> Iterator[str]:
    """Nothing the worker does waits for long; calls of webhooks wait for their receivers."""
    late = [
        pile.due for name, pile in backlog.piles(session, now).items() if name != "webhooks" and pile.oldest and pile.oldest < now - LATE
    ]
    if waiting := sum(late):
        yield f"{waiting} due, some since over 15 minutes: is a worker running?"


def _on_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


CHECKS: dict[str, Callable[[Session, datetime], Iterator[str]]] = {
    "database settings": settings_of_the_database,
    "integrity": integrity,
    "foreign keys": foreign_keys,
    "append-only": append_only,
    "stages": stages,
    "texts": texts,
    "ledger": ledger,
    "packets": packets,
    "snapshots": snapshots,
    "search": search,
    "clock": clock,
    "letters": letters,
}

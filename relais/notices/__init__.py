"""What members are told of: acts that concern them, until they have read of them. Never what they did themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlmodel import Session, col

from models import Event, Notice, NoticeChoice, Person, Proposal
from models.notice import NoticeKind, NoticePace
from relais import activity
from relais.access import Reader, visible_events
from relais.activity import Act, Filters
from relais.db import columns, one_at_a_time, take
from relais.errors import Invalid, Missing
from relais.form import Form
from relais.settings import BRUSSELS

KEPT = timedelta(days=90)  # after it was read
PAGE = 40
LOCK = 20_261_128  # any fixed number: on PostgreSQL one member at a time chooses, so that two first choices of one are told apart


@dataclass(frozen=True)
class Told:
    """One notice: the act it tells of, why it is told, and whether it was read."""

    id: int
    kind: NoticeKind
    read: bool
    act: Act


def unread(person: ColumnElement[int], reader: Reader) -> Select[Any]:
    """The question how many this person, who reads with these roles, has not read."""
    mine = col(Notice.person_id) == person, col(Notice.read_at).is_(None)
    return _known(reader, select(func.count()).select_from(Notice)).where(*mine)


def of(session: Session, reader: Reader, language: str, *, before: int = 0) -> tuple[list[Told], int]:
    """A page of a member's notices, the newest first, and before which one the older ones are, 0 where there are none."""
    query = mine(reader, columns(Notice.id, Notice.kind, Notice.read_at, Notice.event_id)).order_by(col(Notice.id).desc())
    rows = session.execute((query.where(col(Notice.id) < before) if before else query).limit(PAGE + 1)).all()
    acts = acts_of(session, reader, language, [row.event_id for row in rows[:PAGE]])
    told = [Told(row.id, row.kind, row.read_at is not None, acts[row.event_id]) for row in rows[:PAGE]]
    return told, rows[PAGE - 1].id if len(rows) > PAGE else 0


def acts_of(session: Session, reader: Reader, language: str, events: Sequence[int]) -> dict[int, Act]:
    """Those of these events the reader may know of, each as an act of its own."""
    if not events:
        return {}
    acts, _ = activity.each(session, reader, language, Filters(only=frozenset(events)), limit=len(events))
    return {act.id: act for act in acts}


def read(session: Session, reader: Reader, notice_id: int, now: datetime) -> int:
    """Mark one as read: gives the event it tells of. Twice is once. Raises Missing for what is not the reader's, or not theirs to see."""
    event: int | None = session.execute(mine(reader, columns(Notice.event_id)).where(col(Notice.id) == notice_id)).scalar()
    if event is None:
        raise Missing
    _mark(session, now, col(Notice.id) == notice_id)
    return event


def read_all(session: Session, person: Person, upto: int, now: datetime) -> None:
    """Mark as read all up to that one: what came after the page was made stays unread."""
    _mark(session, now, col(Notice.person_id) == person.id, col(Notice.id) <= upto)


def purge(session: Session, now: datetime) -> None:
    """Forget what was read 90 days ago."""
    session.connection().execute(delete(Notice).where(col(Notice.read_at) < now - KEPT))


def _mark(session: Session, now: datetime, *which: ColumnElement[bool]) -> None:
    """Who has read of it gets no letter about it."""
    session.connection().execute(update(Notice).where(*which, col(Notice.read_at).is_(None)).values(read_at=now, due_at=None))


def mine(reader: Reader, query: Select[Any]) -> Select[Any]:
    """Narrowed to the reader's own, and to what they may know of."""
    return _known(reader, query).where(col(Notice.person_id) == (reader.person.id if reader.person else 0))


def _known(reader: Reader, query: Select[Any]) -> Select[Any]:
    joined = query.join(Event, col(Event.id) == col(Notice.event_id)).outerjoin(Proposal, col(Proposal.id) == col(Event.proposal_id))
    return joined.where(visible_events(reader))


# --- by letter -------------------------------------------------------------------------------------------------------


def _in_order(kinds: list[NoticeKind]) -> list[NoticeKind]:
    return [kind for kind in NoticeKind if kind in kinds]


class ChoiceForm(Form):
    """Which notices come by letter, none included, when, and from which day on, at once where none.

    `weekday` counts only for weekly letters, from 0 for Monday.
    """

    kinds: Annotated[list[NoticeKind], AfterValidator(_in_order)] = Field(default=[])
    pace: NoticePace
    weekday: Literal["0", "1", "2", "3", "4", "5", "6"] = "0"
    paused_until: date | None = None


def choice(session: Session, person: Person) -> NoticeChoice:
    """What somebody chose; for who never did, all of them as they happen, with version 0."""
    every = [kind.value for kind in NoticeKind]
    return _chosen(session, person) or NoticeChoice(person_id=person.id, kinds=every, pace=NoticePace.AT_ONCE, version=0)


def choose(session: Session, person: Person, form: ChoiceForm, version: int, *, today: date) -> None:
    """From here on; what is not wanted by letter any more is in none, though it was to be.

    Raises Invalid for a day that is over, Stale when it was changed in between.
    """
    if form.paused_until and form.paused_until <= today:
        raise Invalid("Choose a day that is still to come", field="paused_until")
    one_at_a_time(session, LOCK)
    row = _chosen(session, person)
    if row is None:
        row = NoticeChoice(person_id=person.id, pace=form.pace)
        session.add(row)
    else:
        take(session, row, version)
    row.kinds, row.pace, row.weekday = [kind.value for kind in form.kinds], form.pace, int(form.weekday)
    row.paused_until = datetime.combine(form.paused_until, time(), BRUSSELS).astimezone(UTC) if form.paused_until else None
    session.flush()
    wanted = [] if form.pace is NoticePace.NEVER else form.kinds
    unwanted = (col(Notice.person_id) == person.id, col(Notice.kind).not_in(wanted))
    session.connection().execute(update(Notice).where(*unwanted).values(due_at=None))


def _chosen(session: Session, person: Person) -> NoticeChoice | None:
    return session.execute(select(NoticeChoice).where(col(NoticeChoice.person_id) == person.id)).scalar()

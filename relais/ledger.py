"""The ledger: every act is one event row, written in the transaction of the act, read in the order it was written."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, insert
from sqlmodel import Session, SQLModel, col, select, text

from models import Comment, Event, Person, Proposal
from models.event import BUT_COMMENTS, EventKind
from relais import index
from relais.db import columns, one_at_a_time

# Any fixed number: the key of the one lock that makes ledger ids commit in order on PostgreSQL.
LEDGER_LOCK = 20_160_726
# Where PostgreSQL tells every web process, at the commit, that something may have changed. What did is read from the database.
CHANNEL = "relais"

_LINE = insert(Event).returning(col(Event.id))


def record(
    session: Session,
    kind: EventKind,
    subject: Any,
    *,
    at: datetime,
    by: Person | None,
    proposal: Proposal | None = None,
    group_id: int | None = None,
    public: bool = True,
    **details: Any,
) -> int:
    """Write one event about `subject`, a row of the record, which is flushed first so that it has an id, and the words it is found by.
    Gives the event's id.

    An event is public only when its proposal is. On PostgreSQL sequence numbers commit out of order, so one advisory lock is held
    from here to the commit: a reader who has seen event n will never meet an event below n later. SQLite has one writer anyway.
    """
    session.flush()
    alone(session)
    wake(session)
    if kind is EventKind.COMMENT_POSTED and isinstance(subject, Comment):  # the act that is done most often: it asks nothing
        index.begin(session, subject, proposal)
    else:
        index.keep(session, subject, proposal)
    key = getattr(subject, "id", None) or getattr(subject, "slug", None) or ""
    line = {
        "recorded_at": at,
        "kind": kind,
        "actor_id": by.id if by else None,
        "proposal_id": proposal.id if proposal else None,
        "group_id": group_id if group_id is not None else (proposal.group_id if proposal else None),
        "subject": type(subject).__tablename__,
        "subject_id": str(key),
        "public": public and (proposal is None or proposal.public),
        "details": details,
    }
    written: int = session.connection().execute(_LINE, line).scalar_one()
    return written


def alone(session: Session) -> None:
    """From here to the commit nobody else writes an act: what is read next is what the last of them left. SQLite has one writer anyway."""
    one_at_a_time(session, LEDGER_LOCK)


def wake(session: Session) -> None:
    """Once this is committed, every web process looks whether there is news for its open pages. On SQLite they look by themselves."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def last_public(session: Session, *, besides: Sequence[type[SQLModel]]) -> Row[Any] | None:
    """The newest event a visitor may know of, as (id, recorded_at), leaving out those about `besides`; None before the first."""
    others = col(Event.subject).not_in([str(kind.__tablename__) for kind in besides])
    query = columns(Event.id, Event.recorded_at).where(col(Event.public), others).order_by(col(Event.id).desc())
    return session.execute(query.limit(1)).first()


class Latest(NamedTuple):
    """The id of the newest event, public or not, and of the newest that is not about a comment; 0 before the first. Each grows with every
    such act, once it is committed."""

    event: int
    but_comments: int

    @classmethod
    def of(cls, found: Iterable[int | None]) -> "Latest":
        """From what LATEST gave."""
        return cls(*(key or 0 for key in found))


def latest(session: Session) -> Latest:
    return Latest.of(session.connection().execute(_LATEST).one())


def newest(session: Session) -> int:
    """The id of the newest event; 0 before the first."""
    return session.connection().execute(_NEWEST).scalar() or 0


_NEWEST = columns(Event.id).order_by(col(Event.id).desc()).limit(1)
LATEST = _NEWEST.scalar_subquery(), _NEWEST.where(BUT_COMMENTS).scalar_subquery()  # to be asked beside something else
_LATEST = columns(*LATEST)


def since(session: Session, event_id: int, limit: int = 500) -> Sequence[Event]:
    """The events after `event_id`, oldest first. Safe as a cursor: no event with a smaller id can appear later."""
    return session.exec(select(Event).where(col(Event.id) > event_id).order_by(col(Event.id)).limit(limit)).all()

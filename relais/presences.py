"""Who is at work on a text right now. No act, so no event: it is forgotten when it is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, delete
from sqlmodel import Session, col

from models import Membership, Person, Presence, Proposal
from models.group import Role
from relais import ledger
from relais.db import among, columns, insert_over, numbers

LASTS = timedelta(seconds=60)


@dataclass(frozen=True)
class Writer:
    """Somebody at work on the text in `language`, unless they say so again, until `until`."""

    proposal_id: int
    language: str
    person_id: int
    name: str
    role: Role | None
    until: datetime


def say(session: Session, proposal: Proposal, language: str, by: Person, now: datetime) -> None:
    """`by` is at work on that text now, or still. Pages that are open are told of who comes, not of who stays."""
    mine = {"proposal_id": proposal.id, "language": language, "person_id": by.id}
    known = session.get(Presence, mine)
    row = insert_over(session, Presence).values(**mine, seen_at=now)
    session.connection().execute(row.on_conflict_do_update(index_elements=list(mine), set_={"seen_at": now}))
    if known is None or known.seen_at <= now - LASTS:
        ledger.wake(session)


def leave(session: Session, proposal: Proposal, language: str, by: Person) -> None:
    """`by` is done with that text."""
    mine = col(Presence.proposal_id) == proposal.id, col(Presence.language) == language, col(Presence.person_id) == by.id
    if session.connection().execute(delete(Presence).where(*mine)).rowcount:
        ledger.wake(session)


def at_work(session: Session, proposals: Collection[int], now: datetime) -> list[Writer]:
    """Who is at work on texts of these proposals, in a steady order. Only members of their groups may be told."""
    dialect = session.connection().dialect.name
    rows = session.connection().execute(_at_work(dialect), {"proposals": numbers(dialect, proposals), "since": now - LASTS})
    return [Writer(row.proposal_id, row.language, row.person_id, row.name, row.role, row.seen_at + LASTS) for row in rows]


@lru_cache
def _at_work(dialect: str) -> Select[Any]:
    """Asked for every page of a proposal a member sees: put into words once."""
    told = columns(Presence.proposal_id, Presence.language, Presence.person_id, Presence.seen_at, Person.name, Membership.role)
    return (
        told.join(Person, col(Person.id) == col(Presence.person_id))
        .join(Proposal, col(Proposal.id) == col(Presence.proposal_id))
        .outerjoin(Membership, (col(Membership.person_id) == col(Person.id)) & (col(Membership.group_id) == col(Proposal.group_id)))
        .where(among(dialect, col(Presence.proposal_id), "proposals"), col(Presence.seen_at) > bindparam("since"))
        .order_by(col(Presence.proposal_id), col(Presence.language), col(Presence.person_id))
    )


def purge(session: Session, now: datetime) -> None:
    """Forget those who left long since."""
    session.connection().execute(delete(Presence).where(col(Presence.seen_at) <= now - LASTS))

"""Positions and entries taken back: they were never so. Unlike a correction nothing takes their place; the ledger tells what was said."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Actor, Entry, EntryProposal, Person, Position, Proposal, Withdrawal
from models.event import EventKind
from relais import ledger


def of_position(session: Session, position: Position, *, by: Person, now: datetime) -> None:
    """Take a position back. One that was taken back is no change."""
    if not _first(session, Withdrawal(position_id=position.id, withdrawn_at=now, withdrawer_id=by.id)):
        return
    proposal, actor = session.get_one(Proposal, position.proposal_id), session.get_one(Actor, position.actor_id)
    told: dict[str, Any] = {"actor": actor.slug, "stance": position.stance.value, "on": str(position.when())}
    ledger.record(session, EventKind.POSITION_WITHDRAWN, position, at=now, by=by, proposal=proposal, public=position.public, **told)


def of_entry(session: Session, entry: Entry, *, by: Person, now: datetime) -> None:
    """Take an entry back, from every proposal it concerns. One that was taken back is no change."""
    if not _first(session, Withdrawal(entry_id=entry.id, withdrawn_at=now, withdrawer_id=by.id)):
        return
    about = select(Proposal).join(EntryProposal, col(EntryProposal.proposal_id) == col(Proposal.id))
    concerned = session.exec(about.where(col(EntryProposal.entry_id) == entry.id).order_by(col(Proposal.id))).all()
    told: dict[str, Any] = {"key": entry.key, "type": entry.kind.value, "on": str(entry.when())}
    for one in concerned or (None,):
        group_id = None if one else entry.group_id
        ledger.record(
            session, EventKind.ENTRY_WITHDRAWN, entry, at=now, by=by, proposal=one, group_id=group_id, public=entry.public, **told
        )


def _first(session: Session, withdrawal: Withdrawal) -> bool:
    """Write it, unless it is there: of two who take the same back at once the second waits here."""
    ledger.alone(session)
    mine = (
        col(Withdrawal.position_id) == withdrawal.position_id if withdrawal.position_id else col(Withdrawal.entry_id) == withdrawal.entry_id
    )
    if session.exec(select(Withdrawal.id).where(mine)).first() is not None:
        return False
    session.add(withdrawal)
    session.flush()
    return True

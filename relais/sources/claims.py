"""Claims: the moves, positions and entries that sources stand behind, found for one reader."""

from typing import Any, TypeVar

from sqlmodel import Session, col, select

from models import Entry, EntryProposal, Move, Position, Proposal
from models.claim import Claim
from relais.access import Reader, visible_entries, visible_positions, visible_proposals
from relais.errors import Missing

Row = TypeVar("Row")


def move(session: Session, move_id: int, reader: Reader) -> tuple[Move, Proposal]:
    """A move and its proposal. Like its neighbours it raises Missing for what is not there for this reader."""
    of_proposal = select(Move, Proposal).join(Proposal, col(Proposal.id) == col(Move.proposal_id))
    return _there(session.exec(of_proposal.where(col(Move.id) == move_id, visible_proposals(reader))).first())


def position(session: Session, position_id: int, reader: Reader) -> tuple[Position, Proposal]:
    of_proposal = select(Position, Proposal).join(Proposal, col(Proposal.id) == col(Position.proposal_id))
    seen = visible_positions(reader) & visible_proposals(reader)
    return _there(session.exec(of_proposal.where(col(Position.id) == position_id, seen)).first())


def entry(session: Session, key: str, reader: Reader) -> tuple[Entry, list[Proposal]]:
    """An entry and the proposals it concerns that the reader may see, at least one."""
    rows = session.exec(
        select(Entry, Proposal)
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .where(col(Entry.key) == key, visible_entries(reader), visible_proposals(reader))
        .order_by(col(Proposal.rank), col(Proposal.id))
    ).all()
    return _there(rows[0] if rows else None)[0], [proposal for _, proposal in rows]


def standing(session: Session, claim: Claim) -> Any:
    """The claim itself, or the last correction that took its place."""
    kind: Any = type(claim)
    while (newer := session.exec(select(kind).where(col(kind.supersedes_id) == claim.id)).first()) is not None:
        claim = newer
    return claim


def _there(row: Row | None) -> Row:
    if row is None:
        raise Missing
    return row

"""What stands behind moves, positions and entries, as relais/export/rows.py reads them: citations, and what was held of contested claims.

Led by the id of what the claim belongs to, in its order: the proposal, or the entry itself.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from models import Citation, Entry, Move, Position, Proposal, Settlement, Source, SourceCheck
from relais.access import Reader, visible_entries, visible_positions, visible_proposals
from relais.export.read import columns

Where = ColumnElement[bool]


def move_citations(chosen: Where, reader: Reader) -> Select[Any]:
    return _citations(col(Citation.move_id), Move, chosen, reader)


def position_citations(chosen: Where, reader: Reader) -> Select[Any]:
    return _citations(col(Citation.position_id), Position, chosen, reader).where(visible_positions(reader))


def move_settlements(chosen: Where, reader: Reader) -> Select[Any]:
    return _settlements(col(Settlement.move_id), Move, chosen, reader)


def position_settlements(chosen: Where, reader: Reader) -> Select[Any]:
    return _settlements(col(Settlement.position_id), Position, chosen, reader).where(visible_positions(reader))


def entry_citations(chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(col(Citation.entry_id), col(Citation.entry_id).label("claim_id"), *_citation_columns())
        .join(Entry, col(Entry.id) == col(Citation.entry_id))
        .join(Source, col(Source.id) == col(Citation.source_id))
        .where(chosen, visible_entries(reader))
        .order_by(col(Citation.entry_id), col(Citation.id))
    )


def entry_settlements(chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(col(Settlement.entry_id), col(Settlement.entry_id).label("claim_id"), *_settlement_columns())
        .join(Entry, col(Entry.id) == col(Settlement.entry_id))
        .where(chosen, visible_entries(reader))
        .order_by(col(Settlement.entry_id), col(Settlement.id))
    )


def source_checks(chosen: Where) -> Select[Any]:
    """Led by the source's id; `chosen` is a condition on Source."""
    made = select(*columns(SourceCheck, "source_id checked_on reachable note")).join(Source, col(Source.id) == col(SourceCheck.source_id))
    return made.where(chosen).order_by(col(SourceCheck.source_id), col(SourceCheck.id))


def _citations(claim_id: Any, claim: Any, chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(claim.proposal_id, claim_id.label("claim_id"), *_citation_columns())
        .join(claim, claim.id == claim_id)
        .join(Proposal, col(Proposal.id) == claim.proposal_id)
        .join(Source, col(Source.id) == col(Citation.source_id))
        .where(chosen, visible_proposals(reader))
        .order_by(claim.proposal_id, claim.id, col(Citation.id))
    )


def _settlements(claim_id: Any, claim: Any, chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(claim.proposal_id, claim_id.label("claim_id"), *_settlement_columns())
        .join(claim, claim.id == claim_id)
        .join(Proposal, col(Proposal.id) == claim.proposal_id)
        .where(chosen, visible_proposals(reader))
        .order_by(claim.proposal_id, claim.id, col(Settlement.id))
    )


def _settlement_columns() -> list[Any]:
    return columns(Settlement, "settled reason_fr reason_en recorded_at")


def _citation_columns() -> list[Any]:
    return [*columns(Citation, "id supports locator summary_fr summary_en quote quote_language"), col(Source.slug)]

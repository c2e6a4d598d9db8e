"""Changes of the texts of one proposal that were put to its editors, in the order they were made.

`after` is the number of the last one seen.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Person, Proposal, Revision, Suggestion, Text
from relais.access import Reader, visible_inside
from relais.export.parts import Part
from relais.export.read import columns, read
from relais.export.rows import Where

FACTS = "id title summary body note made_at state reason decided_at version"


def listed(session: Session, reader: Reader, proposal: Proposal, *chosen: Where, after: int = 0, limit: int) -> list[Part]:
    """As far as they are for the reader: for the proposal's group alone."""
    author, decider = aliased(Person), aliased(Person)
    query = (
        select(
            *columns(Suggestion, FACTS), col(Suggestion.base_number).label("base"), col(Text.language), col(author.name).label("author"),
            col(decider.name).label("decider"), col(Revision.number).label("became"),
        )
        .join(Text, col(Text.id) == col(Suggestion.text_id))
        .join(Proposal, col(Proposal.id) == col(Text.proposal_id))
        .join(author, col(author.id) == col(Suggestion.author_id))
        .outerjoin(decider, col(decider.id) == col(Suggestion.decider_id))
        .outerjoin(Revision, col(Revision.id) == col(Suggestion.revision_id))
        .where(col(Proposal.id) == proposal.id, visible_inside(reader), col(Suggestion.id) > after, *chosen)
        .order_by(col(Suggestion.id))
    )  # fmt: skip
    return [_suggestion(row) for row in read(session, query.limit(limit))]


def _suggestion(row: Any) -> Part:
    kept = {name: getattr(row, name) for name in FACTS.split()}
    return kept | {
        "language": row.language,
        "base": row.base,
        "author": row.author or "",
        "decider": row.decider or "",
        "became": row.became,
    }

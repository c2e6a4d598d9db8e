"""Every saved version of the texts of one proposal, in the order they were saved.

`after` is the number of the last one seen, among those of all texts.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Person, Proposal, Revision, Text
from relais.access import Reader
from relais.errors import Missing
from relais.export.parts import Part
from relais.export.read import columns, read
from relais.export.rows import Where

WORDS = "number title summary body note minor continues restores saved_at"


def listed(
    session: Session, reader: Reader, proposal: Proposal, language: str | None = None, *, after: int = 0, limit: int
) -> list[tuple[int, Part]]:
    """Each with its number among those of all texts; of one language where it is named."""
    chosen = [col(Revision.id) > after] + ([col(Text.language) == language] if language else [])
    return _told(session, reader, proposal, chosen, limit)


def one(session: Session, reader: Reader, proposal: Proposal, language: str, number: int) -> Part:
    """Raises Missing where there is none of that number."""
    found = _told(session, reader, proposal, [col(Text.language) == language, col(Revision.number) == number], 1)
    if not found:
        raise Missing
    return found[0][1]


def _told(session: Session, reader: Reader, proposal: Proposal, chosen: list[Where], limit: int) -> list[tuple[int, Part]]:
    author, suggester, made_from = aliased(Person), aliased(Person), aliased(Revision)
    query = (
        select(
            *columns(Revision, f"id {WORDS}"), col(Text.language), col(author.name).label("author"),
            col(suggester.name).label("suggester"), col(made_from.number).label("translates"),
        )
        .join(Text, col(Text.id) == col(Revision.text_id))
        .outerjoin(author, col(author.id) == col(Revision.author_id))
        .outerjoin(suggester, col(suggester.id) == col(Revision.suggester_id))
        .outerjoin(made_from, col(made_from.id) == col(Revision.translates_id))
        .where(col(Text.proposal_id) == proposal.id, *chosen)
        .order_by(col(Revision.id))
    )  # fmt: skip
    return [(row.id, _revision(row, proposal, reader)) for row in read(session, query.limit(limit))]


def _revision(row: Any, proposal: Proposal, reader: Reader) -> Part:
    """Who wrote it is for members to know."""
    return {
        "language": row.language,
        **{name: getattr(row, name) for name in WORDS.split()},
        "translates": {"language": proposal.original_language, "number": row.translates} if row.translates else None,
        "author": "" if reader.visitor else row.author or "",
        "suggester": "" if reader.visitor else row.suggester or "",
    }

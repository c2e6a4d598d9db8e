"""Titles of proposals in the reader's language, or else in the one they were written in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from models import Proposal, Text
from relais.access import Reader, visible_proposals
from relais.i18n import LANGUAGES


@dataclass(frozen=True)
class Title:
    slug: str
    words: str
    language: str


def of(session: Session, reader: Reader, language: str, ids: Iterable[int]) -> dict[int, Title]:
    """By id, those the reader may see; one query whatever their number."""
    rows = session.execute(
        select(col(Proposal.id), col(Proposal.slug), col(Proposal.original_language), col(Text.title), col(Text.language))
        .join(Text, col(Text.proposal_id) == col(Proposal.id))
        .where(col(Proposal.id).in_(set(ids)), visible_proposals(reader))
        .where(col(Text.language).in_(LANGUAGES) | (col(Text.language) == col(Proposal.original_language)))
        .order_by(col(Proposal.rank), col(Proposal.id))
    )
    found: dict[int, Title] = {}
    for key, slug, original, words, tongue in rows:
        if key not in found or tongue == language or (tongue == original and found[key].language != language):
            found[key] = Title(slug, words, tongue)
    return found

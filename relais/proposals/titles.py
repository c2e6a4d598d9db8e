"""Titles of proposals in the reader's language, or else in the one they were written in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from models import Proposal, Text
from relais.access import Reader, anybody, visible_proposals
from relais.db import among, columns, of_many
from relais.i18n import LANGUAGES


@dataclass(frozen=True)
class Title:
    slug: str
    words: str
    language: str


def of(session: Session, reader: Reader, language: str, ids: Iterable[int]) -> dict[int, Title]:
    """By id, those the reader may see; one query whatever their number."""
    found: dict[int, Title] = {}
    for key, slug, original, words, tongue in of_many(session, _titles, set(ids), reader.sight):
        if key not in found or tongue == language or (tongue == original and found[key].language != language):
            found[key] = Title(slug, words, tongue)
    return found


@lru_cache(maxsize=1024)
def _titles(dialect: str, sight: frozenset[int]) -> Select[Any]:
    """Put together once, which takes longer than asking it."""
    titles = columns(Proposal.id, Proposal.slug, Proposal.original_language, Text.title, Text.language)
    readable = col(Text.language).in_(LANGUAGES) | (col(Text.language) == col(Proposal.original_language))
    seen = titles.join(Text, col(Text.proposal_id) == col(Proposal.id)).where(among(dialect, col(Proposal.id), "ids"))
    return seen.where(visible_proposals(anybody(sight)), readable).order_by(col(Proposal.rank), col(Proposal.id))

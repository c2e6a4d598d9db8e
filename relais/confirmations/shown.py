"""A recorded position as those who are asked about it, and those who decide, are shown it: with its text and its sources."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from models import Position, Proposal, Revision, Text
from relais import positions
from relais.access import Reader
from relais.db import columns
from relais.positions import backers
from relais.positions.backers import Held
from relais.sources.citations import Citations, Numbered


@dataclass(frozen=True)
class Recorded:
    """A position, and the revision of the text it was given on (`language`, `number`), where there was one."""

    held: Held
    revision: Any


@dataclass(frozen=True)
class Shown:
    """Positions by id, and the sources they rest on, numbered for all of them together."""

    by_id: dict[int, Recorded]
    sources: tuple[Numbered, ...]


def recorded(session: Session, proposal: Proposal, ids: Collection[int], reader: Reader, language: str) -> Shown:
    """Those of these positions on the proposal that the reader may see."""
    found = backers.rows(session, proposal, reader, None)
    rows = [row for row in found if row.id in ids]
    citations = Citations(session, language, positions=(row.id for row in rows))
    older, replaced = positions.on_older_text(session, rows), backers.corrected(found)
    given = _revisions(session, [row.id for row in rows])
    by_id = {row.id: Recorded(backers.one(row, older, replaced, citations, language).now, given.get(row.id)) for row in rows}
    return Shown(by_id, tuple(citations.sources))


def _revisions(session: Session, ids: Collection[int]) -> dict[int, Any]:
    query = (
        columns(Position.id, Revision.number, Text.language)
        .join(Revision, col(Revision.id) == col(Position.revision_id))
        .join(Text, col(Text.id) == col(Revision.text_id))
    )
    return {row.id: row for row in session.execute(query.where(col(Position.id).in_(ids)))}

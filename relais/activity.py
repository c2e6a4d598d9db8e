"""What happened in the record lately, told from the ledger to those who may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col, or_

from models import Event, Person, Proposal, Text
from models.event import EventKind
from relais.access import Reader, visible_proposals
from relais.db import columns

# Acts worth a line to a reader; the rest of the ledger serves audits and mail.
TOLD = (
    EventKind.PROPOSAL_ADDED, EventKind.PROPOSAL_CHANGED, EventKind.TEXT_SAVED, EventKind.STAGE_MOVED, EventKind.MOVE_CORRECTED,
    EventKind.POSITION_RECORDED, EventKind.POSITION_CORRECTED, EventKind.ENTRY_ADDED, EventKind.ENTRY_CORRECTED,
    EventKind.LEAD_CONFIRMED, EventKind.LEAD_REJECTED, EventKind.COMMENT_POSTED,
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One line: what was done (kind), to which proposal, when, by whom if a member may know."""

    kind: EventKind
    at: datetime
    slug: str
    title: str
    language: str
    details: dict[str, Any]
    by: str


def latest(session: Session, reader: Reader, language: str, *, limit: int, group_id: int | None = None) -> list[Change]:
    """The newest acts first; one line for a run of one kind on one proposal or at one moment, so that an import does not drown the rest."""
    rows = _rows(session, reader, limit * 40, group_id)
    changes: list[Change] = []
    for row in rows:
        before = changes[-1] if changes else None
        if before and before.kind is row.kind and (before.slug == row.slug or before.at == row.recorded_at):
            continue
        changes.append(Change(row.kind, row.recorded_at, row.slug, "", language, row.details, row.name if not reader.visitor else ""))
        if len(changes) == limit:
            break
    titles = _titles(session, {change.slug for change in changes}, language)
    return [Change(**{**vars(change), **dict(zip(("title", "language"), titles[change.slug], strict=True))}) for change in changes]


def _rows(session: Session, reader: Reader, limit: int, group_id: int | None) -> Sequence[Row[Any]]:
    mine = or_(col(Event.public), col(Event.group_id).in_(list(reader.roles)))
    query = (
        columns(Event.kind, Event.recorded_at, Event.details, Proposal.slug, Person.name)
        .join(Proposal, col(Proposal.id) == col(Event.proposal_id))
        .outerjoin(Person, col(Person.id) == col(Event.actor_id))
        .where(mine, visible_proposals(reader), col(Event.kind).in_(TOLD))
    )
    if group_id is not None:
        query = query.where(col(Event.group_id) == group_id)
    return session.execute(query.order_by(col(Event.id).desc()).limit(limit)).all()


def _titles(session: Session, slugs: set[str], language: str) -> dict[str, tuple[str, str]]:
    rows = session.execute(
        columns(Proposal.slug, Proposal.original_language, Text.title, Text.language)
        .join(Text, col(Text.proposal_id) == col(Proposal.id))
        .where(col(Proposal.slug).in_(slugs), col(Text.language).in_({language, "fr", "en"}))
    )
    titles: dict[str, tuple[str, str]] = {}
    for slug, original, title, tongue in rows:
        if slug not in titles or tongue == language or (tongue == original and titles[slug][1] != language):
            titles[slug] = (title, tongue)
    return {slug: titles.get(slug, (slug, language)) for slug in slugs}

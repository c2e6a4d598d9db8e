"""Windows: what is due on a day to come, and from when on work on it must begin. A planned entry with a lead time is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col, select

from models import Entry, EntryProposal, Proposal
from models.entry import EntryKind, EntryState
from models.partial_date import PartialDate
from relais.access import Reader, visible_entries, visible_proposals
from relais.db import columns
from relais.positions import when


@dataclass(frozen=True)
class Window:
    """`opens_on` is its first day less the lead time; `concerns` the proposals the reader may see, none for the half-year itself."""

    id: int
    key: str
    kind: EntryKind
    when: PartialDate
    opens_on: date
    notice_days: int
    title_fr: str
    title_en: str
    concerns: frozenset[int]

    def open_on(self, day: date) -> bool:
        return self.opens_on <= day


def ahead(
    session: Session, reader: Reader, day: date, *, until: date | None = None, proposal: Proposal | None = None
) -> tuple[Window, ...]:
    """What is due from a day on, by the day work on it must begin; until another day; for one proposal, with what concerns none.

    A letter waits for its answer that long, which is no window.
    """
    later = select(Entry.supersedes_id).where(col(Entry.supersedes_id).is_not(None))
    query = columns(
        Entry.id, Entry.key, Entry.kind, Entry.notice_days, Entry.title_fr, Entry.title_en, Entry.effective_on, Entry.effective_until,
        Entry.precision,
    ).where(
        visible_entries(reader), col(Entry.id).not_in(later), col(Entry.notice_days).is_not(None), col(Entry.effective_on).is_not(None),
        col(Entry.state) == EntryState.PLANNED, col(Entry.kind) != EntryKind.LETTER,
    )  # fmt: skip
    rows = [row for row in session.execute(query.order_by(col(Entry.id))) if (when(row).last() or date.min) >= day]
    links = _links(session, reader, [row.id for row in rows])
    found = [_window(row, links.get(row.id, {})) for row in rows if _told(links.get(row.id), proposal)]
    return tuple(sorted((one for one in found if until is None or one.opens_on <= until), key=lambda one: (one.opens_on, one.id)))


def _window(row: Row[Any], links: dict[int, bool]) -> Window:
    opens = row.effective_on - timedelta(days=row.notice_days)
    seen = frozenset(key for key, visible in links.items() if visible)
    return Window(row.id, row.key, row.kind, when(row), opens, row.notice_days, row.title_fr, row.title_en, seen)


def _told(links: dict[int, bool] | None, proposal: Proposal | None) -> bool:
    """What concerns no proposal is for all of them; what concerns some, for those that may be seen."""
    if links is None:
        return True
    return links.get(proposal.id, False) if proposal else any(links.values())


def _links(session: Session, reader: Reader, ids: Sequence[int]) -> dict[int, dict[int, bool]]:
    """By entry the proposals it concerns, surely or perhaps, and whether the reader may see each."""
    if not ids:
        return {}
    query = (
        columns(EntryProposal.entry_id, EntryProposal.proposal_id, visible_proposals(reader).label("seen"))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .where(col(EntryProposal.entry_id).in_(ids), col(EntryProposal.rejected).is_(False))
    )
    found: dict[int, dict[int, bool]] = {}
    for row in session.execute(query):
        found.setdefault(row.entry_id, {})[row.proposal_id] = bool(row.seen)
    return found

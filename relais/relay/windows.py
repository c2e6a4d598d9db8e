"""Windows: what is due on a day to come, and from when on work on it must begin. A planned entry with a lead time is one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select
from sqlmodel import Session, col

from models import Entry, EntryProposal, Proposal
from models.entry import EntryKind, EntryState
from models.partial_date import PartialDate
from relais.access import Reader, visible_entries, visible_proposals
from relais.db import columns, uncorrected
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
    found: dict[int, tuple[Row[Any], dict[int, bool]]] = {}
    for row in session.execute(_due(reader)):
        if (when(row).last() or date.min) >= day:
            _, links = found.setdefault(row.id, (row, {}))
            links |= {row.proposal_id: bool(row.seen)} if row.proposal_id else {}
    told = (_window(row, links) for row, links in found.values() if _told(links, proposal))
    return tuple(sorted((one for one in told if until is None or one.opens_on <= until), key=lambda one: (one.opens_on, one.id)))


def _due(reader: Reader) -> Select[Any]:
    """What has a lead time, once for each proposal it concerns, surely or perhaps, and whether the reader may see that one."""
    concerns = (col(EntryProposal.entry_id) == col(Entry.id)) & col(EntryProposal.rejected).is_(False)
    query = columns(
        Entry.id, Entry.key, Entry.kind, Entry.notice_days, Entry.title_fr, Entry.title_en, Entry.effective_on, Entry.effective_until,
        Entry.precision, EntryProposal.proposal_id, visible_proposals(reader).label("seen"),
    ).outerjoin(EntryProposal, concerns).outerjoin(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))  # fmt: skip
    return query.where(
        visible_entries(reader), uncorrected(Entry), col(Entry.notice_days).is_not(None), col(Entry.effective_on).is_not(None),
        col(Entry.state) == EntryState.PLANNED, col(Entry.kind) != EntryKind.LETTER,
    ).order_by(col(Entry.id))  # fmt: skip


def _window(row: Row[Any], links: dict[int, bool]) -> Window:
    opens = row.effective_on - timedelta(days=row.notice_days)
    seen = frozenset(key for key, visible in links.items() if visible)
    return Window(row.id, row.key, row.kind, when(row), opens, row.notice_days, row.title_fr, row.title_en, seen)


def _told(links: dict[int, bool], proposal: Proposal | None) -> bool:
    """What concerns no proposal is for all of them; what concerns some, for those that may be seen."""
    if not links:
        return True
    return links.get(proposal.id, False) if proposal else any(links.values())

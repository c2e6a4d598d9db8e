"""What the hand-over brief reads: moves and entries between two days, as columns, and what the reader may not see left out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlmodel import Session, col

from models import Entry, EntryProposal, Move, Proposal
from models.entry import EntryKind, EntryState, Family
from models.partial_date import PartialDate
from relais.access import Reader, visible_entries, visible_proposals
from relais.db import columns, uncorrected
from relais.positions import when
from relais.presidencies import Term


@dataclass(frozen=True)
class Happened:
    """An entry with the proposals it surely concerns and those it perhaps does, as far as the reader may see them."""

    id: int
    key: str
    kind: EntryKind
    state: EntryState
    when: PartialDate
    title_fr: str
    title_en: str
    note_fr: str
    note_en: str
    concerns: frozenset[int]
    leads: frozenset[int]
    about_proposals: bool
    actor_id: int | None
    public: bool
    institutional: bool
    answers: dict[int, Any]

    @property
    def held(self) -> bool:
        """Whether it surely carried some proposal on."""
        return self.state is EntryState.DONE and bool(self.concerns)

    @property
    def hands_over(self) -> bool:
        """Whether it tells that the presidency changes hands."""
        return self.kind is EntryKind.HANDOVER and not self.about_proposals

    def falls_in(self, term: Term) -> bool:
        return self.when.falls_between(term.starts_on, term.ends_on)


def moves(session: Session, reader: Reader, term: Term, as_of: date | None) -> list[Row[Any]]:
    """The changes of stage that took effect in one presidency, and surely by `as_of` when given."""
    query = (
        columns(
            Move.id, Move.proposal_id, Move.to_stage, Move.reason_fr, Move.reason_en,
            Move.effective_on, Move.effective_until, Move.precision,
        )
        .join(Proposal, col(Proposal.id) == col(Move.proposal_id))
        .where(visible_proposals(reader), uncorrected(Move), col(Move.effective_on).between(term.starts_on, term.ends_on))
        .order_by(col(Move.id))
    )  # fmt: skip
    found = ((row, when(row)) for row in session.execute(query))
    return [row for row, on in found if on.falls_between(term.starts_on, term.ends_on) and (as_of is None or on.certain_by(as_of))]


def entries(session: Session, reader: Reader, first: date, last: date, as_of: date | None) -> list[Happened]:
    """The entries dated between two days."""
    return happened(session, reader, as_of, col(Entry.effective_on).between(first, last))


def happened(session: Session, reader: Reader, as_of: date | None, *chosen: ColumnElement[bool]) -> list[Happened]:
    """The entries chosen, in the order of their dates. One that only concerns what the reader may not see is left out."""
    rows = _rows(session, reader, *chosen)
    links = _links(session, reader, [row.id for row in rows])
    found = [_happened(row, links.get(row.id, [])) for row in rows if row.id not in links or any(_open(link) for link in links[row.id])]
    told = [one for one in found if as_of is None or one.when.certain_by(as_of)]
    return sorted(told, key=lambda one: (one.when.order(), one.id))


def _rows(session: Session, reader: Reader, *chosen: ColumnElement[bool]) -> list[Row[Any]]:
    query = (
        columns(
            Entry.id, Entry.key, Entry.actor_id, Entry.public, Entry.family, Entry.kind, Entry.state,
            Entry.title_fr, Entry.title_en, Entry.note_fr, Entry.note_en,
            Entry.effective_on, Entry.effective_until, Entry.precision,
        )
        .where(visible_entries(reader), uncorrected(Entry), *chosen)
    )  # fmt: skip
    return list(session.execute(query))


def _links(session: Session, reader: Reader, ids: list[int]) -> dict[int, list[Row[Any]]]:
    query = (
        columns(
            EntryProposal.entry_id, EntryProposal.proposal_id, EntryProposal.lead, EntryProposal.rejected,
            EntryProposal.extent, EntryProposal.extent_fr, EntryProposal.extent_en,
            visible_proposals(reader).label("seen"),
        )
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .where(col(EntryProposal.entry_id).in_(ids))
    )  # fmt: skip
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(query):
        found[row.entry_id].append(row)
    return found


def _open(link: Row[Any]) -> bool:
    return bool(link.seen) and not link.rejected


def _happened(row: Row[Any], links: list[Row[Any]]) -> Happened:
    told = [link for link in links if _open(link)]
    sure, leads = (frozenset(link.proposal_id for link in told if bool(link.lead) is lead) for lead in (False, True))
    words = {name: getattr(row, name) for name in ("title_fr", "title_en", "note_fr", "note_en")}
    facts: dict[str, Any] = {"actor_id": row.actor_id, "public": row.public, "institutional": row.family is Family.INSTITUTIONAL}
    facts |= words | {"concerns": sure, "leads": leads, "about_proposals": bool(links)}
    facts["answers"] = {link.proposal_id: link for link in told if link.extent and row.state is EntryState.DONE}
    return Happened(row.id, row.key, row.kind, row.state, when(row), **facts)

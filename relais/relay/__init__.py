"""The relay picture: proposals by presidencies, on any day. The one place it is put together, for screen, phone and print."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, exists
from sqlmodel import Session, col, select

from models import Citation, Entry, EntryProposal, Group, Move, Position, Proposal, ProposalTheme, Source, Text
from models.partial_date import PartialDate
from models.proposal import Stage
from relais.access import Reader, visible_entries_beside, visible_positions, visible_proposals
from relais.db import columns
from relais.i18n import said
from relais.presidencies import Calendar, Term
from relais.relay import lines, risk
from relais.relay.lines import CellKind, Happening, Line
from relais.sources import BY_DAY

WIDTH, AHEAD = 12, 2


@dataclass(frozen=True)
class Filters:
    """What narrows the picture; empty means all. Slugs and values as in addresses."""

    group: str = ""
    theme: str = ""
    origin: str = ""
    stage: str = ""
    level: str = ""


@dataclass
class Bundle:
    """The proposals of one origin, and what each presiding state says of them."""

    slug: str
    title: str
    language: str
    lines: list[Line] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    stands: dict[str, risk.Stand | None] = field(default_factory=dict)


@dataclass
class Picture:
    calendar: Calendar
    day: date
    terms: tuple[Term, ...]
    current: Term | None
    next: Term | None
    bundles: list[Bundle]
    earlier: Term | None
    later: Term | None

    @property
    def lines(self) -> list[Line]:
        return [line for bundle in self.bundles for line in bundle.lines]

    @property
    def moved_now(self) -> int:
        return sum(1 for line in self.lines for cell in line.cells if cell.current and cell.kind in (CellKind.MOVED, CellKind.HELD))

    def missing_position(self, term: Term | None) -> int:
        """On how many proposals the state of `term` has no recorded position."""
        stands = [bundle.stands.get(term.slug) if term else None for bundle in self.bundles]
        return len(self.lines) - sum(stand.recorded for stand in stands if stand)


def picture(
    session: Session,
    calendar: Calendar,
    reader: Reader,
    language: str,
    *,
    day: date,
    as_of: bool = False,
    filters: Filters | None = None,
    start: str = "",
    width: int = WIDTH,
) -> Picture:
    """The picture on `day`; with `as_of` only what was surely so by then. `start` names the first presidency shown."""
    filters = filters or Filters()
    # The stage of another day is where the moves had led by then: it is asked of the line, not of the proposal.
    rows = _proposals(session, reader, language, replace(filters, stage="") if as_of else filters)
    happenings = _happenings(session, reader, language, {row.id for row in rows}, day if as_of else None)
    bundles: dict[Any, Bundle] = {}
    for row in rows:
        if as_of and not any(one.stage for one in happenings[row.id]):
            continue  # not yet a proposal on that day
        line = _line(calendar, row, happenings[row.id], day, as_of)
        if filters.stage and line.stage != filters.stage:
            continue
        bundle = bundles.setdefault(row.origin, Bundle(row.origin or "", row.origin_title or "", row.origin_language or language))
        bundle.lines.append(line)
        bundle.ids.append(row.id)
    positions = _presiding_positions(session, reader, calendar)
    for bundle in bundles.values():
        bundle.stands = risk.stands(calendar, bundle.ids, positions, day)
    terms = _window(calendar, day, start, width)
    shown = {term.slug for term in terms}
    for line in (line for bundle in bundles.values() for line in bundle.lines):
        line.cells = [cell for cell in line.cells if cell.term.slug in shown]
    current = calendar.at(day)
    first, last = (terms[0], terms[-1]) if terms else (None, None)
    return Picture(
        calendar, day, terms, current, calendar.after(current), list(bundles.values()), _back(calendar, first, width), calendar.after(last)
    )


def _line(calendar: Calendar, row: Row[Any], happenings: list[Happening], day: date, as_of: bool) -> Line:
    cells = lines.cells(calendar, happenings, day)
    lively = [cell for cell in cells if cell.kind in (CellKind.MOVED, CellKind.HELD, CellKind.DROPPED, CellKind.MERGED)]
    stages = [one.stage for one in sorted(happenings, key=lambda one: one.when.order()) if one.stage]
    moved = [cell for cell in cells if cell.kind in (CellKind.MOVED, CellKind.DROPPED, CellKind.MERGED)]
    return Line(
        slug=row.slug,
        title=row.title,
        title_language=row.language,
        stage=(stages[-1] or row.stage) if as_of and stages else row.stage,
        cells=cells,
        since=lively[-1].term if lively else None,
        last_kind=lively[-1].kind if lively else CellKind.NOTHING,
        leads=sum(1 for one in happenings if one.kind is CellKind.LEAD),
        undated=sum(1 for one in happenings if one.when.on is None),
        stalled=lines.stalled(cells, day),
        group_id=row.group_id,
        reached=moved[-1].term if moved else None,
        public=row.public,
        answer=lines.answer(happenings),
    )


def _window(calendar: Calendar, day: date, start: str, width: int) -> tuple[Term, ...]:
    """The last nine presidencies, the current one and the next two, or `width` of them from `start` on."""
    terms = calendar.terms
    named = next((n for n, term in enumerate(terms) if term.slug == start), None)
    if named is None:
        current = next((n for n, term in enumerate(terms) if term.starts_on <= day <= term.ends_on), len(terms) - 1)
        named = max(0, min(current + AHEAD + 1, len(terms)) - width)
    return terms[named : named + width]


def _back(calendar: Calendar, first: Term | None, width: int) -> Term | None:
    before = [term for term in calendar.terms if first and term.ends_on < first.starts_on]
    return before[max(0, len(before) - width)] if before else None


def _proposals(session: Session, reader: Reader, language: str, filters: Filters) -> list[Row[Any]]:
    """Each visible proposal once, with its title in the reader's language or the original one, by origin and rank."""
    query = (
        columns(
            Proposal.id, Proposal.slug, Proposal.stage, Proposal.rank, Proposal.group_id, Proposal.original_language, Proposal.public,
            Text.title, Text.language, col(Source.slug).label("origin"), col(Source.title).label("origin_title"),
            col(Source.language).label("origin_language"), col(Source.effective_on).label("origin_on"),
        )
        .join(Text, col(Text.proposal_id) == col(Proposal.id))
        .outerjoin(Source, col(Source.id) == col(Proposal.origin_id))
        .where(
            visible_proposals(reader),
            col(Text.language).in_({language, "fr", "en"}) | (col(Text.language) == col(Proposal.original_language)),
        )
    )  # fmt: skip
    if filters.group:
        query = query.join(Group, col(Group.id) == col(Proposal.group_id)).where(col(Group.slug) == filters.group)
    if filters.theme:
        query = query.join(ProposalTheme, col(ProposalTheme.proposal_id) == col(Proposal.id)).where(
            col(ProposalTheme.theme) == filters.theme
        )
    for column, wanted in ((Source.slug, filters.origin), (Proposal.stage, filters.stage), (Proposal.level, filters.level)):
        if wanted:
            query = query.where(col(column) == wanted)
    best: dict[int, Any] = {}
    for row in session.execute(query.order_by(*BY_DAY, col(Proposal.rank), col(Proposal.id))):
        if row.id not in best or row.language == language or (row.language == row.original_language and best[row.id].language != language):
            best[row.id] = row
    return list(best.values())


def _happenings(session: Session, reader: Reader, language: str, ids: set[int], as_of: date | None) -> dict[int, list[Happening]]:
    found: dict[int, list[Happening]] = defaultdict(list)
    for row in _moves(session):
        when = PartialDate(row.effective_on, row.effective_until, row.precision)
        if row.proposal_id in ids and (as_of is None or when.certain_by(as_of)):
            words, tongue = said(row, "reason", language)
            label, _ = said(row, "label", language)
            kind = lines.happening_of_stage(row.to_stage)
            found[row.proposal_id].append(Happening(kind, when, words, label, Stage(row.to_stage), row.sourced, tongue))
    for row in _entries(session, reader):
        when = PartialDate(row.effective_on, row.effective_until, row.precision)
        kind_of = lines.happening_of_entry(row.state, row.lead)
        if row.proposal_id in ids and kind_of and (as_of is None or when.certain_by(as_of)):
            words, tongue = said(row, "title", language)
            label, _ = said(row, "label", language)
            found[row.proposal_id].append(Happening(kind_of, when, words, label, None, row.sourced, tongue, row.extent))
    return found


def _moves(session: Session) -> Iterable[Row[Any]]:
    later = select(Move.supersedes_id).where(col(Move.supersedes_id).is_not(None))
    return session.execute(
        columns(
            Move.proposal_id, Move.to_stage, Move.reason_fr, Move.reason_en, Move.label_fr, Move.label_en,
            Move.effective_on, Move.effective_until, Move.precision,
            exists().where(col(Citation.move_id) == col(Move.id)).label("sourced"),
        ).where(col(Move.id).not_in(later)).order_by(col(Move.id))
    )  # fmt: skip


def _entries(session: Session, reader: Reader) -> Iterable[Row[Any]]:
    """Of proposals the reader may see what the reader may see; of others they are not to be told."""
    later = select(Entry.supersedes_id).where(col(Entry.supersedes_id).is_not(None))
    return session.execute(
        columns(
            EntryProposal.proposal_id, EntryProposal.lead, EntryProposal.extent, Entry.state,
            Entry.title_fr, Entry.title_en, Entry.label_fr, Entry.label_en,
            Entry.effective_on, Entry.effective_until, Entry.precision,
            exists().where(col(Citation.entry_id) == col(Entry.id)).label("sourced"),
        )
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(visible_entries_beside(reader), col(EntryProposal.rejected).is_(False), col(Entry.id).not_in(later))
        .order_by(col(Entry.id))
    )  # fmt: skip


def _presiding_positions(session: Session, reader: Reader, calendar: Calendar) -> list[Row[Any]]:
    states = {term.actor_id for term in calendar.terms}
    query = (
        columns(
            Position.id, Position.proposal_id, Position.actor_id, Position.stance, Position.supersedes_id,
            Position.effective_on, Position.effective_until, Position.precision,
        )
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .where(visible_proposals(reader), visible_positions(reader), col(Position.actor_id).in_(states))
    )  # fmt: skip
    return list(session.execute(query))

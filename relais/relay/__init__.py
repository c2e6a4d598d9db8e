"""The relay picture: proposals by presidencies, on any day. The one place it is put together, for screen, phone and print."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from relais.access import Reader
from relais.presidencies import Calendar, Term
from relais.relay import lines, risk, rows
from relais.relay.filters import Filters, Order
from relais.relay.lines import CellKind, Happening, Line

__all__ = ["AHEAD", "ALL", "OTHERS", "WIDTH", "Bundle", "Filters", "Order", "Picture", "composed", "line", "narrowed", "picture"]

WIDTH, AHEAD = 12, 2
ROOM = 25  # rows that are shown at once: of more, each document's are folded up
ALL, OTHERS = "all", "others"  # what is unfolded: everything, or the proposals of no document; else the slug of a document


@dataclass
class Bundle:
    """The proposals of one origin, and what each presiding state says of them. Folded up, only how many there are is shown."""

    slug: str
    title: str
    language: str
    lines: list[Line] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    stands: dict[str, risk.Stand | None] = field(default_factory=dict)
    folded: bool = False

    @property
    def name(self) -> str:
        """What an address calls it when it asks for it unfolded."""
        return self.slug or OTHERS

    @property
    def moved_now(self) -> int:
        return sum(1 for line in self.lines for cell in line.cells if cell.current and cell.kind in (CellKind.MOVED, CellKind.HELD))


@dataclass
class Picture:
    calendar: Calendar
    day: date
    terms: tuple[Term, ...]
    current: Term | None
    next: Term | None
    bundles: list[Bundle]
    earlier: Term | None = None
    later: Term | None = None
    foldable: bool = False  # there are more rows than are shown at once

    @property
    def ended(self) -> Term | None:
        """The last presidency to have ended before the day of the picture: one step back in time."""
        return next((term for term in reversed(self.calendar.terms) if term.ends_on < self.day), None)

    @property
    def ending(self) -> Term | None:
        """The next presidency to end after the day of the picture: one step on in time."""
        return next((term for term in self.calendar.terms if term.ends_on > self.day), None)

    @property
    def lines(self) -> list[Line]:
        return [line for bundle in self.bundles for line in bundle.lines]

    @property
    def moved_now(self) -> int:
        return sum(bundle.moved_now for bundle in self.bundles)

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
    order: Order = Order.ORIGIN,
    unfolded: str = ALL,
    only: Collection[int] | None = None,
) -> Picture:
    """The picture on `day`; with `as_of` only what was surely so by then. `start` names the first presidency shown.

    Where there are more than 25 rows, `unfolded` says which document's are shown: all, or one document's, or none's. `only` are the
    proposals it is of, by number; all that answer the filters where there is none.
    """
    filters = filters or Filters()
    # The stage of another day is where the moves had led by then: it is asked of the line, not of the proposal.
    found = rows.proposals(session, reader, language, replace(filters, stage="") if as_of else filters, only)
    happenings = rows.happenings(session, reader, language, {row.id for row in found}, day, day if as_of else None)
    lined = _lined(calendar, found, happenings, filters, day, as_of)
    if key := order.key():
        lined = iter(sorted(lined, key=lambda one: key(one[1])))
    terms = _window(calendar, day, start, width)
    positions = rows.presiding_positions(session, reader, calendar)
    shown = composed(calendar, lined, positions, language, day=day, terms=terms, unfolded=unfolded)
    first, last = (terms[0], terms[-1]) if terms else (None, None)
    shown.earlier, shown.later = _back(calendar, first, width), calendar.after(last)
    return shown


def composed(
    calendar: Calendar,
    lined: Iterable[tuple[Any, Line]],
    positions: Sequence[Any],
    language: str,
    *,
    day: date,
    terms: tuple[Term, ...],
    unfolded: str = ALL,
) -> Picture:
    """The picture of these lines under these presidencies: each line with the row it is of, which names its document."""
    bundles: dict[Any, Bundle] = {}
    for row, one in lined:
        bundle = bundles.setdefault(row.origin, Bundle(row.origin or "", row.origin_title or "", row.origin_language or language))
        bundle.lines.append(one)
        bundle.ids.append(row.id)
    foldable = sum(len(bundle.lines) for bundle in bundles.values()) > ROOM
    shown = {term.slug for term in terms}
    for bundle in bundles.values():
        bundle.folded = foldable and unfolded not in (ALL, bundle.name)
        bundle.stands = risk.stands(calendar, bundle.ids, positions, day)
        for one in bundle.lines:
            one.cells = [cell for cell in one.cells if cell.term.slug in shown]
    current = calendar.at(day)
    foldable = foldable and len(bundles) > 1
    return Picture(calendar, day, terms, current, calendar.after(current), list(bundles.values()), foldable=foldable)


def narrowed(picture: Picture, ids: Collection[int], positions: Sequence[Any]) -> Picture:
    """The same of some of its proposals, and what the presiding states say of those."""
    bundles = []
    for bundle in picture.bundles:
        kept = {key: one for key, one in zip(bundle.ids, bundle.lines, strict=True) if key in ids}
        stands = risk.stands(picture.calendar, kept, positions, picture.day)
        if kept:
            bundles.append(replace(bundle, lines=list(kept.values()), ids=list(kept), stands=stands))
    return replace(picture, bundles=bundles, foldable=False)


def _lined(
    calendar: Calendar, found: list[Any], happenings: dict[int, list[Happening]], filters: Filters, day: date, as_of: bool
) -> Iterator[tuple[Any, Line]]:
    for row in found:
        if as_of and not any(one.stage for one in happenings[row.id]):
            continue  # not yet a proposal on that day
        found_line = line(calendar, row, happenings[row.id], day, as_of)
        if not filters.stage or found_line.stage == filters.stage:
            yield row, found_line


def line(calendar: Calendar, row: Any, happenings: list[Happening], day: date, as_of: bool = False) -> Line:
    """The line of a proposal: what happened to it, under each presidency."""
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

"""Proposals as a list: narrowed by filters and by words in any language, one page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from sqlmodel import Session

from models.partial_date import PartialDate, Precision
from models.proposal import Stage
from relais.access import Reader
from relais.i18n import said
from relais.presidencies import Calendar, Term
from relais.proposals import listing_rows, narrowing
from relais.proposals.narrowing import Chosen
from relais.relay import Filters

PAGE = 25


@dataclass(frozen=True)
class Lately:
    """What was last recorded of a proposal: a move, with its stage, or an entry that is done."""

    when: PartialDate
    words: str
    language: str
    label: str
    stage: Stage | None
    sourced: bool


@dataclass(frozen=True)
class Line:
    """A proposal in brief: its stage and in which presidency it `reached` it, since when nothing happened, its leads to check."""

    slug: str
    title: str
    title_language: str
    stage: Stage
    since: Term | None
    reached: Term | None
    leads: int
    public: bool


@dataclass(frozen=True)
class Listed:
    """A proposal, its group and themes, what was last recorded, and for how many presidencies nothing was."""

    line: Line
    group: str
    group_name: str
    group_language: str
    themes: list[tuple[str, str]]
    lately: Lately | None
    silent: int


@dataclass(frozen=True)
class Listing:
    """One page of what was found; `number` pages from 1 to `pages`, `total` proposals on all of them."""

    rows: list[Listed]
    total: int
    number: int
    pages: int


def page(
    session: Session,
    calendar: Calendar,
    reader: Reader,
    language: str,
    *,
    day: date,
    as_of: bool,
    filters: Filters,
    words: str = "",
    number: int = 1,
) -> Listing:
    """The proposals that answer the filters and hold every one of the words; a page beyond the last is the last.

    They come by the document they are from, the oldest first, and by their rank in it. With `as_of` it is the list of `day`: of what was
    surely so by then, the stages too.
    """
    then = day if as_of else None
    chosen = narrowing.chosen(reader, filters, words, then)
    total, number, ids = _found(session, chosen, filters, number, then) if words or then else _counted(session, chosen, number)
    return Listing(_rows(session, calendar, reader, language, ids, day, then), total, number, _pages(total))


Found = tuple[int, int, Sequence[int]]  # how many in all, the number of the page, and what is on it


def _counted(session: Session, chosen: Chosen, number: int) -> Found:
    """Counted document by document, so that only proposals of those on the page are put in order."""
    origins = listing_rows.origins(session, chosen)
    total = sum(many for _, many in origins)
    number = _nearest(number, total)
    first, last = (number - 1) * PAGE, number * PAGE
    ends = list(accumulate(many for _, many in origins))
    shown = [place for place, (end, (_, many)) in enumerate(zip(ends, origins, strict=True)) if end > first and end - many < last]
    if not shown:
        return total, number, ()
    before = ends[shown[0]] - origins[shown[0]][1]
    return total, number, listing_rows.page(session, chosen, [origins[place][0] for place in shown], first - before, PAGE)


def _found(session: Session, chosen: Chosen, filters: Filters, number: int, then: date | None) -> Found:
    """Found one by one: what takes long to ask of a proposal is asked once."""
    ids = listing_rows.every(session, chosen)
    if then and filters.stage:
        # The stage of another day is kept nowhere: it is read move by move.
        moves = listing_rows.all_moves(session, chosen)
        ids = [key for key in ids if (made := _made(moves[key], then)) and made[-1].to_stage == filters.stage]
    number = _nearest(number, len(ids))
    return len(ids), number, ids[(number - 1) * PAGE : number * PAGE]


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _nearest(number: int, total: int) -> int:
    return min(max(number, 1), _pages(total))


def _made(rows: list[Any], then: date | None) -> list[Any]:
    """Those that were surely so by that day; all when there is none."""
    return [row for row in rows if _when(row).certain_by(then)] if then else rows


def _rows(
    session: Session, calendar: Calendar, reader: Reader, language: str, ids: Sequence[int], day: date, then: date | None
) -> list[Listed]:
    if not ids:
        return []
    facts, themes = listing_rows.facts(session, ids, language), listing_rows.themes(session, ids, language)
    moves, entries = listing_rows.moves(session, ids), listing_rows.entries(session, reader, ids)
    listed = []
    for key in ids:
        row, made, noted = facts[key], _made(moves[key], then), _made(entries[key], then)
        stage = made[-1].to_stage if then and made else row.stage
        held = [one for one in noted if not one.lead]
        last, since, reached = _last(calendar, made, held)
        line = Line(row.slug, row.title, row.language, stage, since, reached, len(noted) - len(held), row.public)
        silent = calendar.over_since(since, day) if since and not stage.ended else 0
        lately = _lately(last, language) if last else None
        listed.append(Listed(line, row.group, *said(row, "name", language), themes[key], lately, silent))
    return listed


def _last(calendar: Calendar, moves: list[Any], entries: list[Any]) -> tuple[Any, Term | None, Term | None]:
    """What last happened in one presidency, that presidency, and the one of the last move."""
    move, moved, reached = _latest(calendar, sorted(moves, key=_begin, reverse=True))
    entry, noted, held = _latest(calendar, entries)
    if entry and noted > moved:
        return entry, held, reached
    return move, reached, reached


def _latest(calendar: Calendar, newest: Iterable[Any]) -> tuple[Any, tuple[date, date], Term | None]:
    """Of rows that begin later first, the last to end of those that begin last and fall in one presidency; the first of equals."""
    found, latest, held = None, (date.min, date.min), None
    for row in newest:
        if row.effective_on is None or row.effective_on < latest[0]:
            break
        when = _when(row)
        if when.order() > latest and (term := calendar.of(when)):
            found, latest, held = row, when.order(), term
    return found, latest, held


def _lately(row: Any, language: str) -> Lately:
    words, tongue = said(row, "words", language)
    label, _ = said(row, "label", language)
    return Lately(_when(row), words, tongue, label, row.to_stage, row.sourced)


def _when(row: Any) -> PartialDate:
    return PartialDate(row.effective_on, row.effective_until, Precision(row.precision))


def _begin(row: Any) -> date:
    return row.effective_on or date.min

"""Proposals as a list: narrowed by filters and by words in any language, one page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlmodel import Session

from models.partial_date import PartialDate, Precision
from models.proposal import Stage
from relais.access import Reader
from relais.i18n import said
from relais.presidencies import Calendar, Term
from relais.proposals import listing_rows, narrowing
from relais.proposals.listing_rows import Fact, Origins, Told
from relais.proposals.narrowing import Chosen
from relais.relay import Filters

PAGE = 25


class Lately(NamedTuple):
    """What was last recorded of a proposal: a move, with its stage, or an entry that is done."""

    when: PartialDate
    words: str
    language: str
    label: str
    stage: Stage | None
    sourced: bool


class Line(NamedTuple):
    """A proposal in brief: its stage and in which presidency it `reached` it, since when nothing happened, its leads to check."""

    slug: str
    title: str
    title_language: str
    stage: Stage
    since: Term | None
    reached: Term | None
    leads: int
    public: bool


class Listed(NamedTuple):
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
    if words or (then and filters.stage):
        ids = _found(session, chosen, filters, then)
        total, number = len(ids), _nearest(number, len(ids))
        rows = listing_rows.of(session, ids[(number - 1) * PAGE : number * PAGE], language)
    else:
        origins = listing_rows.origins(session, chosen)
        total = sum(many for _, many in origins)
        number = _nearest(number, total)
        rows = listing_rows.page(session, chosen, *_window(origins, (number - 1) * PAGE), PAGE, language) if total else []
    return Listing(_listed(session, calendar, reader, language, rows, day, then), total, number, _pages(total))


def _found(session: Session, chosen: Chosen, filters: Filters, then: date | None) -> Sequence[int]:
    """All that is found, in order: what takes long to ask of a proposal is asked once."""
    ids = listing_rows.every(session, chosen)
    if not then or not filters.stage:
        return ids
    # The stage of another day is kept nowhere: it is read move by move.
    moves = listing_rows.all_moves(session, chosen)
    return [key for key in ids if (made := _made(moves[key], then)) and made[-1].to_stage == filters.stage]


def _window(origins: Origins, first: int) -> tuple[list[int | None], int]:
    """The documents that hold the proposals of a page, so that no others are put in order, and where among theirs the page begins."""
    shown, passed, before = [], 0, 0
    for origin, many in origins:
        if passed + many <= first:
            before = passed + many
        elif passed < first + PAGE:
            shown.append(origin)
        passed += many
    return shown, first - before


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _nearest(number: int, total: int) -> int:
    return min(max(number, 1), _pages(total))


def _made(rows: list[Told], then: date | None) -> list[Told]:
    """Those that were surely so by that day; all when there is none."""
    return [row for row in rows if _when(row).certain_by(then)] if then else rows


def _listed(
    session: Session, calendar: Calendar, reader: Reader, language: str, rows: Sequence[Fact], day: date, then: date | None
) -> list[Listed]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    moves, entries = listing_rows.moves(session, ids), listing_rows.entries(session, reader, ids)
    themes = listing_rows.themes(session, ids, language)
    listed = []
    for row in rows:
        made, noted = _made(moves[row.id], then), _made(entries[row.id], then)
        held = [one for one in noted if not one.lead]
        stage = (made[-1].to_stage if then and made else None) or row.stage
        move, entry = _latest(calendar, made), _latest(calendar, held)
        last = entry if entry and (move is None or entry.when.order() > move.when.order()) else move
        since, reached = last.term if last else None, move.term if move else None
        line = Line(row.slug, row.title, row.language, stage, since, reached, len(noted) - len(held), row.public)
        silent = calendar.over_since(since, day) if since and not stage.ended else 0
        lately = _lately(last, language) if last else None
        listed.append(Listed(line, row.group, *said(row, "name", language), themes[row.id], lately, silent))
    return listed


class Placed(NamedTuple):
    """A move or an entry in the presidency it falls in."""

    row: Told
    when: PartialDate
    term: Term


def _latest(calendar: Calendar, rows: Iterable[Told]) -> Placed | None:
    """Of those that fall in one presidency the last, by where they begin and then by where they end; the first of equals."""
    last: Placed | None = None
    latest = date.min, date.min
    for row in rows:
        if row.effective_on is None or row.effective_on < latest[0]:
            continue
        when = _when(row)
        if when.order() > latest and (term := calendar.of(when)):
            last, latest = Placed(row, when, term), when.order()
    return last


def _lately(last: Placed, language: str) -> Lately:
    words, tongue = said(last.row, "words", language)
    label, _ = said(last.row, "label", language)
    return Lately(last.when, words, tongue, label, last.row.to_stage, last.row.sourced)


def _when(row: Told) -> PartialDate:
    return _date(row.effective_on, row.effective_until, row.precision)


@lru_cache(maxsize=8192)
def _date(on: date | None, until: date | None, precision: str) -> PartialDate:
    """Remembered, because the same days come back on every page."""
    return PartialDate(on, until, Precision(precision))

"""The relay of a report: the picture every page draws, and a table of the same for what holds words alone."""

from collections.abc import Iterator
from datetime import date

from models.proposal import Stage
from relais import i18n
from relais.i18n import N_
from relais.presidencies import Term
from relais.relay import Picture
from relais.relay.lines import Cell, CellKind, Line
from relais.reports import picture
from relais.reports.telling import Telling
from web.briefs import sheet
from web.briefs.sheet import Block, Drawing, Span, Table, plain

LEGEND = N_("A figure is the stage reached then, of 6; +2: two events; ○1: one planned; ?1: one lead to check; –: nothing recorded.")
NOTHING: sheet.Line = (Span("–"),)


def block(report: Telling, day: date) -> Block:
    """As on `day`."""
    drawn = picture.of(report, day)
    if not drawn.terms:
        return plain(i18n.say(report.language, "Nothing of it falls in a known presidency."), "empty")
    legend = i18n.say(report.language, LEGEND)
    return Drawing(drawn, (_table(report, drawn), plain(legend, "muted")))


def _table(report: Telling, drawn: Picture) -> Table:
    terms = drawn.terms
    head = (i18n.say(report.language, "Proposal"), *(_head(term, report.language) for term in terms))
    rows = tuple((_name(line), *(_cell(report, cell) for cell in line.cells)) for line in drawn.lines)
    now = tuple("now" if term == drawn.current else "" for term in terms)
    tints = (("", *now), *(("", *(_tint(cell) for cell in line.cells)) for line in drawn.lines))
    return Table(head, rows, (4, *(1 for _ in terms)), tints)


def _tint(cell: Cell) -> str:
    return cell.kind.value if cell.kind in (CellKind.MOVED, CellKind.HELD) else "now" if cell.current else ""


def _cell(report: Telling, cell: Cell) -> sheet.Line:
    told = list(_told(report, cell))
    return tuple(part for number, span in enumerate(told) for part in ((Span(" "), span) if number else (span,))) or NOTHING


def _told(report: Telling, cell: Cell) -> Iterator[Span]:
    stages = [one.stage for one in cell.happenings if one.stage]
    if stages:
        yield Span(_step(report, stages[-1]), strong=True)
    for kind, sign in ((CellKind.HELD, "+"), (CellKind.PLANNED, "○"), (CellKind.LEAD, "?")):
        if number := sum(1 for one in cell.happenings if one.kind is kind):
            yield Span(f"{sign}{number}")


def _step(report: Telling, stage: Stage) -> str:
    return str(stage.step) if stage.step else report.words.word(stage)


def _head(term: Term, language: str) -> str:
    return f"{term.code} {i18n.half(term.year, term.half, language)}"


def _name(line: Line) -> sheet.Line:
    return (Span(line.title, line.title_language, f"/proposals/{line.slug}"),)

"""One proposal's line across the presidencies: what each cell shows, and how it is drawn. Pure: no session.

The line is solid where something dated happened, dotted where nothing is recorded, and steps up when a stage is reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from models.entry import EntryState, Extent
from models.partial_date import PartialDate
from models.proposal import Stage
from relais.presidencies import Calendar, Term


class CellKind(StrEnum):
    BEFORE = "before"  # not started yet
    MOVED = "moved"
    HELD = "held"
    NOTHING = "nothing"
    PLANNED = "planned"
    LEAD = "lead"
    DROPPED = "dropped"
    MERGED = "merged"
    CLOSED = "closed"  # after an end
    AHEAD = "ahead"  # a presidency to come, nothing planned


# Height of the line in a cell of 66 px, by step of the ladder; 0 is the foot, for a proposal that starts by ending.
HEIGHTS = (58, 56, 48, 39, 29, 19, 10)


SHAPES = {
    CellKind.MOVED: "fact",
    CellKind.HELD: "fact",
    CellKind.LEAD: "lead",
    CellKind.PLANNED: "plan",
    CellKind.DROPPED: "stop",
    CellKind.MERGED: "stop",
}


@dataclass
class Happening:
    """Something of one proposal in one presidency: a move, a done entry, a planned one or a lead."""

    kind: CellKind
    when: PartialDate
    words: str
    label: str
    stage: Stage | None = None
    sourced: bool = True
    language: str = ""
    extent: Extent | None = None


@dataclass
class Cell:
    term: Term
    kind: CellKind
    step: int
    was: int
    happenings: Sequence[Happening] = ()
    stage: Stage | None = None
    baton: bool = False
    started: bool = True
    current: bool = False
    next: bool = False

    @property
    def shown(self) -> Happening | None:
        """The one happening the cell has room for: the last of the kind that rules it."""
        return next((one for one in reversed(self.happenings) if one.kind is self.kind), None)

    @property
    def mark(self) -> str:
        """The class of the shape on the line; empty for none."""
        if self.baton:
            return "baton"
        return SHAPES.get(self.kind, "")

    @property
    def line(self) -> str:
        """The class of the line: solid (hold), dotted (dot), dashed (plan)."""
        if self.kind is CellKind.PLANNED:
            return "plan"
        return "dot" if self.kind in (CellKind.NOTHING, CellKind.LEAD) else "hold"

    @property
    def path(self) -> str:
        """The line as SVG, in a box of 100 by 66."""
        y, before = HEIGHTS[self.step], HEIGHTS[self.was]
        match self.kind:
            case CellKind.BEFORE | CellKind.CLOSED | CellKind.AHEAD:
                return ""
            case CellKind.HELD | CellKind.LEAD if not self.started:
                return ""  # it happened before there was a proposal: a dot, no line yet
            case CellKind.MOVED | CellKind.PLANNED:
                return f"M0 {before}H50V{y}H100" if self.started else f"M50 {y}H100"
            case CellKind.DROPPED | CellKind.MERGED:
                return f"M0 {before}H50"
        return f"M0 {y}H100"

    @property
    def upper(self) -> bool:
        """Whether the label stands below the line, because the line is high."""
        return HEIGHTS[self.step] < 36


@dataclass
class Line:
    """A proposal's row of the picture. `answer`: how far what came of it answers it, and whether that is sure."""

    slug: str
    title: str
    title_language: str
    stage: Stage
    cells: list[Cell]
    since: Term | None  # when something last happened
    last_kind: CellKind
    leads: int
    undated: int
    stalled: bool
    group_id: int
    reached: Term | None = None
    public: bool = True
    answer: tuple[Extent, bool] | None = None


RULES = (CellKind.DROPPED, CellKind.MERGED, CellKind.MOVED, CellKind.HELD, CellKind.LEAD, CellKind.PLANNED)


def cells(calendar: Calendar, happenings: Sequence[Happening], today: date) -> list[Cell]:
    """A cell for every known presidency. A move too coarse to fall in one raises the line, unmarked, once it is surely past."""
    placed: dict[str, list[Happening]] = {}
    coarse: list[Happening] = []
    for happening in sorted(happenings, key=lambda one: one.when.order()):
        term = calendar.of(happening.when)
        if term:
            placed.setdefault(term.slug, []).append(happening)
        elif happening.stage:
            coarse.append(happening)
    row: list[Cell] = []
    stage: Stage | None = None
    step = 0
    now = calendar.at(today)
    for term in calendar.terms:
        quiet = [one for one in coarse if (one.when.last() or date.max) < term.starts_on] if coarse else []
        if quiet and (stage is None or quiet[-1].stage):
            coarse = [one for one in coarse if one not in quiet]
            stage = quiet[-1].stage
            step = stage.step if stage and stage.step else step
        here = placed.get(term.slug, ())
        cell = _cell(term, here, stage, step, today)
        cell.current = now is not None and term.slug == now.slug
        row.append(cell)
        stage, step = cell.stage, cell.step
    _give_baton(row)
    following = calendar.after(now)
    for cell in row:
        cell.next = following is not None and cell.term.slug == following.slug
    return row


def _cell(term: Term, here: Sequence[Happening], stage: Stage | None, step: int, today: date) -> Cell:
    started = stage is not None
    if not here:
        return Cell(term, _silent(term, stage, today), step, step, here, stage, started=started)
    kinds = {one.kind for one in here}
    kind = next(rule for rule in RULES if rule in kinds)
    if kind is CellKind.LEAD and stage is None and term.starts_on > today:
        kind = CellKind.AHEAD
    reached = next((one.stage for one in reversed(here) if one.stage), stage)
    to = reached.step if reached and reached.step else step
    return Cell(term, kind, to, step if started else to, here, reached, started=started)


def _silent(term: Term, stage: Stage | None, today: date) -> CellKind:
    """What a cell is in which nothing happened."""
    if stage is not None and stage.ended:
        return CellKind.CLOSED
    if term.starts_on > today:
        return CellKind.AHEAD
    return CellKind.BEFORE if stage is None else CellKind.NOTHING


def _give_baton(row: list[Cell]) -> None:
    """The baton lies in the current presidency of a proposal that has started and not ended, unless a move is drawn there."""
    for cell in row:
        alive = cell.stage is not None and not cell.stage.ended
        if cell.current and alive and cell.kind is not CellKind.MOVED:
            cell.baton = True


def stalled(row: Sequence[Cell], today: date) -> bool:
    """No done entry and no move during one whole presidency, the last one to have ended since the proposal started."""
    past = [cell for cell in row if cell.term.starts_on <= today and cell.started]
    if not past or any(cell.stage is None or cell.stage.ended for cell in past[-1:]):
        return False
    whole = [cell for cell in past if cell.term.ends_on < today][-1:]
    lately = [*whole, *(cell for cell in past if cell.current)]
    return bool(whole) and not any(cell.kind in (CellKind.MOVED, CellKind.HELD) for cell in lately)


def answer(happenings: Sequence[Happening]) -> tuple[Extent, bool] | None:
    """The furthest answer there is; what an editor confirmed before what is to check."""
    given = [(one.extent, one.kind is CellKind.HELD) for one in happenings if one.extent and one.kind in (CellKind.HELD, CellKind.LEAD)]
    return min(given, key=lambda one: (not one[1], list(Extent).index(one[0])), default=None)


def happening_of_entry(state: EntryState, lead: bool) -> CellKind | None:
    if state is EntryState.CANCELLED:
        return None
    if lead:
        return CellKind.LEAD
    return CellKind.PLANNED if state is EntryState.PLANNED else CellKind.HELD


def happening_of_stage(stage: Stage) -> CellKind:
    ends: dict[Any, CellKind] = {Stage.DROPPED: CellKind.DROPPED, Stage.MERGED: CellKind.MERGED}
    return ends.get(stage, CellKind.MOVED)

"""Member states by proposals: what each state says of each, as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.actor import ActorKind
from models.partial_date import PartialDate
from models.position import Stance
from models.proposal import Level
from relais import populations, relay
from relais.access import Reader
from relais.positions import arithmetic, backing, latest, weighing, when
from relais.positions.arithmetic import Council, Reckoning, State
from relais.presidencies import Calendar, Term
from relais.relay import Filters, Picture
from relais.relay.lines import Line
from relais.sources.citations import Citations, Evidence, Numbered

WIDTH = 6


@dataclass(frozen=True)
class Cell:
    """What one state says of one proposal; `stance` is None where nothing is recorded, `older` when its text has changed since."""

    slug: str
    stance: Stance | None
    when: PartialDate | None
    evidence: Evidence
    older: bool = False


@dataclass(frozen=True)
class Row:
    """A state with a cell for each proposal shown. `term` is the presidency it holds on the day, or the next one."""

    state: State
    cells: tuple[Cell, ...]
    term: Term | None


@dataclass(frozen=True)
class Grid:
    """`columns` are the proposals shown, `picture` their relay, of the `number` on which a state is recorded; on `silent` ones none is."""

    columns: tuple[Line, ...]
    picture: Picture
    rows: tuple[Row, ...]
    reckonings: tuple[Reckoning | None, ...]
    silent: tuple[Line, ...]
    number: int
    start: int
    council: Council
    figures: int
    rule: int
    sources: tuple[Numbered, ...]

    @property
    def earlier(self) -> int | None:
        return max(0, self.start - WIDTH) if self.start else None

    @property
    def later(self) -> int | None:
        return self.start + WIDTH if self.start + WIDTH < self.number else None


def of(
    session: Session, calendar: Calendar, reader: Reader, language: str, *, day: date, as_of: bool, filters: Filters, start: int = 0
) -> Grid:
    """The proposals in the order of the relay, a few at a time from the place `start` on."""
    picture = relay.picture(session, calendar, reader, language, day=day, as_of=as_of, filters=filters)
    lines = {key: line for bundle in picture.bundles for key, line in zip(bundle.ids, bundle.lines, strict=True)}
    held = backing.rows(session, reader)
    standing = latest(held, day if as_of else None)
    told = {row.proposal_id for row in standing.values() if row.kind is ActorKind.MEMBER_STATE and not row.size}
    wanted = [key for key in lines if key in told]
    start = start if 0 <= start < len(wanted) else 0
    shown = wanted[start : start + WIDTH]
    here = [row for row in standing.values() if row.proposal_id in shown]
    citations = Citations(session, language, positions=(row.id for row in here if row.kind is ActorKind.MEMBER_STATE))
    council = populations.council(session, day)
    eu = {row.proposal_id for row in here if row.level is Level.EU}
    rows = _rows(calendar, day, council, {key: lines[key].slug for key in shown}, standing, citations)
    reckonings = tuple(_reckoned(council, here, key) if key in eu else None for key in shown)
    figures, rule = weighing.sources(council, citations) if any(reckonings) else (0, 0)
    return Grid(
        tuple(lines[key] for key in shown),
        relay.narrowed(picture, shown, held),
        rows,
        reckonings,
        tuple(line for key, line in lines.items() if key not in told),
        len(wanted),
        start,
        council,
        figures,
        rule,
        tuple(citations.sources),
    )


def _rows(
    calendar: Calendar, day: date, council: Council, slugs: dict[int, str], standing: dict[tuple[int, int], Any], citations: Citations
) -> tuple[Row, ...]:
    now = calendar.at(day)
    terms = {term.actor_id: term for term in (calendar.after(now), now) if term}

    def cell(state: State, proposal: int, slug: str) -> Cell:
        row = standing.get((proposal, state.id))
        return Cell(slug, row.stance, when(row), citations.position(row.id), row.older) if row else Cell(slug, None, None, Evidence())

    return tuple(Row(state, tuple(cell(state, key, slug) for key, slug in slugs.items()), terms.get(state.id)) for state in council.states)


def _reckoned(council: Council, rows: Sequence[Any], proposal: int) -> Reckoning | None:
    return arithmetic.reckon(council, [row for row in rows if row.proposal_id == proposal])

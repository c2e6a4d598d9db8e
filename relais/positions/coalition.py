"""Who stands where on one proposal: states, institutions and organisations by side, now and under each presidency."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.actor import ActorKind
from models.position import Side, Stance
from relais.positions import latest, when
from relais.positions.arithmetic import Council, State
from relais.positions.backers import Backer
from relais.presidencies import Calendar, Term

BODIES = (ActorKind.INSTITUTION, ActorKind.DIRECTORATE_GENERAL, ActorKind.COMMITTEE)
OF_STATES = (ActorKind.MEMBER_STATE, ActorKind.PERMANENT_REPRESENTATION, ActorKind.MINISTRY)
FAMILIES = ("states", "institutions", "organisations", "together")
TOLD = (Side.SUPPORTS, Side.CONDITIONS, Side.OPPOSES, Side.OPEN)


@dataclass(frozen=True)
class Camp:
    """Those of one family on one side."""

    side: Side
    backers: tuple[Backer, ...]


@dataclass(frozen=True)
class Family:
    """States, institutions, organisations, or those a source counts together, by side.

    `silent` are the member states of which nothing is recorded.
    """

    name: str
    camps: tuple[Camp, ...]
    silent: tuple[State, ...]

    @property
    def number(self) -> int:
        return sum(len(camp.backers) for camp in self.camps)


@dataclass(frozen=True)
class Under:
    """How many stood on each side when a presidency ended, or on the day for one that goes on, and what its own state said."""

    term: Term
    states: dict[Side, int]
    others: dict[Side, int]
    presiding: Stance | None
    changed: bool


def families(backers: Iterable[Backer], council: Council) -> tuple[Family, ...]:
    """Those of whom something is recorded; of the member states also the silent ones, where the members are known."""
    by_family: dict[str, list[Backer]] = {name: [] for name in FAMILIES}
    for backer in backers:
        by_family["together" if backer.size else family(backer.kind)].append(backer)
    told = {backer.slug for backer in by_family["states"]}
    silent = tuple(state for state in council.states if state.slug not in told) if council.known else ()
    return tuple(Family(name, _camps(inside), silent if name == "states" else ()) for name, inside in by_family.items())


def family(kind: ActorKind) -> str:
    if kind in OF_STATES:
        return "states"
    return "institutions" if kind in BODIES else "organisations"


def by_term(calendar: Calendar, rows: Sequence[Any], day: date) -> list[Under]:
    """Every presidency from the first dated position on, the newest first. Collectives count as one."""
    first = min((row.effective_on for row in rows if row.effective_on and when(row).certain_by(day)), default=None)
    if first is None:
        return []
    found: list[Under] = []
    for term in (term for term in calendar.terms if term.ends_on >= first and term.starts_on <= day):
        standing = list(latest(rows, min(term.ends_on, day)).values())
        states, others = (_sides(row for row in standing if (row.kind is ActorKind.MEMBER_STATE) is mine) for mine in (True, False))
        presiding = next((row.stance for row in standing if row.actor_id == term.actor_id), None)
        changed = not found or (found[-1].states, found[-1].others) != (states, others)
        found.append(Under(term, states, others, presiding, changed))
    return found[::-1]


def _camps(backers: list[Backer]) -> tuple[Camp, ...]:
    camps = (Camp(side, tuple(backer for backer in backers if backer.now.stance.side is side)) for side in TOLD)
    return tuple(camp for camp in camps if camp.backers)


def _sides(rows: Iterable[Any]) -> dict[Side, int]:
    counts = Counter(row.stance.side for row in rows)
    return {side: counts[side] for side in TOLD}

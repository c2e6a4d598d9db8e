"""Risk and opportunity with the holders to come: strong, weak or none, always with the why (docs/risk.md). Pure: no session.

Read from the position of the state that presides, as of its start, or as of the day asked for where that is earlier.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from models.position import Stance
from relais.presidencies import Calendar, Term
from relais.relay import risk

HOLDERS = 3


class Level(StrEnum):
    STRONG = "strong"
    WEAK = "weak"
    NONE = "none"


CHANCES = {
    Stance.INITIATED: Level.STRONG,
    Stance.SUPPORTS: Level.STRONG,
    Stance.SUPPORTS_WITH_RESERVATIONS: Level.WEAK,
    Stance.TOOK_PART: Level.WEAK,
}
GRAVEST = (Level.STRONG, Level.WEAK, Level.NONE)


@dataclass(frozen=True)
class Prospect:
    """What one proposal may expect of one holder: `row` is the position it is read from, None where nothing is recorded."""

    term: Term
    proposal_id: int
    row: Any = None

    @property
    def stance(self) -> Stance | None:
        return self.row.stance if self.row else None

    @property
    def risk(self) -> Level:
        if self.stance is None:
            return Level.WEAK
        return Level.STRONG if self.stance.risky else Level.NONE

    @property
    def chance(self) -> Level:
        return CHANCES.get(self.stance, Level.NONE) if self.stance else Level.NONE


@dataclass(frozen=True)
class Holder:
    """One holder to come and the proposals, by what its state says of them: the gravest first, what nobody recorded last."""

    term: Term
    prospects: tuple[Prospect, ...]

    @property
    def risk(self) -> Level:
        return gravest(one.risk for one in self.prospects)

    @property
    def chance(self) -> Level:
        return gravest(one.chance for one in self.prospects)

    @property
    def stances(self) -> dict[Stance | None, tuple[Prospect, ...]]:
        found = {one.stance for one in self.prospects}
        order: tuple[Stance | None, ...] = (*risk.SEVERITY, None)
        return {stance: tuple(one for one in self.prospects if one.stance is stance) for stance in order if stance in found}


@dataclass(frozen=True)
class Outlook:
    """The holder of a presidency and the next three; and the three that preside together, with what is graver of them."""

    holders: tuple[Holder, ...]
    trio: tuple[Holder, ...]

    @property
    def trio_risk(self) -> Level:
        return gravest(one.risk for one in self.trio)

    @property
    def trio_chance(self) -> Level:
        return gravest(one.chance for one in self.trio)


def of(calendar: Calendar, proposal_ids: Iterable[int], rows: Sequence[Any], first: Term | None, day: date) -> Outlook:
    """From one holder on. `rows` are positions with the columns of Position, as far as the reader may see them.

    The trio is that of the holder after the first: what is handed over next is handed to them. None without a first holder.
    """
    ids, said = list(proposal_ids), defaultdict(list)
    for row in rows:
        said[row.actor_id, row.proposal_id].append(row)
    following = calendar.after(first)
    return Outlook(
        tuple(_holder(term, ids, said, day) for term in ahead(calendar, first)),
        tuple(_holder(term, ids, said, day) for term in trio(calendar, following or first)),
    )


def ahead(calendar: Calendar, first: Term | None) -> tuple[Term, ...]:
    """A holder and the next three, as far as they are known."""
    return tuple(term for term in calendar.terms if first and term.starts_on >= first.starts_on)[: HOLDERS + 1]


def trio(calendar: Calendar, term: Term | None) -> tuple[Term, ...]:
    """The presidencies of one trio in a row, among them that one. A state comes again after many years, with other partners."""
    if term is None:
        return ()
    place = calendar.terms.index(term)
    near = calendar.terms[max(0, place - 2) : place + 3]
    return tuple(other for other in near if other.trio == term.trio)


def gravest(levels: Iterable[Level]) -> Level:
    found = set(levels)
    return next((level for level in GRAVEST if level in found), Level.NONE)


def _holder(term: Term, ids: Sequence[int], said: dict[tuple[int, int], list[Any]], day: date) -> Holder:
    """`said` are positions by (actor, proposal)."""
    return Holder(term, tuple(_prospect(term, key, said.get((term.actor_id, key), []), day) for key in ids))


def _prospect(term: Term, proposal_id: int, rows: Sequence[Any], day: date) -> Prospect:
    return Prospect(term, proposal_id, next(iter(risk.standing(rows, term, day).values()), None))

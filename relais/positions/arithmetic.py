"""What the Council counts when it votes by qualified majority: states and people, and how far some of them are from deciding. Pure.

Article 16(4) of the Treaty on European Union and Article 238(3) of the Treaty on its functioning: 55 % of the states, at least fifteen,
with 65 % of the people. A minority that blocks has at least four states, with more than 35 % of the people.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models import Source
from models.actor import ActorKind
from models.position import Side

STATES, LEAST, PEOPLE, FEWEST_TO_BLOCK = 55, 15, 65, 4


@dataclass(frozen=True)
class State:
    """A member state. `people` is None where no figure with a source is on record."""

    id: int
    slug: str
    code: str
    names: dict[str, str]
    people: int | None

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class Weight:
    """Some of the member states: how many, with how many people, and what they lack to decide or to block.

    `total` is everybody, 0 where people are left out: then nothing is attained and nothing blocks by its people.
    """

    states: int
    of: int
    people: int
    total: int

    @property
    def permille(self) -> int:
        """Their share of the people, rounded down: it never looks as if a threshold were reached that is not."""
        return self.people * 1000 // self.total if self.total else 0

    @property
    def states_missing(self) -> int:
        return max(0, needed(self.of) - self.states)

    @property
    def people_missing(self) -> int:
        return max(0, -(-PEOPLE * self.total // 100) - self.people)

    @property
    def attained(self) -> bool:
        """A qualified majority; fewer than four states outside it cannot block, whatever their people."""
        enough = bool(self.total) and not self.people_missing
        return not self.states_missing and (enough or self.of - self.states < FEWEST_TO_BLOCK)

    @property
    def states_to_block(self) -> int:
        return max(0, FEWEST_TO_BLOCK - self.states)

    @property
    def people_to_block(self) -> int:
        return max(0, (100 - PEOPLE) * self.total // 100 + 1 - self.people) if self.total else 0

    @property
    def blocks(self) -> bool:
        """Whether the others are no qualified majority without them."""
        by_people = bool(self.total) and not self.people_to_block and not self.states_to_block
        return by_people or self.of - self.states < needed(self.of)


def needed(members: int) -> int:
    """How many of so many states a qualified majority takes."""
    return max(LEAST, -(-STATES * members // 100))


@dataclass(frozen=True)
class Council:
    """The member states of one day in protocol order; `year` and `figures` say whose count of the people is used.

    Not `known` where the record does not hold who the members were: nothing is reckoned then. `rule` is the source of the rule.
    """

    states: tuple[State, ...]
    known: bool
    year: int | None = None
    figures: Source | None = None
    rule: Source | None = None

    @cached_property
    def total(self) -> int:
        """All their people; 0 where the figure of any is missing: a share of less than everybody would be wrong."""
        people = [state.people for state in self.states]
        return 0 if None in people else sum(one or 0 for one in people)

    def weigh(self, ids: Collection[int]) -> Weight:
        chosen = [state for state in self.states if state.id in ids]
        return Weight(len(chosen), len(self.states), sum(state.people or 0 for state in chosen) if self.total else 0, self.total)


@dataclass(frozen=True)
class Reckoning:
    """One proposal in the Council, by the standing positions of states that are named.

    `either` are those in favour, with conditions or without; `unnamed` the sizes of collectives in favour, whose members cannot be weighed.
    """

    council: Council
    supports: Weight
    conditions: Weight
    either: Weight
    opposes: Weight
    open: int
    unknown: int
    unnamed: tuple[int, ...]

    @property
    def told(self) -> bool:
        """Whether any state has taken a side."""
        return bool(self.either.states or self.opposes.states)


def reckon(council: Council, standing: Iterable[Any]) -> Reckoning | None:
    """Rows are standing positions on one proposal, with `actor_id`, `stance`, `kind` and `size`. None where the members are not known."""
    if not council.known:
        return None
    members = {state.id for state in council.states}
    by_side: dict[Side, set[int]] = {side: set() for side in Side}
    unnamed = []
    for row in standing:
        if row.size:
            unnamed += [row.size] if row.stance.favourable else []
        elif row.kind is ActorKind.MEMBER_STATE and row.actor_id in members:
            by_side[row.stance.side].add(row.actor_id)
    supports, conditions = by_side[Side.SUPPORTS], by_side[Side.CONDITIONS]
    recorded = sum(len(ids) for ids in by_side.values())
    return Reckoning(
        council,
        council.weigh(supports),
        council.weigh(conditions),
        council.weigh(supports | conditions),
        council.weigh(by_side[Side.OPPOSES]),
        len(by_side[Side.OPEN]),
        len(members) - recorded,
        tuple(unnamed),
    )


def in_order(codes: Sequence[str], code: str) -> tuple[int, str]:
    """A key that sorts states as protocol lists them; one that is not in the list comes after."""
    return (codes.index(code) if code in codes else len(codes), code)

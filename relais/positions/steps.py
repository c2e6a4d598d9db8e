"""How an actor came to stand where it stands: each position against the one before it. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from models.position import Side, Stance
from relais.positions import order, when


class Change(StrEnum):
    """What a position does to the one before it."""

    FIRST = "first"
    CONFIRMED = "confirmed"  # the same again
    WITHDRAWN = "withdrawn"  # a side was taken, and is no more
    TURNED = "turned"  # from one side to the other
    CHANGED = "changed"


@dataclass(frozen=True)
class Step:
    """A position that was not corrected, what it changed, and the stance it came after."""

    row: Any
    change: Change
    before: Stance | None


def taken(rows: Iterable[Any]) -> dict[tuple[int, int], list[Step]]:
    """By (proposal, actor) the steps in the order they took effect, undated ones first, as `positions.latest` reads them."""
    rows = list(rows)
    replaced = {row.supersedes_id for row in rows if row.supersedes_id}
    found: dict[tuple[int, int], list[Step]] = defaultdict(list)
    for row in sorted((row for row in rows if row.id not in replaced), key=lambda row: (order(row), row.id)):
        steps = found[row.proposal_id, row.actor_id]
        before = steps[-1].row.stance if steps else None
        steps.append(Step(row, change(before, row.stance), before))
    return found


def between(rows: Iterable[Any], first: date, last: date) -> list[Step]:
    """The steps surely made by `last` that were not by `first`, in the order they took effect. What is undated is in no such time."""
    steps = (step for made in taken(rows).values() for step in made)
    inside = [step for step in steps if when(step.row).certain_by(last) and not when(step.row).certain_by(first)]
    return sorted(inside, key=lambda step: (order(step.row), step.row.id))


def change(before: Stance | None, after: Stance) -> Change:
    if before is None:
        return Change.FIRST
    if before is after:
        return Change.CONFIRMED
    if {_for(before), _for(after)} == {True, False}:
        return Change.TURNED
    if before.side.taken and after in (Stance.NEUTRAL, Stance.ABSENT):
        return Change.WITHDRAWN
    return Change.CHANGED


def _for(stance: Stance) -> bool | None:
    """True for those in favour, False for those against, None for who takes no side."""
    return stance.side is not Side.OPPOSES if stance.side.taken else None

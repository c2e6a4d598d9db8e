"""What some states come to in the Council, in the figures that stand in the export and in a hand-over brief alike."""

from typing import Any

from relais.positions.arithmetic import Weight

Figures = dict[str, Any]


def majority(weight: Weight) -> Figures:
    """With what they lack for a qualified majority."""
    return _figures(weight, weight.states_missing, weight.people_missing, weight.attained)


def blocking(weight: Weight) -> Figures:
    """With what they lack for a blocking minority."""
    return _figures(weight, weight.states_to_block, weight.people_to_block, weight.blocks)


def _figures(weight: Weight, states: int, people: int, reached: bool) -> Figures:
    known = weight.total > 0
    return {
        "states": weight.states,
        "people": weight.people if known else None,
        "permille": weight.permille if known else None,
        "states_missing": states,
        "people_missing": people if known else None,
        "reached": reached,
    }

"""What narrows the relay, and in which order its proposals stand."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.proposal import Stage
from relais.relay.lines import Line
from relais.wording import folded


@dataclass(frozen=True)
class Filters:
    """What narrows the picture; empty means all. Slugs and values as in addresses."""

    group: str = ""
    theme: str = ""
    origin: str = ""
    stage: str = ""
    level: str = ""


class Order(StrEnum):
    """The order of proposals; of two that are equal in it, the one of the older document comes first."""

    ORIGIN = "origin"  # as in the documents they are from
    STAGE = "stage"  # the furthest first
    SILENCE = "silence"  # the longest without anything recorded first; what has ended last
    LEADS = "leads"  # the most leads to check first
    TITLE = "title"

    def key(self) -> Callable[[Line], Any] | None:
        """What to sort lines by; None where they are in order already."""
        return _KEYS.get(self)


def _furthest(line: Line) -> int:
    return len(Stage) if line.stage.ended else -line.stage.step


def _silent(line: Line) -> tuple[bool, str]:
    return line.stage.ended, line.since.starts_on.isoformat() if line.since else ""


_KEYS: dict[Order, Callable[[Line], Any]] = {
    Order.STAGE: _furthest,
    Order.SILENCE: _silent,
    Order.LEADS: lambda line: -line.leads,
    Order.TITLE: lambda line: folded(line.title),
}

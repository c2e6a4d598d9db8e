"""Positions on one proposal weighed as the Council would, with the sources of the figures and of the rule numbered on the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.actor import ActorKind
from relais import populations
from relais.positions import arithmetic, latest
from relais.positions.arithmetic import Council, Reckoning
from relais.sources.citations import Citations


@dataclass(frozen=True)
class Weighed:
    """`reckoning` is None where the members of the Council on the day are not on record; the numbers are 0 where there is no source."""

    reckoning: Reckoning | None
    figures: int
    rule: int


def of(session: Session, rows: Iterable[Any], citations: Citations, day: date) -> Weighed | None:
    """None where no state is named among the positions: there is nothing to weigh then."""
    standing = list(latest(rows).values())
    if not any(row.kind is ActorKind.MEMBER_STATE and not row.size for row in standing):
        return None
    return numbered(populations.council(session, day), standing, citations)


def numbered(council: Council, standing: Iterable[Any], citations: Citations) -> Weighed:
    reckoning = arithmetic.reckon(council, standing)
    return Weighed(reckoning, *sources(council, citations)) if reckoning else Weighed(None, 0, 0)


def sources(council: Council, citations: Citations) -> tuple[int, int]:
    """The numbers of the sources of the figures used and of the rule."""
    figures = citations.number(council.figures) if council.figures and council.total else 0
    return figures, citations.number(council.rule) if council.rule else 0

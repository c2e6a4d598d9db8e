"""Positions on one proposal weighed as the Council would, with the sources of the figures and of the rule numbered on the page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.actor import ActorKind
from models.proposal import Level
from relais import populations
from relais.positions import arithmetic, latest
from relais.positions.arithmetic import Council, Reckoning
from relais.relay.lines import Line
from relais.sources.citations import Citations


@dataclass(frozen=True)
class Weighed:
    """`reckoning` is None where the members of the Council on the day are not on record; the numbers are 0 where there is no source."""

    reckoning: Reckoning | None
    figures: int
    rule: int


@dataclass(frozen=True)
class Across:
    """Several proposals: those that come to the same are told together, in the order of the first of each."""

    groups: tuple[tuple[Reckoning, tuple[Line, ...]], ...]
    figures: int
    rule: int


def across(council: Council, standing: Iterable[Any], lines: dict[int, Line], citations: Citations) -> Across | None:
    """Of the proposals of the European level on which a state has taken a side; None where there is none, or no Council to reckon with."""
    by_proposal: dict[int, list[Any]] = defaultdict(list)
    for row in standing:
        if row.level is Level.EU:
            by_proposal[row.proposal_id].append(row)
    groups: list[tuple[Reckoning, list[Line]]] = []
    for key, line in lines.items():
        reckoning = arithmetic.reckon(council, by_proposal[key])
        if reckoning is None or not reckoning.told:
            continue
        same = next((told for known, told in groups if known == reckoning), None)
        if same is None:
            groups.append((reckoning, [line]))
        else:
            same.append(line)
    return Across(tuple((one, tuple(told)) for one, told in groups), *sources(council, citations)) if groups else None


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

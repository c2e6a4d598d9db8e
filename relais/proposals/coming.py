"""What one proposal may expect of the holders to come, as its page tells it: each with the position it is read from and its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.partial_date import UNDATED, PartialDate
from models.position import Stance
from relais.i18n import said
from relais.positions import when
from relais.presidencies import Calendar, Term
from relais.relay import outlook
from relais.relay.outlook import Holder, Level, Outlook
from relais.relay.windows import Window
from relais.sources.citations import Citations, Evidence


@dataclass(frozen=True)
class Expected:
    """Of one holder: what its state says of the proposal, since when and why, and what of risk and opportunity lies in it; `older` where
    it was said of a text that has changed in substance since.
    """

    term: Term
    stance: Stance | None
    risk: Level
    chance: Level
    when: PartialDate
    note: str
    language: str
    evidence: Evidence
    older: bool = False


@dataclass(frozen=True)
class Coming:
    """The current holder and the next three, the trio what is handed over next goes to, and what is due."""

    holders: tuple[Expected, ...]
    trio: Outlook
    windows: tuple[Window, ...]


def of(
    calendar: Calendar,
    proposal_id: int,
    positions: Sequence[Any],
    citations: Citations,
    language: str,
    day: date,
    windows: tuple[Window, ...],
) -> Coming | None:
    """None on a day that lies in no known presidency. `positions` are those of the proposal that stand on the day."""
    first = calendar.at(day)
    if first is None:
        return None
    found = outlook.of(calendar, [proposal_id], positions, first, day)
    return Coming(tuple(_expected(holder, citations, language) for holder in found.holders), found, windows)


def _expected(holder: Holder, citations: Citations, language: str) -> Expected:
    (one,) = holder.prospects
    note, tongue = said(one.row, "note", language) if one.row else ("", language)
    evidence, older = (citations.position(one.row.id), one.row.older) if one.row else (Evidence(), False)
    return Expected(holder.term, one.stance, one.risk, one.chance, when(one.row) if one.row else UNDATED, note, tongue, evidence, older)

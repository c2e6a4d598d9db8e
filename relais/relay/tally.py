"""How many proposals moved, were held or fell silent in a presidency, counted on the relay's own lines."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from relais import relay
from relais.access import Reader
from relais.presidencies import Calendar, Term
from relais.relay import Picture
from relais.relay.lines import CellKind


@dataclass(frozen=True)
class Tally:
    """Of the proposals that had started: how many moved, were held, or have nothing recorded in one presidency."""

    moved: int
    held: int
    silent: int


def whole(session: Session, calendar: Calendar, reader: Reader, language: str, day: date, as_of: bool) -> Picture:
    """The relay across every known presidency."""
    first = calendar.terms[0].slug if calendar.terms else ""
    return relay.picture(session, calendar, reader, language, day=day, as_of=as_of, start=first, width=len(calendar.terms))


def of(picture: Picture, term: Term | None) -> Tally | None:
    """What the relay's cells say of one presidency; None without one."""
    if term is None:
        return None
    kinds = [cell.kind for line in picture.lines for cell in line.cells if cell.term.slug == term.slug]
    moved = sum(kind in (CellKind.MOVED, CellKind.DROPPED, CellKind.MERGED) for kind in kinds)
    return Tally(moved, kinds.count(CellKind.HELD), kinds.count(CellKind.NOTHING) + kinds.count(CellKind.LEAD))

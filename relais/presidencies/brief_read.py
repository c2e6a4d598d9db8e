"""What the hand-over brief of one presidency is told from, read in as few questions as it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models import Presidency, Source
from relais import populations, presidencies
from relais.access import Reader
from relais.positions import backing
from relais.positions.arithmetic import Council
from relais.presidencies import Calendar, Term, brief_open, brief_rows
from relais.presidencies.brief_open import Open
from relais.presidencies.brief_rows import Happened
from relais.relay import Picture, tally, windows
from relais.relay.lines import Line
from relais.relay.windows import Window
from relais.sources.citations import Citations


@dataclass(frozen=True)
class Read:
    """What the brief of one presidency is put together from: `moves` of the one before it, `turns` of its own."""

    presidency: Presidency
    basis: Source
    term: Term
    previous: Term | None
    following: Term | None
    day: date
    as_of: bool
    language: str
    picture: Picture
    moves: Sequence[Any]
    turns: Sequence[Any]
    entries: Sequence[Happened]
    positions: Sequence[Any]
    citations: Citations
    open: Open
    windows: Sequence[Window]
    council: Council

    @property
    def lines(self) -> dict[int, Line]:
        """Every proposal on the relay by its id, in the relay's order."""
        return {key: line for bundle in self.picture.bundles for key, line in zip(bundle.ids, bundle.lines, strict=True)}

    @property
    def positions_day(self) -> date | None:
        """Positions of a past presidency are told as of its end; of a current or coming one all that is recorded."""
        return min(self.term.ends_on, self.day) if self.as_of or self.term.ends_on < self.day else None


def read(
    session: Session,
    calendar: Calendar,
    reader: Reader,
    language: str,
    slug: str,
    *,
    day: date,
    as_of: bool = False,
    whole: bool = False,
) -> Read:
    """What the brief at `slug` is told from; `whole` with what is open. Raises Missing."""
    presidency, _, basis = presidencies.find(session, slug)
    term = next(term for term in calendar.terms if term.slug == slug)
    previous, following = calendar.before(term), calendar.after(term)
    limit = day if as_of else None
    moves = brief_rows.moves(session, reader, previous, limit) if previous else []
    turns = brief_rows.moves(session, reader, term, limit)
    entries = brief_rows.entries(session, reader, (previous or term).starts_on, (following or term).starts_on, limit)
    positions = backing.rows(session, reader)
    left = brief_open.entries(session, reader, term, limit) if whole else Open()
    told = (one.id for one in [*entries, *left.entries])
    cited = {"moves": (row.id for row in [*moves, *turns]), "positions": (row.id for row in positions), "entries": told}
    citations = Citations(session, language, **cited)
    picture = tally.whole(session, calendar, reader, language, day, as_of)
    due = () if as_of or term.ends_on < day else windows.ahead(session, reader, max(day, term.starts_on), until=term.ends_on)
    council = populations.council(session, min(term.ends_on, day))
    given = (language, picture, moves, turns, entries, positions, citations, left, due, council)
    return Read(presidency, basis, term, previous, following, day, as_of, *given)

"""Every known presidency with what moved and was held in it, and the decisions that set the order."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Presidency, Source
from relais.access import Reader
from relais.presidencies import Calendar, Term
from relais.relay import tally
from relais.relay.tally import Tally
from relais.sources.citations import Numbered, numbered


@dataclass(frozen=True)
class Listed:
    """One presidency of the list; `basis` is the number of its legal basis among the page's sources."""

    term: Term
    tally: Tally
    basis: int
    known_on: date
    note_fr: str
    note_en: str


@dataclass(frozen=True)
class Basis:
    """A decision, the day from which it was known, and the presidencies it sets, in order."""

    source: Numbered
    known_on: date
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Almanac:
    day: date
    current: Term | None
    next: Term | None
    ahead: tuple[Listed, ...]
    past: tuple[Listed, ...]
    bases: tuple[Basis, ...]

    @property
    def last(self) -> Listed | None:
        """The last presidency anybody decided."""
        return self.ahead[-1] if self.ahead else (self.past[0] if self.past else None)

    def decades(self) -> dict[int, list[Listed]]:
        """The past presidencies by decade, the newest first."""
        found: dict[int, list[Listed]] = {}
        for listed in self.past:
            found.setdefault(listed.term.year // 10 * 10, []).append(listed)
        return found


def of(session: Session, calendar: Calendar, reader: Reader, language: str, *, day: date, as_of: bool) -> Almanac:
    """The calendar on a day: what is current or to come in order, what is past newest first."""
    picture = tally.whole(session, calendar, reader, language, day, as_of)
    rows = {
        row.slug: (row, source) for row, source in session.exec(select(Presidency, Source).join(Source).order_by(col(Presidency.starts_on)))
    }
    sources = list(dict.fromkeys(source.id for _, source in rows.values()))
    listed = []
    for term in calendar.terms:
        row, source = rows[term.slug]
        told = tally.of(picture, term) or Tally(0, 0, 0)
        listed.append(Listed(term, told, sources.index(source.id) + 1, row.known_on, row.note_fr, row.note_en))
    current = calendar.at(day)
    coming = tuple(one for one in listed if one.term.ends_on >= day)
    past = tuple(one for one in reversed(listed) if one.term.ends_on < day)
    return Almanac(day, current, calendar.after(current), coming, past, _bases(calendar, rows, sources))


def _bases(calendar: Calendar, rows: dict[str, tuple[Presidency, Source]], order: list[int]) -> tuple[Basis, ...]:
    found = []
    for number, source_id in enumerate(order, start=1):
        terms = tuple(term for term in calendar.terms if rows[term.slug][1].id == source_id)
        row, source = rows[terms[0].slug]
        found.append(Basis(numbered(number, source), row.known_on, terms))
    return tuple(found)

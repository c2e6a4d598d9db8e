"""What was said of one proposal over time: by one actor, by all of them between two days, and the coalition of a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models import Proposal
from models.position import Stance
from relais import populations
from relais.access import Reader
from relais.positions import backers, coalition, latest, on_older_text, order, steps, weighing
from relais.positions.backers import Backer, Held
from relais.positions.coalition import Family, Under
from relais.positions.steps import Change, Step
from relais.positions.weighing import Weighed
from relais.presidencies import Calendar, Term
from relais.sources.citations import Citations, Numbered


@dataclass(frozen=True)
class Told:
    """A position as history tells it: what it changed, the stance before it, the presidency it falls in, and whether it stands.

    `change` is None for one that was corrected since.
    """

    backer: Backer
    held: Held
    change: Change | None
    before: Stance | None
    term: Term | None
    stands: bool


@dataclass(frozen=True)
class History:
    told: tuple[Told, ...]
    sources: tuple[Numbered, ...]
    undated: int = 0


@dataclass(frozen=True)
class Gathering:
    """The coalition on one proposal as of a day."""

    families: tuple[Family, ...]
    under: tuple[Under, ...]
    weighed: Weighed
    sources: tuple[Numbered, ...]


@dataclass(frozen=True)
class _Read:
    rows: Sequence[Any]
    calendar: Calendar
    language: str
    citations: Citations
    older: Collection[int]
    replaced: Collection[int]

    def told(self, row: Any, step: Step | None, stands: bool) -> Told:
        """Sources are numbered in the order of the page, so this is asked for in that order."""
        backer = backers.one(row, self.older, self.replaced, self.citations, self.language)
        term = self.calendar.of(backer.now.when)
        return Told(backer, backer.now, step.change if step else None, step.before if step else None, term, stands)


def of_actor(
    session: Session, calendar: Calendar, proposal: Proposal, actor_id: int, reader: Reader, language: str, as_of: date | None
) -> History:
    """All that one actor said of the proposal, the newest first; with `as_of` what was surely so by then. Undated ones come last."""
    read = _read(session, calendar, proposal, reader, language, as_of, actor_id)
    made = {step.row.id: step for step in steps.taken(read.rows).get((proposal.id, actor_id), [])}
    standing = {row.id for row in latest(read.rows).values()}
    rows = sorted(read.rows, key=lambda row: (order(row), row.id), reverse=True)
    told = tuple(read.told(row, made.get(row.id), row.id in standing) for row in rows)
    return History(told, tuple(read.citations.sources))


def between(session: Session, calendar: Calendar, proposal: Proposal, reader: Reader, language: str, first: date, last: date) -> History:
    """What changed after `first` and up to `last`, in order. `undated` is how many positions fall in no such time, having no date."""
    read = _read(session, calendar, proposal, reader, language, None)
    standing = {row.id for row in latest(read.rows, last).values()}
    made = steps.between(read.rows, first, last)
    told = tuple(read.told(step.row, step, step.row.id in standing) for step in made)
    undated = sum(1 for row in read.rows if row.effective_on is None and row.id not in read.replaced)
    return History(told, tuple(read.citations.sources), undated)


def gathering(session: Session, calendar: Calendar, proposal: Proposal, reader: Reader, language: str, day: date, as_of: bool) -> Gathering:
    limit = day if as_of else None
    rows = backers.rows(session, proposal, reader, limit)
    citations = Citations(session, language, positions=(row.id for row in rows))
    listed = backers.listed(rows, on_older_text(session, rows), citations, language)
    council = populations.council(session, day)
    told, under = coalition.families(listed, council), coalition.by_term(calendar, rows, day)
    weighed = weighing.numbered(council, latest(rows).values(), citations)
    return Gathering(told, tuple(under), weighed, tuple(citations.sources))


def _read(
    session: Session, calendar: Calendar, proposal: Proposal, reader: Reader, language: str, as_of: date | None, actor_id: int | None = None
) -> _Read:
    found = backers.rows(session, proposal, reader, as_of)
    rows = [row for row in found if actor_id in (None, row.actor_id)]
    citations = Citations(session, language, positions=(row.id for row in rows))
    return _Read(rows, calendar, language, citations, on_older_text(session, rows), backers.corrected(found))

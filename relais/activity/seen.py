"""What is new to a reader since their last visit, and that they have seen it."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from models import Event, Person
from relais import activity
from relais.access import Reader
from relais.activity import Filters
from relais.proposals.titles import Title

FEW, MANY = 3, 100


@dataclass(frozen=True)
class News:
    """How much is new by proposal, the most first, and besides; `more` where it was too much to count. As of the event `upto`."""

    proposals: list[tuple[Title, int]]
    besides: int
    more: bool
    upto: int

    @property
    def number(self) -> int:
        return sum(number for _, number in self.proposals) + self.besides


def news(session: Session, reader: Reader, language: str) -> News | None:
    """What others did since the reader last said that they had seen everything; None where nothing is new, or nobody is signed in."""
    if reader.person is None:
        return None
    found = activity.page(session, reader, language, Filters(after=reader.person.seen_event_id), limit=MANY)
    if not found.acts:
        return None
    counted = Counter(act.proposal for act in found.acts)
    besides = counted.pop(None, 0)
    return News([(title, number) for title, number in counted.most_common() if title], besides, bool(found.older), found.newest)


def mark(session: Session, person: Person, upto: int) -> bool:
    """Remember that the person has seen everything up to an event: never less than before, never what is not there yet."""
    newest = select(func.coalesce(func.max(col(Event.id)), 0)).scalar_subquery()
    forward = update(Person).where(col(Person.id) == person.id, col(Person.seen_event_id) < upto, newest >= upto)
    return session.connection().execute(forward.values(seen_event_id=upto)).rowcount == 1

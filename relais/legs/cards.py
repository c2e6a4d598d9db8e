"""The legs of one proposal beside the calendar: a card for each presidency, what is offered to it, and where an ask may go. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from models.group import Role
from relais.legs import contacts
from relais.legs.contacts import Contact
from relais.legs.targets import Target
from relais.presidencies import Calendar, Term
from relais.proposals.titles import Title


@dataclass(frozen=True)
class Told:
    """One leg. `lineage` are the presidencies its ask comes from, the last first; `onward` the one it is carried to.

    The note, and who leads if it is a person, are for the proposal's group: to others they are empty.
    """

    id: int
    proposal_id: int
    slug: str
    group_id: int
    title: Title
    term: Term
    ask: str
    ask_language: str
    note: str
    note_language: str
    outcome: str
    outcome_language: str
    lead_id: int | None
    lead: str
    lead_role: Role | None
    group: str
    group_language: str
    group_slug: str
    public: bool
    version: int
    targets: tuple[Target, ...]
    lineage: tuple[Term, ...] = ()
    onward: Term | None = None
    contacts: tuple[Contact, ...] = ()

    @property
    def closed(self) -> bool:
        return bool(self.outcome)

    @property
    def open(self) -> bool:
        """Whether it is still asked, of this presidency."""
        return not self.closed and self.onward is None

    def unanswered(self, today: date) -> list[Contact]:
        return contacts.unanswered(self.contacts, today)


@dataclass(frozen=True)
class Line:
    """A leg in short: what decides where its ask comes from and may go to."""

    id: int
    proposal_id: int
    term: Term
    closed: bool
    lineage: tuple[Term, ...]
    onward: Term | None

    @property
    def open(self) -> bool:
        return not self.closed and self.onward is None


Some = TypeVar("Some", Told, Line)


@dataclass(frozen=True)
class Card:
    """One presidency of a proposal: what is asked of it, or else the open ask that may be carried to it."""

    term: Term
    leg: Told | None
    offered: Told | None
    current: bool
    next: bool


def of(calendar: Calendar, legs: Sequence[Told], today: date, *, planning: bool) -> tuple[list[Card], list[Card]]:
    """What is current or to come, in order, and what is over, the last first. Who plans sees the presidencies of the trios at hand too."""
    now = calendar.at(today)
    following = calendar.after(now)
    near = {term.slug for one in (now, following) if one for term in trio(calendar, one)} if planning else set()
    asked = {leg.term.slug: leg for leg in legs}
    ahead = [term for term in calendar.terms if term.ends_on >= today and (term.slug in asked or term.slug in near)]
    over = [term for term in reversed(calendar.terms) if term.ends_on < today and term.slug in asked]
    first, last = ([_card(term, asked, legs, now, following, planning) for term in terms] for terms in (ahead, over))
    return first, last


def offered(legs: Sequence[Some], term: Term) -> Some | None:
    """Of the legs of one proposal the last open one before that presidency, when its ask may be carried there."""
    there = next((leg for leg in legs if leg.term == term), None)
    if there is not None and (there.lineage or there.closed):
        return None
    before = [leg for leg in legs if leg.open and leg.term.starts_on < term.starts_on]
    return max(before, key=lambda leg: leg.term.starts_on, default=None)


def open_to(calendar: Calendar, legs: Sequence[Told], leg: Told) -> list[Term]:
    """The presidencies an ask may be carried to: later ones that are asked nothing yet, or something that goes on from nowhere."""
    taken = {one.term.slug for one in legs if one.lineage or one.closed}
    return [term for term in calendar.terms if term.starts_on > leg.term.starts_on and term.slug not in taken]


def trio(calendar: Calendar, term: Term) -> list[Term]:
    """The presidencies of one trio, in order."""
    place = calendar.terms.index(term)
    near = calendar.terms[max(0, place - 2) : place + 3]
    return [other for other in near if other.trio == term.trio]


def _card(term: Term, asked: dict[str, Told], legs: Sequence[Told], now: Term | None, following: Term | None, planning: bool) -> Card:
    return Card(term, asked.get(term.slug), offered(legs, term) if planning else None, current=term is now, next=term is following)

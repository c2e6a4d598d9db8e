"""What a report is about: the selection its address says, checked against the record."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AfterValidator, Field
from sqlalchemy import func, or_, true
from sqlmodel import Session, col, select

from models import Actor, Group, Position, Proposal, ProposalTheme, Theme
from relais.access import VISITOR, visible_positions, visible_proposals
from relais.errors import Invalid
from relais.export.rows import Where
from relais.form import Form
from relais.i18n import N_
from relais.presidencies import Calendar, Term

MOST = 500  # proposals on paper or in a workbook; the whole record is one file of its own


class Section(StrEnum):
    """What a report may tell of each proposal."""

    TEXTS = "texts"
    STAGES = "stages"
    POSITIONS = "positions"
    TIMELINE = "timeline"
    ASKS = "asks"
    ARITHMETIC = "arithmetic"
    SOURCES = "sources"


USUAL = tuple(part for part in Section if part is not Section.TEXTS)


def _usual(chosen: list[Section]) -> list[Section]:
    return [part for part in Section if part in (chosen or USUAL)]


class Selection(Form):
    """As the query of an address says it: repeated `proposal`, `group`, `theme`, `actor` and `part`; `from` and `to` are presidencies.

    Proposals are those named, with those of the groups and themes, and those the actors have a position on; all of them where none of the
    four is said. The period limits what is told of the timeline, not where things stand: `as_of` does that.
    """

    proposals: list[str] = Field(default=[], alias="proposal")
    groups: list[str] = Field(default=[], alias="group")
    themes: list[str] = Field(default=[], alias="theme")
    actors: list[str] = Field(default=[], alias="actor")
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")
    as_of: date | None = None
    parts: Annotated[list[Section], AfterValidator(_usual), Field(alias="part", validate_default=True)] = []

    def told(self) -> dict[str, Any]:
        """As the document says it."""
        lists = {"proposals": self.proposals, "groups": self.groups, "themes": self.themes, "actors": self.actors}
        return {**lists, "from": self.first or None, "to": self.last or None, "parts": [part.value for part in self.parts]}

    def query(self) -> str:
        """As an address says it; the usual parts go without saying."""
        several = {"proposal": self.proposals, "group": self.groups, "theme": self.themes, "actor": self.actors}
        asked: list[tuple[str, str]] = [(name, slug) for name, slugs in several.items() for slug in slugs]
        asked += [(name, value) for name, value in (("from", self.first), ("to", self.last), ("as_of", str(self.as_of or ""))) if value]
        if self.parts != list(USUAL):
            asked += [("part", part.value) for part in self.parts]
        return urlencode(asked)


def checked(session: Session, selection: Selection, calendar: Calendar) -> None:
    """Raises Invalid beside its field for what is not there for visitors, a period that ends before it begins, or too many proposals."""
    kinds: tuple[tuple[Any, str, list[str]], ...] = (
        (Proposal, "proposal", selection.proposals),
        (Group, "group", selection.groups),
        (Theme, "theme", selection.themes),
        (Actor, "actor", selection.actors),
    )
    for kind, field, slugs in kinds:
        seen = visible_proposals(VISITOR) if kind is Proposal else true()
        there = set(session.exec(select(kind.slug).where(kind.slug.in_(slugs), seen))) if slugs else set()
        if missing := sorted(set(slugs) - there):
            raise Invalid("“%(slug)s” is not in the record", field=field, slug=missing[0])
    first, last = period(selection, calendar)
    if first and last and last.ends_on < first.starts_on:
        raise Invalid("The period ends before it begins", field="to")
    number = session.exec(select(func.count()).select_from(Proposal).where(chosen(selection), visible_proposals(VISITOR))).one()
    if number > MOST:
        raise Invalid(N_("A report holds at most %(most)s proposals; the JSON export holds all"), field="proposal", most=MOST)


def period(selection: Selection, calendar: Calendar) -> tuple[Term | None, Term | None]:
    """The first and the last presidency of the period. Raises Invalid for one that is not known."""
    return _term(selection.first, "from", calendar), _term(selection.last, "to", calendar)


def chosen(selection: Selection) -> Where:
    """A condition on Proposal."""
    asked = tuple(_asked(selection))
    return or_(*asked) if asked else true()


def _asked(selection: Selection) -> Iterable[Where]:
    if selection.proposals:
        yield col(Proposal.slug).in_(selection.proposals)
    if selection.groups:
        yield col(Proposal.group_id).in_(select(col(Group.id)).where(col(Group.slug).in_(selection.groups)))
    if selection.themes:
        yield col(Proposal.id).in_(select(col(ProposalTheme.proposal_id)).where(col(ProposalTheme.theme).in_(selection.themes)))
    if selection.actors:
        theirs = select(col(Actor.id)).where(col(Actor.slug).in_(selection.actors))
        said = select(col(Position.proposal_id)).where(col(Position.actor_id).in_(theirs), visible_positions(VISITOR))
        yield col(Proposal.id).in_(said)


def _term(slug: str, field: str, calendar: Calendar) -> Term | None:
    if not slug:
        return None
    found = next((term for term in calendar.terms if term.slug == slug), None)
    if found is None:
        raise Invalid("“%(slug)s” is not in the record", field=field, slug=slug)
    return found

"""The calendar of Council presidencies. After the last known one it ends: nothing is invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Session, col, select

from models import Actor, Presidency, Source
from models.event import EventKind
from models.partial_date import PartialDate
from relais import ledger
from relais.errors import Invalid, Missing
from relais.form import Form


class PresidencyForm(Form):
    slug: Annotated[str, StringConstraints(pattern=r"^\d{4}-[a-z]{2}$")]
    state: Annotated[str, StringConstraints(max_length=80)]
    starts: date
    ends: date
    trio: list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]]
    legal_basis: Annotated[str, StringConstraints(max_length=120)]
    known_on: date
    note_fr: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Term:
    """One presidency with what every page says of it."""

    slug: str
    code: str
    actor_id: int
    actor: str
    names: dict[str, str]
    starts_on: date
    ends_on: date
    trio: tuple[str, ...]

    @property
    def half(self) -> int:
        return 1 if self.starts_on.month < 7 else 2

    @property
    def year(self) -> int:
        return self.starts_on.year

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class Calendar:
    """All known terms in order."""

    terms: tuple[Term, ...]

    def at(self, day: date) -> Term | None:
        return next((term for term in self.terms if term.starts_on <= day <= term.ends_on), None)

    def after(self, term: Term | None) -> Term | None:
        return next((other for other in self.terms if term and other.starts_on > term.ends_on), None)

    def before(self, term: Term | None) -> Term | None:
        return next((other for other in reversed(self.terms) if term and other.ends_on < term.starts_on), None)

    def of(self, when: PartialDate) -> Term | None:
        """The presidency a date falls in; a date too coarse to fall in one falls in none."""
        return next((term for term in self.terms if when.falls_between(term.starts_on, term.ends_on)), None)


def calendar(session: Session) -> Calendar:
    """Every known presidency, in one query."""
    rows = session.exec(select(Presidency, Actor.slug, Actor.names).join(Actor).order_by(col(Presidency.starts_on))).all()
    return Calendar(tuple(_term(row, slug, dict(names)) for row, slug, names in rows))


def _term(row: Presidency, slug: str, names: dict[str, str]) -> Term:
    return Term(row.slug, row.code, row.actor_id, slug, names, row.starts_on, row.ends_on, tuple(row.trio))


def find(session: Session, slug: str) -> tuple[Presidency, Actor, Source]:
    found = session.exec(select(Presidency, Actor, Source).join(Actor).join(Source).where(col(Presidency.slug) == slug)).first()
    if found is None:
        raise Missing
    return found


def add(session: Session, form: PresidencyForm, *, now: datetime) -> Presidency:
    """Add a presidency. Raises Invalid when it overlaps one or its state or legal basis is not known."""
    state = session.exec(select(Actor).where(col(Actor.slug) == form.state)).first()
    source = session.exec(select(Source).where(col(Source.slug) == form.legal_basis)).first()
    if state is None or state.code is None or source is None:
        raise Invalid("Name a known state and a known legal basis", field="state")
    if _overlapping(session, form):
        raise Invalid("Another presidency is known for these days", field="starts")
    row = Presidency(
        slug=form.slug,
        actor_id=state.id,
        code=state.code,
        starts_on=form.starts,
        ends_on=form.ends,
        source_id=source.id,
        **form.model_dump(include={"trio", "known_on", "note_fr", "note_en"}),
    )
    session.add(row)
    ledger.record(session, EventKind.PRESIDENCY_ADDED, row, at=now, by=None, slug=row.slug)
    return row


def _overlapping(session: Session, form: PresidencyForm) -> Sequence[str]:
    return session.exec(select(Presidency.slug).where(col(Presidency.starts_on) <= form.ends, col(Presidency.ends_on) >= form.starts)).all()

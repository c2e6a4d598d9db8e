"""The calendar of Council presidencies. After the last known one it ends: nothing is invented."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy import String, cast
from sqlmodel import Session, col, select

from models import Actor, Person, Presidency, Source
from models.event import EventKind
from models.partial_date import PartialDate
from relais import ledger
from relais.db import columns
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
        if when.on is None:
            return None
        place = bisect_right(self._starts, when.on)  # no two overlap: only the last to begin by then can hold it
        term = self.terms[place - 1] if place else None
        return term if term and when.falls_between(term.starts_on, term.ends_on) else None

    def over_since(self, term: Term, day: date) -> int:
        """How many presidencies began after that one and were over by `day`."""
        return max(0, bisect_left(self._ends, day) - bisect_right(self._starts, term.ends_on))

    @cached_property
    def _starts(self) -> list[date]:
        return [term.starts_on for term in self.terms]

    @cached_property
    def _ends(self) -> list[date]:
        return [term.ends_on for term in self.terms]


# Lists and names as the text they are kept as: they are read for every page, and change so seldom that each is taken apart once.
_TERMS = (
    columns(
        Presidency.slug, Presidency.code, Presidency.actor_id, col(Actor.slug).label("actor"), cast(Actor.names, String),
        Presidency.starts_on, Presidency.ends_on, cast(Presidency.trio, String),
    )
    .join(Actor, col(Actor.id) == col(Presidency.actor_id))
    .order_by(col(Presidency.starts_on))
)  # fmt: skip


def calendar(session: Session) -> Calendar:
    """Every known presidency, in one query."""
    return Calendar(tuple(_term(*row) for row in session.connection().execute(_TERMS).all()))


@lru_cache(maxsize=512)
def _term(slug: str, code: str, actor_id: int, actor: str, names: str, starts_on: date, ends_on: date, trio: str) -> Term:
    return Term(slug, code, actor_id, actor, json.loads(names), starts_on, ends_on, tuple(json.loads(trio)))


def find(session: Session, slug: str) -> tuple[Presidency, Actor, Source]:
    found = session.exec(select(Presidency, Actor, Source).join(Actor).join(Source).where(col(Presidency.slug) == slug)).first()
    if found is None:
        raise Missing
    return found


def add(session: Session, form: PresidencyForm, *, now: datetime, by: Person | None = None) -> Presidency:
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
    ledger.record(session, EventKind.PRESIDENCY_ADDED, row, at=now, by=by, slug=row.slug)
    return row


def _overlapping(session: Session, form: PresidencyForm) -> Sequence[str]:
    return session.exec(select(Presidency.slug).where(col(Presidency.starts_on) <= form.ends, col(Presidency.ends_on) >= form.starts)).all()

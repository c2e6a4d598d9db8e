"""Populations: how many people live in each member state in a year, with the source that says so; and the Council of a day."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Actor, Person, Population, Source
from models.actor import ActorKind
from models.event import EventKind
from relais import ledger
from relais.db import columns
from relais.errors import Invalid
from relais.form import Form
from relais.positions.arithmetic import LEAST, Council, State, in_order

# As protocol lists the member states: by the name each gives itself (interinstitutional style guide, 7.1.2).
PROTOCOL = (
    "BE", "BG", "CZ", "DK", "DE", "EE", "IE", "EL", "ES", "FR", "HR", "IT", "CY", "LV", "LT", "LU", "HU", "MT", "NL", "AT", "PL", "PT",
    "RO", "SI", "SK", "FI", "SE",
)  # fmt: skip
# The United Kingdom was a member until the day before and is not on record: who the members were is known from here on.
MEMBERS_KNOWN_SINCE = date(2020, 2, 1)
RULE = "council-qualified-majority"


class PopulationsForm(Form):
    """`people` by the slug of the state; `source` is the slug of what the figures are from."""

    year: Annotated[int, Field(gt=1957, lt=2200)]
    source: Annotated[str, Field(max_length=120)]
    people: dict[str, Annotated[int, Field(gt=0, lt=2**31)]]


def add(session: Session, form: PopulationsForm, *, by: Person | None, now: datetime) -> int:
    """Add the figures of a year, and give their number. Raises Invalid where a state or the source is not known, or the year is there."""
    source = session.exec(select(Source).where(col(Source.slug) == form.source)).first()
    if source is None:
        raise Invalid("Choose a source from the list", field="source")
    if session.exec(select(Population.year).where(col(Population.year) == form.year)).first() is not None:
        raise Invalid("The figures of this year are there", field="year")
    states = session.exec(select(Actor).where(col(Actor.slug).in_(form.people), col(Actor.kind) == ActorKind.MEMBER_STATE)).all()
    if len(states) < len(form.people):
        raise Invalid("Choose an actor from the list", field="people")
    session.add_all(Population(year=form.year, actor_id=one.id, people=form.people[one.slug], source_id=source.id) for one in states)
    ledger.record(session, EventKind.POPULATIONS_ADDED, source, at=now, by=by, slug=source.slug, year=form.year)
    return len(states)


def council(session: Session, day: date | None) -> Council:
    """The member states of a day in protocol order, with the newest figures of their people from its year or before. Two queries.

    Without a day as it stands: those of whom no last day is recorded, with the newest figures there are.
    """
    newest = select(func.max(Population.year))
    year = (newest.where(col(Population.year) <= day.year) if day else newest).scalar_subquery()
    query = (
        columns(
            Actor.id, Actor.slug, Actor.code, Actor.names, Actor.since, Actor.until,
            Population.people, Population.year, Population.source_id,
        )
        .outerjoin(Population, (col(Population.actor_id) == col(Actor.id)) & (col(Population.year) == year))
        .where(col(Actor.kind) == ActorKind.MEMBER_STATE, col(Actor.size).is_(None))
    )  # fmt: skip
    rows = [row for row in session.execute(query) if _there(row, day)]
    rows.sort(key=lambda row: in_order(PROTOCOL, row.code or row.slug))
    counted = next((row for row in rows if row.people), None)
    of = col(Source.slug) == RULE
    sources = session.exec(select(Source).where(of | (col(Source.id) == counted.source_id) if counted else of)).all()
    return Council(
        tuple(State(row.id, row.slug, row.code or "", row.names, row.people) for row in rows),
        known=(day is None or day >= MEMBERS_KNOWN_SINCE) and len(rows) >= LEAST,
        year=counted.year if counted else None,
        figures=next((one for one in sources if counted and one.id == counted.source_id), None),
        rule=next((one for one in sources if one.slug == RULE), None),
    )


def _there(row: Any, day: date | None) -> bool:
    return row.until is None if day is None else (row.since or day) <= day <= (row.until or day)

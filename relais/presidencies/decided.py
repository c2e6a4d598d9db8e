"""The calendar goes on: the next presidency, as a decision of the Council sets it, added by hand and checked against those there are."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import StringConstraints, field_validator
from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Actor, Person, Presidency, Source
from models.actor import ActorKind
from models.partial_date import PartialDate, Precision
from relais import presidencies, sources
from relais.choices import Choices
from relais.db import columns
from relais.errors import Invalid
from relais.form import Day, Form, Url
from relais.i18n import N_
from relais.presidencies import PresidencyForm
from relais.sources import SourceForm

Words = Annotated[str, StringConstraints(max_length=500)]


class DecidedForm(Form):
    """`decision` is the slug of a source; left empty, its title and address add one. `trio` are three codes, in their order."""

    state: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    starts_on: Day
    trio: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    decision: Annotated[str, StringConstraints(max_length=120)] = ""
    decision_title: Annotated[str, StringConstraints(max_length=300)] = ""
    decision_url: Url = ""
    known_on: Day
    note_fr: Words = ""
    note_en: Words = ""

    @field_validator("starts_on")
    @classmethod
    def _begins_a_half_year(cls, day: date) -> date:
        if (day.month, day.day) not in ((1, 1), (7, 1)):
            raise ValueError(N_("A presidency starts on 1 January or on 1 July"))
        return day

    @property
    def codes(self) -> list[str]:
        return self.trio.upper().replace(",", " ").replace("-", " ").split()


def add(session: Session, form: DecidedForm, *, by: Person, now: datetime) -> Presidency:
    """Add the presidency that follows the last known one. Raises Invalid for a gap, an overlap, or what is not known."""
    state = _state(session, form)
    _check_place(session, form.starts_on)
    code = str(state.code)
    decision = _decision(session, form, by, now)
    half = PartialDate(form.starts_on, precision=Precision.HALF_YEAR)
    row = PresidencyForm(
        slug=f"{form.starts_on.year}-{code.lower()}",
        state=state.slug,
        starts=form.starts_on,
        ends=half.last(),
        trio=_trio(session, form, code),
        legal_basis=decision.slug,
        known_on=form.known_on,
        note_fr=form.note_fr,
        note_en=form.note_en,
    )
    return presidencies.add(session, row, now=now, by=by)


def states(session: Session) -> list[Actor]:
    query = select(Actor).where(col(Actor.kind) == ActorKind.MEMBER_STATE, col(Actor.code).is_not(None)).order_by(col(Actor.code))
    return list(session.exec(query))


def decisions(session: Session) -> Choices:
    """The decisions that set a presidency so far, the newest first."""
    setting = columns(Presidency.source_id)
    query = select(Source).where(col(Source.id).in_(setting)).order_by(col(Source.id).desc())
    return [(source.slug, source.title) for source in session.exec(query)]


def next_day(session: Session) -> date | None:
    """The day after the last known presidency; None while none is known."""
    last: date | None = session.execute(columns(func.max(col(Presidency.ends_on)))).scalar()
    return last + timedelta(days=1) if last else None


def _check_place(session: Session, starts: date) -> None:
    following = next_day(session)
    if following is None or starts == following:
        return
    if starts > following:
        raise Invalid("This leaves a gap: the last known presidency ends on %(day)s", field="starts_on", day=following - timedelta(days=1))
    raise Invalid("Another presidency is known for these days", field="starts_on")


def _state(session: Session, form: DecidedForm) -> Actor:
    state = session.exec(select(Actor).where(col(Actor.slug) == form.state, col(Actor.kind) == ActorKind.MEMBER_STATE)).first()
    if state is None or state.code is None:
        raise Invalid("Choose one from the list", field="state")
    return state


def _trio(session: Session, form: DecidedForm, presiding: str) -> list[str]:
    known = {state.code for state in states(session)}
    if len(set(form.codes)) != 3 or not known.issuperset(form.codes):
        raise Invalid("Name the three states by their codes, such as IE LT EL", field="trio")
    if presiding not in form.codes:
        raise Invalid("The state that presides is one of the three", field="trio")
    return form.codes


def _decision(session: Session, form: DecidedForm, by: Person, now: datetime) -> Source:
    if form.decision:
        source = session.exec(select(Source).where(col(Source.slug) == form.decision)).first()
        if source is None:
            raise Invalid("Choose one from the list", field="decision")
        return source
    for field in ("decision_title", "decision_url"):
        if not getattr(form, field):
            raise Invalid("Choose the decision, or give its title and its address", field=field)
    known = session.exec(select(Source).where(col(Source.url) == form.decision_url)).first()
    added = SourceForm(title=form.decision_title, url=form.decision_url, language="en", retrieved_on=now.date())
    return known or sources.add(session, added, by=by, now=now)

"""Actors: states, institutions and organisations that take positions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator
from sqlmodel import Session, col, select

from models import Actor, Person
from models.actor import ActorKind
from models.event import EventKind
from relais import ledger
from relais.db import columns, take
from relais.errors import Invalid, Missing
from relais.form import Beside, Day, Form, Note, Slug
from relais.i18n import N_


class ActorForm(Form):
    """`part_of` is the slug of the body or state it belongs to; `since` and `until` its first and last day, where known."""

    kind: ActorKind
    name_fr: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    name_en: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    code: Annotated[str, StringConstraints(max_length=12)] | None = None
    size: Annotated[int, Field(gt=1, lt=1_000_000_000)] | None = None
    part_of: Annotated[str, StringConstraints(max_length=80)] = ""
    since: Day | None = None
    until: Day | None = None
    note_fr: Note = ""
    note_en: Note = ""

    @model_validator(mode="after")
    def _begins_first(self) -> Self:
        if self.since and self.until and self.until < self.since:
            raise Beside("until", N_("This ends before it begins"))
        return self


@dataclass(frozen=True)
class Part:
    """An actor as another's page names it: the whole it is part of, or one of its parts."""

    slug: str
    kind: ActorKind
    names: dict[str, str]
    since: date | None
    until: date | None

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]

    def over(self, day: date) -> bool:
        """Whether it was gone by that day."""
        return self.until is not None and self.until < day


@dataclass(frozen=True)
class Kin:
    """What an actor is part of, and what is part of it: those still there first, by name."""

    whole: Part | None
    parts: tuple[Part, ...]


def add(session: Session, slug: Slug, form: ActorForm, *, by: Person | None, now: datetime, names: dict[str, str] | None = None) -> Actor:
    """Add an actor; `names` may hold its name in more languages. Raises Invalid when its slug or code is taken."""
    taken = session.exec(select(Actor.id).where((col(Actor.slug) == slug) | (col(Actor.code) == (form.code or "-")))).first()
    if taken is not None:
        raise Invalid("This actor is already there", field="name_fr")
    actor = Actor(slug=slug, names={**(names or {}), "fr": form.name_fr, "en": form.name_en}, **_columns(session, form))
    session.add(actor)
    ledger.record(session, EventKind.ACTOR_ADDED, actor, at=now, by=by, slug=slug)
    return actor


def change(session: Session, actor: Actor, form: ActorForm, *, version: int, by: Person, now: datetime) -> Actor:
    """Correct what is said of an actor. Raises Stale when somebody did in between, Invalid when another actor has its code."""
    if form.code and session.exec(select(Actor.id).where(col(Actor.code) == form.code, col(Actor.id) != actor.id)).first() is not None:
        raise Invalid("Another actor has this code", field="code")
    facts = _columns(session, form, actor)
    take(session, actor, version)
    actor.sqlmodel_update(facts | {"names": {**actor.names, "fr": form.name_fr, "en": form.name_en}})
    ledger.record(session, EventKind.ACTOR_CHANGED, actor, at=now, by=by, slug=actor.slug)
    return actor


def find(session: Session, slug: str) -> Actor:
    actor = session.exec(select(Actor).where(col(Actor.slug) == slug)).first()
    if actor is None:
        raise Missing
    return actor


def known(session: Session, slug: str) -> Actor:
    """The actor a form names, or Invalid beside the field."""
    actor = session.exec(select(Actor).where(col(Actor.slug) == slug)).first()
    if actor is None:
        raise Invalid("Choose an actor from the list", field="actor")
    return actor


def kin(session: Session, actor: Actor, language: str, day: date) -> Kin:
    """What it belongs to and what belongs to it, in one query."""
    near = columns(Actor.id, Actor.slug, Actor.kind, Actor.names, Actor.since, Actor.until).where(
        (col(Actor.id) == actor.part_of_id) | (col(Actor.part_of_id) == actor.id)
    )
    found = {row.id: Part(row.slug, row.kind, row.names, row.since, row.until) for row in session.execute(near)}
    whole = found.pop(actor.part_of_id, None) if actor.part_of_id else None
    return Kin(whole, tuple(sorted(found.values(), key=lambda part: (part.over(day), part.name(language).casefold()))))


def _columns(session: Session, form: ActorForm, actor: Actor | None = None) -> dict[str, Any]:
    whole = _whole(session, form.part_of, actor)
    return form.model_dump(exclude={"name_fr", "name_en", "part_of"}) | {"code": form.code or None, "part_of_id": whole}


def _whole(session: Session, slug: str, actor: Actor | None) -> int | None:
    """The id of what an actor belongs to. Nothing is part of itself, by however many steps. Raises Invalid."""
    if not slug:
        return None
    whole = session.exec(select(Actor).where(col(Actor.slug) == slug)).first()
    if whole is None:
        raise Invalid("Choose an actor from the list", field="part_of")
    upwards: Actor | None = whole
    while upwards is not None and actor is not None:
        if upwards.id == actor.id:
            raise Invalid("An actor is not part of itself", field="part_of")
        upwards = session.get(Actor, upwards.part_of_id) if upwards.part_of_id else None
    return whole.id

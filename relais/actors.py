"""Actors: states, institutions and organisations that take positions."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlmodel import Session, col, select

from models import Actor, Person
from models.actor import ActorKind
from models.event import EventKind
from relais import ledger
from relais.db import take
from relais.errors import Invalid, Missing
from relais.form import Form, Note, Slug


class ActorForm(Form):
    kind: ActorKind
    name_fr: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    name_en: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    code: Annotated[str, StringConstraints(max_length=12)] | None = None
    size: Annotated[int, Field(gt=1, lt=1_000_000_000)] | None = None
    note_fr: Note = ""
    note_en: Note = ""


def add(session: Session, slug: Slug, form: ActorForm, *, by: Person | None, now: datetime, names: dict[str, str] | None = None) -> Actor:
    """Add an actor; `names` may hold its name in more languages. Raises Invalid when its slug or code is taken."""
    taken = session.exec(select(Actor.id).where((col(Actor.slug) == slug) | (col(Actor.code) == (form.code or "-")))).first()
    if taken is not None:
        raise Invalid("This actor is already there", field="name_fr")
    actor = Actor(slug=slug, names={**(names or {}), "fr": form.name_fr, "en": form.name_en}, **_columns(form))
    session.add(actor)
    ledger.record(session, EventKind.ACTOR_ADDED, actor, at=now, by=by, slug=slug)
    return actor


def change(session: Session, actor: Actor, form: ActorForm, *, version: int, by: Person, now: datetime) -> Actor:
    """Correct what is said of an actor. Raises Stale when somebody did in between, Invalid when another actor has its code."""
    if form.code and session.exec(select(Actor.id).where(col(Actor.code) == form.code, col(Actor.id) != actor.id)).first() is not None:
        raise Invalid("Another actor has this code", field="code")
    take(session, actor, version)
    actor.sqlmodel_update(_columns(form) | {"names": {**actor.names, "fr": form.name_fr, "en": form.name_en}})
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


def _columns(form: ActorForm) -> dict[str, Any]:
    return form.model_dump(exclude={"name_fr", "name_en"}) | {"code": form.code or None}

"""Positions: recorded, and corrected by a new row."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Actor, Position
from relais import choices, positions
from relais.positions import PositionForm
from relais.sources import claims
from web import words
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Id, Place, edited, for_editor, onward
from web.record import record_page, typed

routes = APIRouter(prefix="/{language}")


@routes.get("/proposals/{slug}/positions/new")
@looking
def new(desk: Desk, slug: str, actor: str = "") -> Response:
    return _form(desk, edited(desk, slug), Posted(desk.language, {"actor": actor} if actor else {}))


@routes.post("/proposals/{slug}/positions/new")
@acting
def create(desk: Desk, slug: str, form: Posted[PositionForm] = posted(PositionForm)) -> Response:
    place = edited(desk, slug)
    if not form.errors:
        with form.trying(desk.session):
            row = positions.record(desk.session, place.proposal, form.form, by=place.by, now=desk.now)
    return _form(desk, place, form, 422) if form.errors else onward(desk, f"{place.path}#p{row.id}")


@routes.get("/positions/{id}/edit")
@looking
def edit(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    old, place = _found(desk, id)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return onward(desk, f"/positions/{now.id}/edit")
    actor = desk.session.get_one(Actor, old.actor_id).slug
    return _form(desk, place, Posted(desk.language, {"actor": actor, "stance": old.stance.value} | typed(old, desk.language)), old=old)


@routes.post("/positions/{id}/edit")
@acting
def update(desk: Desk, id: Id, form: Posted[PositionForm] = posted(PositionForm)) -> Response:  # noqa: A002
    old, place = _found(desk, id)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return _form(desk, place, form, 409, old=now, stale=True)
    if not form.errors:
        with form.trying(desk.session):
            row = positions.correct(desk.session, place.proposal, old, form.form, by=place.by, now=desk.now)
    return _form(desk, place, form, 422, old=old) if form.errors else onward(desk, f"{place.path}#p{row.id}")


def _found(desk: Desk, position_id: int) -> tuple[Position, Place]:
    old, proposal = claims.position(desk.session, position_id, desk.reader)
    return old, for_editor(desk, proposal)


def _form(desk: Desk, place: Place, form: Posted[Any], status: int = 200, *, old: Position | None = None, stale: bool = False) -> Response:
    say = words.Words(desk.language).word
    shown = {
        "actors": [(say(kind), inside) for kind, inside in choices.actors(desk.session, desk.language)],
        "sources": choices.sources(desk.session),
        "old": old,
        "old_actor": desk.session.get_one(Actor, old.actor_id).name(desk.language) if old else "",
        "stale": stale,
    }
    return record_page(desk, "positions/new.html", place, form, status, **shown)

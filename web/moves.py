"""Moves: a proposal passes to another stage, and what is told of a move is corrected."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Move
from models.proposal import NEXT, Stage
from relais import choices, proposals
from relais.errors import Invalid, Stale
from relais.proposals import MoveForm
from relais.sources import claims
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Id, Place, edited, for_editor, onward
from web.record import record_page, typed

routes = APIRouter(prefix="/{language}")


@routes.get("/proposals/{slug}/moves/new")
@looking
def new(desk: Desk, slug: str) -> Response:
    return _form(desk, edited(desk, slug), Posted(desk.language))


@routes.post("/proposals/{slug}/moves/new")
@acting
def create(desk: Desk, slug: str, form: Posted[MoveForm] = posted(MoveForm, "version")) -> Response:
    """Whoever saw another stage than the one it stands at is told, and keeps what they typed."""
    place = edited(desk, slug)
    if form.numbers.get("version") not in (None, place.proposal.version):
        return _form(desk, place, form, 409, stale=True)
    if not form.errors:
        try:
            with form.trying(desk.session):
                row = _move(desk, place, form)
        except Stale:
            return _form(desk, place, form, 409, stale=True)
    return _form(desk, place, form, 422) if form.errors else onward(desk, f"{place.path}#m{row.id}")


@routes.get("/moves/{id}/edit")
@looking
def edit(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    old, place = _found(desk, id)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return onward(desk, f"/moves/{now.id}/edit")
    return _form(desk, place, Posted(desk.language, {"to": old.to_stage.value} | typed(old, desk.language)), old=old)


@routes.post("/moves/{id}/edit")
@acting
def update(desk: Desk, id: Id, form: Posted[MoveForm] = posted(MoveForm)) -> Response:  # noqa: A002
    old, place = _found(desk, id)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return _form(desk, place, form, 409, old=now, stale=True)
    if not form.errors:
        with form.trying(desk.session):
            row = proposals.correct_move(desk.session, place.proposal, old, form.form, by=place.by, now=desk.now)
    return _form(desk, place, form, 422, old=old) if form.errors else onward(desk, f"{place.path}#m{row.id}")


def _found(desk: Desk, move_id: int) -> tuple[Move, Place]:
    old, proposal = claims.move(desk.session, move_id, desk.reader)
    return old, for_editor(desk, proposal)


def _move(desk: Desk, place: Place, form: Posted[MoveForm]) -> Move:
    version = form.numbers.get("version", 0)
    row = proposals.move(desk.session, place.proposal, form.form, version=version, by=place.by, now=desk.now)
    if row is None:
        raise Invalid("It stands at this stage already", field="to")
    return row


def _form(desk: Desk, place: Place, form: Posted[Any], status: int = 200, *, old: Move | None = None, stale: bool = False) -> Response:
    stages = [stage for stage in Stage if stage in NEXT[place.proposal.stage]]
    ends = Stage.MERGED in stages and not old
    into = choices.to_merge_into(desk.session, desk.reader, desk.language, proposal=place.proposal) if ends else []
    shown = {"stages": stages, "into": into, "sources": choices.sources(desk.session), "old": old, "stale": stale}
    return record_page(desk, "moves/new.html", place, form, status, **shown)

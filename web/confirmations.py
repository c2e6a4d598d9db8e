"""Confirmations, on the side of the group: an editor asks an organisation about its position, a coordinator decides on its answer."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Actor, Confirmation, Person, Position
from relais import access, confirmations
from relais.confirmations import AskForm, deciding
from relais.confirmations.deciding import RefusalForm
from relais.confirmations.shown import recorded
from relais.errors import Refused, Stale
from relais.form import Form
from relais.i18n import N_, say
from relais.sources import claims
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Id, Place, for_editor, onward
from web.record import record_page
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}")
CHANGED = N_("This was changed in between. This is how it stands now: read it before you decide.")


@routes.get("/positions/{id}/confirmations/new")
@looking
def new(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    position, place = _asked_about(desk, id)
    return _form(desk, place, position, Posted(desk.language, {"language": desk.language}))


@routes.post("/positions/{id}/confirmations/new")
@acting
def create(desk: Desk, id: Id, form: Posted[AskForm] = posted(AskForm)) -> Response:  # noqa: A002
    position, place = _asked_about(desk, id)
    if not form.errors:
        with form.trying(desk.session):
            made = confirmations.ask(desk.session, position, place.proposal, form.form, by=place.by, now=desk.now)
    return _form(desk, place, position, form, 422) if form.errors else onward(desk, f"/confirmations/{made.id}")


@routes.get("/confirmations/{id}")
@looking
def show(desk: Desk, id: Id) -> Response:  # noqa: A002
    confirmation, _, place = _found(desk, id)
    return _show(desk, place, confirmation)


@routes.post("/confirmations/{id}/letters")
@acting
def send_again(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    confirmation, _, place = _found(desk, id)
    access.editor(desk.reader, place.proposal)
    return _act(desk, place, confirmation, form, confirmations.send_again)


@routes.post("/confirmations/{id}/withdrawal")
@acting
def withdraw(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    confirmation, _, place = _found(desk, id)
    access.editor(desk.reader, place.proposal)
    return _act(desk, place, confirmation, form, confirmations.withdraw)


@routes.post("/confirmations/{id}/approval")
@acting
def approve(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    confirmation, _, place = _found(desk, id)
    access.moderator(desk.reader, place.proposal)
    return _act(desk, place, confirmation, form, deciding.approve)


@routes.post("/confirmations/{id}/refusal")
@acting
def refuse(desk: Desk, id: Id, form: Posted[RefusalForm] = posted(RefusalForm, "version")) -> Response:  # noqa: A002
    confirmation, _, place = _found(desk, id)
    access.moderator(desk.reader, place.proposal)
    if form.errors:
        return _show(desk, place, confirmation, 422, form=form)
    return _act(desk, place, confirmation, form, deciding.refuse, form.form)


def _act(desk: Desk, place: Place, confirmation: Confirmation, form: Posted[Any], verb: Callable[..., Any], *said: Form) -> Response:
    """Do it, or show how things stand, with what was typed, where they stand otherwise than was thought."""
    number = confirmation.id
    if form.errors:
        return _show(desk, place, confirmation, 422, form=form)
    try:
        verb(desk.session, confirmation, place.proposal, *said, version=form.numbers["version"], by=place.by, now=desk.now)
    except Refused as refused:
        if refused.status != 409:
            raise
        form.errors[""] = say(desk.language, CHANGED if isinstance(refused, Stale) else refused.message)
        return _show(desk, place, desk.session.get_one(Confirmation, number), 409, form=form)
    return onward(desk, f"/confirmations/{number}")


def _asked_about(desk: Desk, position_id: int) -> tuple[Position, Place]:
    position, proposal = claims.position(desk.session, position_id, desk.reader)
    place = for_editor(desk, proposal)
    confirmations.may_ask(desk.session, position, proposal)
    return position, place


def _found(desk: Desk, confirmation_id: int) -> tuple[Confirmation, Position, Place]:
    """For the members of the group. A visitor signs in first, whatever there is."""
    desk.must_be_signed_in(f"/{desk.language}/confirmations/{confirmation_id}")
    confirmation, position, proposal = confirmations.find(desk.session, confirmation_id, desk.reader)
    return confirmation, position, Place(desk, proposal, access.within(desk.reader, proposal))


def _form(desk: Desk, place: Place, position: Position, form: Posted[Any], status: int = 200) -> Response:
    shown = recorded(desk.session, place.proposal, [position.id], desk.reader, desk.language)
    actor = desk.session.get_one(Actor, position.actor_id)
    days = {"days": confirmations.LASTS.days, "kept_days": confirmations.KEPT.days}
    return record_page(desk, "confirmations/new.html", place, form, status, position=position, actor=actor, shown=shown, **days)


def _show(desk: Desk, place: Place, confirmation: Confirmation, status: int = 200, *, form: Posted[Any] | None = None) -> Response:
    """The request with what is recorded, what stands where that was corrected, and the answer."""
    position = desk.session.get_one(Position, confirmation.position_id)
    standing = claims.standing(desk.session, position).id
    approved = confirmation.became_id
    wanted = {position.id, standing} | ({approved} if approved else set())
    people = {key: desk.session.get_one(Person, key).name for key in {confirmation.asker_id, confirmation.decider_id} if key}
    shown = {
        "confirmation": confirmation,
        "state": confirmation.state(desk.now).value,
        "position": position,
        "standing": standing,
        "overtaken": standing not in (position.id, approved),
        "actor": desk.session.get_one(Actor, position.actor_id),
        "shown": recorded(desk.session, place.proposal, wanted, desk.reader, desk.language),
        "people": people,
        "form": form or Posted(desk.language),
    }
    return private(page(desk, "confirmations/show.html", status, place=place, **shown))

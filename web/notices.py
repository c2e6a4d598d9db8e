"""A member's notices: what concerns them, read one by one or all at once, and which of it comes by letter."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from relais import access, notices
from relais.activity.words import ActWords
from relais.errors import Stale
from relais.following.words import days
from relais.i18n import N_, say
from relais.notices import ChoiceForm, words
from relais.settings import BRUSSELS
from web.activity import by_proposal
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Asked, Id, onward
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}/notices")
CHANGED = N_("This was changed in between, from another page. What you chose is below; save it again to keep it.")


@routes.get("")
@looking
def index(desk: Desk, before: Asked = 0) -> Response:
    access.member(desk.reader, desk.here)
    told, older = notices.of(desk.session, desk.reader, desk.language, before=before)
    shown: dict[str, Any] = {
        "told": told,
        "older": older,
        "piles": by_proposal(told, lambda one: one.act),
        "why": partial(words.why, desk.language),
    }
    return private(page(desk, "notices/index.html", **shown))


@routes.post("/read")
@acting
def read_all(desk: Desk, form: Posted[PressForm] = posted(PressForm, "upto")) -> Response:
    person = access.member(desk.reader, f"/{desk.language}/notices")
    notices.read_all(desk.session, person, form.numbers.get("upto", 0), desk.now)
    return RedirectResponse(f"/{desk.language}/notices", 303)


@routes.get("/letters")
@looking
def edit(desk: Desk) -> Response:
    row = notices.choice(desk.session, access.member(desk.reader, desk.here))
    until = row.paused_until
    day = until.astimezone(BRUSSELS).date().isoformat() if until and until > desk.now else ""
    stands = {"kinds": row.kinds, "pace": row.pace.value, "weekday": str(row.weekday), "paused_until": day, "version": row.version}
    return _form(desk, Posted(desk.language, stands))


@routes.post("/letters")
@acting
def change(desk: Desk, form: Posted[ChoiceForm] = posted(ChoiceForm, "version")) -> Response:
    person = access.member(desk.reader, f"/{desk.language}/notices/letters")
    if not form.errors:
        try:
            with form.trying(desk.session):
                notices.choose(desk.session, person, form.form, form.numbers["version"], today=desk.today)
        except Stale as stale:
            form.errors[""], form.values["version"] = say(desk.language, CHANGED), stale.current.version
    if form.errors:
        return _form(desk, form, 409 if "" in form.errors else 422)
    return RedirectResponse(f"/{desk.language}/notices", 303)


@routes.post("/{id}")
@acting
def read(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    """Mark one as read, and go where it stands."""
    access.member(desk.reader, f"/{desk.language}/notices")
    event = notices.read(desk.session, desk.reader, id, desk.now)
    act = notices.acts_of(desk.session, desk.reader, desk.language, [event])[event]
    return onward(desk, ActWords(desk.language).place(act).path or "/notices")


def _form(desk: Desk, form: Posted[Any], status: int = 200) -> Response:
    language = desk.language
    shown: dict[str, Any] = {"form": form, "kinds": words.kinds(language), "paces": words.paces(language), "days": days(language)}
    return private(page(desk, "notices/letters.html", status, **shown))

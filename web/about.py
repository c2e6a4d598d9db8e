"""Pages about Relais itself: its words, its keys, its accessibility; and the name a person goes by."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models.entry import Extent
from models.position import Stance
from models.proposal import Stage
from relais import access, statement
from relais.errors import Stale
from relais.people import profile
from relais.people.profile import ProfileForm
from relais.words import EXTENTS, Words
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import onward
from web.render import page

routes = APIRouter(prefix="/{language}")


@routes.get("/stages")
@looking
def stages(desk: Desk) -> Response:
    say = Words(desk.language)
    extents = [(extent, say._(EXTENTS[extent])) for extent in Extent]
    return page(desk, "about/stages.html", stages=list(Stage), stances=list(Stance), extents=extents)


@routes.get("/keyboard")
@looking
def keyboard(desk: Desk) -> Response:
    return page(desk, "about/keyboard.html")


@routes.get("/accessibility")
@looking
def accessibility(desk: Desk) -> Response:
    return page(desk, "about/accessibility.html", told=statement.current())


@routes.get("/account/edit")
@looking
def edit_profile(desk: Desk) -> Response:
    person = access.member(desk.reader, desk.here)
    return _profile(desk, Posted(desk.language, _typed(person)))


@routes.post("/account/edit")
@acting
def change_profile(desk: Desk, form: Posted[ProfileForm] = posted(ProfileForm, "version")) -> Response:
    person = access.member(desk.reader, desk.here)
    if form.errors:
        return _profile(desk, form, 422)
    try:
        profile.change(desk.session, person, form.form, version=form.numbers["version"], now=desk.now)
    except Stale:
        return _profile(desk, form, 409, theirs=_typed(person))
    return onward(desk, "/account")


def _typed(person: Any) -> dict[str, str]:
    return {"name": person.name, "language": person.language, "version": str(person.version)}


def _profile(desk: Desk, form: Posted[Any], status: int = 200, theirs: dict[str, str] | None = None) -> Response:
    template = "about/_profile.html" if desk.htmx else "about/profile.html"
    answer = page(desk, template, status, form=form, theirs=theirs)
    answer.headers["Cache-Control"] = "no-store"
    return answer

"""The calendar of presidencies, and the hand-over brief of each."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Person
from relais import access
from relais.legs import lists
from relais.legs.lists import Asks
from relais.presidencies import Term, almanac, before, brief, brief_calendar, decided
from relais.presidencies.decided import DecidedForm
from web import packets
from web.briefs.words import BriefWords
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.leg_words import LegWords
from web.place import onward
from web.render import page

routes = APIRouter(prefix="/{language}/presidencies")


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    almanach = almanac.of(desk.session, desk.calendar, desk.reader, desk.language, day=desk.day, as_of=desk.as_of is not None)
    return page(desk, "presidencies/index.html", almanac=almanach)


@routes.get("/new")
@looking
def new(desk: Desk, decision: str = "") -> Response:
    """The form of the next presidency; `decision` is the one it is read from."""
    _coordinator(desk)
    following = decided.next_day(desk.session)
    return _form(desk, Posted(desk.language, {"starts_on": str(following or ""), "decision": decision}))


@routes.post("/new")
@acting
def create(desk: Desk, form: Posted[DecidedForm] = posted(DecidedForm)) -> Response:
    by = _coordinator(desk)
    if not form.errors:
        with form.trying(desk.session):
            added = decided.add(desk.session, form.form, by=by, now=desk.now)
    return _form(desk, form, 422) if form.errors else onward(desk, f"/presidencies/{added.slug}")


@routes.get("/{slug}")
@looking
def show(desk: Desk, slug: str, proposal: str = "") -> Response:
    """The page of a presidency; `proposal` narrows its calendar to one."""
    found = brief.of(desk.session, desk.calendar, desk.reader, desk.language, slug, day=desk.day, as_of=desk.as_of is not None)
    ahead = before.of(desk.session, desk.reader, desk.calendar, desk.language, today=desk.today) if desk.as_of is None else None
    shown: dict[str, Any] = {"brief": found, "before": ahead, "diary": brief_calendar.of(found, proposal), "asks": _asks(desk, found.term)}
    shown |= packets.shelf(desk, slug) | {"told": BriefWords(found, desk.language), "legs": LegWords(desk.language)}
    return page(desk, "presidencies/show.html", slug=slug, **shown)


def _asks(desk: Desk, term: Term) -> Asks | None:
    """What is asked of it: of today, so not on the page of another day."""
    return None if desk.as_of else lists.of_presidency(desk.session, desk.reader, desk.calendar, desk.language, term)


def _coordinator(desk: Desk) -> Person:
    desk.must_be_signed_in()
    return access.any_coordinator(desk.reader)


def _form(desk: Desk, form: Posted[Any], status: int = 200) -> Response:
    template = "presidencies/_form.html" if desk.htmx else "presidencies/new.html"
    states, decisions = decided.states(desk.session), decided.decisions(desk.session)
    return page(desk, template, status, form=form, states=states, decisions=decisions, last=desk.calendar.terms[-1:])

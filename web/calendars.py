"""Calendars that are fetched: of everything, a proposal or a presidency; and of a member's next steps, at an address of theirs."""

from email.utils import format_datetime

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from models import Person
from relais import access, calendars, topics
from relais.calendars import ics, steps
from relais.calendars.appointments import Diary
from relais.settings import settings
from relais.topics import Topic
from web.desk import Desk, acting, looking
from web.render import page

routes = APIRouter(prefix="/{language}")


@routes.get("/calendars/everything.ics")
@looking
def everything(desk: Desk) -> Response:
    return _calendar(desk, topics.EVERYTHING)


@routes.get("/calendars/tasks/{token}.ics")
@looking
def tasks(desk: Desk, token: str) -> Response:
    return _private(_written(steps.of(desk.session, desk.language, token, now=desk.now)))


@routes.get("/calendars/{kind}/{slug}.ics")
@looking
def show(desk: Desk, kind: str, slug: str) -> Response:
    return _calendar(desk, topics.of(kind, slug))


@routes.get("/account/calendar")
@looking
def mine(desk: Desk) -> Response:
    return _mine(desk, _member(desk))


@routes.post("/account/calendar")
@acting
def renew(desk: Desk) -> Response:
    """Shows the new address, this once."""
    person = _member(desk)
    secret = steps.renew(desk.session, person, now=desk.now)
    return _mine(desk, person, f"{settings().base_url}/{desk.language}/calendars/tasks/{secret}.ics")


@routes.post("/account/calendar/removal")
@acting
def end(desk: Desk) -> Response:
    steps.end(desk.session, _member(desk), now=desk.now)
    return RedirectResponse(f"/{desk.language}/account/calendar", 303)


def _member(desk: Desk) -> Person:
    return access.member(desk.reader, f"/{desk.language}/account/calendar")


def _mine(desk: Desk, person: Person, address: str = "") -> Response:
    return _private(page(desk, "calendars/mine.html", kept=steps.kept(desk.session, person), address=address))


def _calendar(desk: Desk, topic: Topic) -> Response:
    return _written(calendars.of(desk.session, desk.language, topic))


def _written(diary: Diary) -> Response:
    return Response(ics.written(diary), media_type=ics.MEDIA_TYPE, headers={"Last-Modified": format_datetime(diary.at, usegmt=True)})


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer

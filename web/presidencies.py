"""The calendar of presidencies, and the hand-over brief of each."""

from fastapi import APIRouter
from fastapi.responses import Response

from relais.presidencies import almanac, brief
from web import packets
from web.brief_words import BriefWords
from web.desk import Desk, looking
from web.render import page

routes = APIRouter(prefix="/{language}/presidencies")


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    almanach = almanac.of(desk.session, desk.calendar, desk.reader, desk.language, day=desk.day, as_of=desk.as_of is not None)
    return page(desk, "presidencies/index.html", almanac=almanach)


@routes.get("/{slug}")
@looking
def show(desk: Desk, slug: str) -> Response:
    found = brief.of(desk.session, desk.calendar, desk.reader, desk.language, slug, day=desk.day, as_of=desk.as_of is not None)
    return page(desk, "presidencies/show.html", brief=found, slug=slug, told=BriefWords(found, desk.language), **packets.shelf(desk, slug))

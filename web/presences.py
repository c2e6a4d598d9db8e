"""That somebody is at work on a text: said by their page now and then, told to their group."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.text import Tongue
from relais import presences
from web.desk import Desk, acting
from web.place import edited

routes = APIRouter(prefix="/{language}/proposals/{slug}/texts/{tongue}")


@routes.post("/presence")
@acting
def say(desk: Desk, slug: str, tongue: Tongue) -> Response:
    """Who was signed out meanwhile is left alone: they are writing."""
    if desk.reader.visitor:
        return Response(status_code=401)
    place = edited(desk, slug)
    presences.say(desk.session, place.proposal, tongue, place.by, desk.now)
    return Response(status_code=204)

"""Feeds of what can be followed, for feed readers and for programs, and the page that says where they are."""

from collections.abc import Sequence
from email.utils import format_datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from relais import feeds, topics
from relais.feeds import atom, json_feed
from relais.proposals import themes
from relais.topics import Topic
from web.desk import Desk, looking
from web.render import page

routes = APIRouter(prefix="/{language}/feeds")
FORMS = {"atom": atom, "json": json_feed}
Form = Literal["atom", "json"]
Kinds = Annotated[Sequence[str], Query()]


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    return page(desk, "feeds/index.html", choices=themes.choices(desk.session, desk.language))


@routes.get("/everything.{form}")
@looking
def everything(desk: Desk, form: Form, news: Kinds = (), before: str = "") -> Response:
    return _feed(desk, topics.EVERYTHING, form, news, before)


@routes.get("/search.{form}")
@looking
def search(desk: Desk, form: Form, news: Kinds = (), before: str = "") -> Response:
    """What a search of proposals finds, asked for as the list of proposals is."""
    return _feed(desk, topics.of("search", desk.request.url.query), form, news, before)


@routes.get("/found.{form}")
@looking
def found(desk: Desk, form: Form, news: Kinds = (), before: str = "") -> Response:
    """What the search page finds, asked for as there."""
    return _feed(desk, topics.of("found", desk.request.url.query), form, news, before)


@routes.get("/{kind}/{slug}.{form}")
@looking
def show(desk: Desk, kind: str, slug: str, form: Form, news: Kinds = (), before: str = "") -> Response:
    return _feed(desk, topics.of(kind, slug), form, news, before)


def _feed(desk: Desk, topic: Topic, form: str, news: Sequence[str], before: str) -> Response:
    asked = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0
    feed = feeds.of(desk.session, desk.language, topic, feeds.chosen(news), before=asked)
    headers = {"Last-Modified": format_datetime(feed.at, usegmt=True)}
    return Response(FORMS[form].written(feed), media_type=FORMS[form].MEDIA_TYPE, headers=headers)

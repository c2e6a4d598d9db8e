"""Searches a member follows: what is found by them is told in their notices."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.topic import TopicKind
from relais import access, saved_searches, topics
from relais.saved_searches import SearchForm
from relais.topics import Topic
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Id, onward
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}/search/saved")


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    access.member(desk.reader, desk.here)
    return _index(desk, Posted(desk.language))


@routes.post("")
@acting
def create(desk: Desk, form: Posted[SearchForm] = posted(SearchForm)) -> Response:
    """The button beside what was found."""
    person = access.member(desk.reader, f"/{desk.language}/search/saved")
    if not form.errors:
        with form.trying(desk.session):
            saved_searches.save(desk.session, person, form.form, desk.now)
    return _index(desk, form, 422) if form.errors else onward(desk, "/search/saved")


@routes.post("/{id}/removal")
@acting
def remove(desk: Desk, id: Id, _: Posted[PressForm] = posted(PressForm)) -> Response:  # noqa: A002  the name in the address
    person = access.member(desk.reader, f"/{desk.language}/search/saved")
    saved_searches.remove(desk.session, saved_searches.find(desk.session, person, id))
    return onward(desk, "/search/saved")


def _index(desk: Desk, form: Posted[SearchForm], status: int = 200) -> Response:
    rows = saved_searches.of(desk.session, access.member(desk.reader))
    asked = [Topic(TopicKind.FOUND, row.key) for row in rows]
    named = topics.named(desk.session, desk.reader, desk.language, asked)
    shown = [(row, topic, named[topic]) for row, topic in zip(rows, asked, strict=True)]
    return private(page(desk, "saved_searches/index.html", status, form=form, rows=shown))

"""Open data: the dumps there are, on a page and as a catalogue for programs; and the files."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse, Response

from relais import db, dumps, export
from relais.errors import Missing
from web import catalogue
from web.desk import Desk, looking
from web.render import page

routes = APIRouter()


@routes.get("/{language}/data")  # noqa: FAST003  the desk takes it
@looking
def index(desk: Desk) -> Response:
    """Never from the shelf: a dump is no act, and a page kept since before it was made would not name it."""
    rows = dumps.of(desk.session)
    shown: dict[str, Any] = {"rows": rows, "name": dumps.name, "licence": export.LICENCE, "about": catalogue.as_dataset(rows)}
    answer = page(desk, "data/index.html", **shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.get("/data/catalog.jsonld")
def catalog() -> Response:
    """DCAT-AP."""
    with db.reading() as session:
        told = catalogue.as_dcat(dumps.of(session))
    return JSONResponse(told, media_type="application/ld+json", headers={"Cache-Control": "no-cache"})


@routes.get("/data/relais-{day}.zip")
def dump(day: str) -> Response:
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        raise Missing from None
    with db.reading() as session:
        found = dumps.find(session, asked)
    headers = {"ETag": f'"{found.digest}"', "Cache-Control": "no-cache"}
    return FileResponse(dumps.folder() / dumps.name(asked), media_type="application/zip", headers=headers, filename=dumps.name(asked))

"""The record as files for machines, in no language: everything, one proposal, and the schemas of what is published."""

from collections.abc import Generator
from datetime import date
from email.utils import format_datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse
from sqlmodel import Session

from relais import db, export
from relais.access import VISITOR
from relais.errors import Invalid, Refused
from relais.export.named import ADDRESS, NAME
from relais.presidencies import brief_schema
from relais.settings import settings

routes = APIRouter()
SCHEMAS = Path(__file__).parents[1] / "docs" / "schema"
# A slow reader keeps a connection as long as it reads; the rest of the pool is for everybody else.
STREAMS = BoundedSemaphore(6)


class Busy(Refused):
    status = 503

    def __init__(self) -> None:
        super().__init__("Many exports are being read. Try again in a few seconds.")


@routes.get("/export.json")
def everything(request: Request, as_of: str = "") -> Response:
    """The whole record as anybody may see it, streamed from one steady view of it."""
    try:
        day = _day(as_of)
        stream = _stream(day)
        state, changed = next(stream).decode().split("|")
    except Refused as wrong:
        return _problem(request, wrong)
    tag = _tag(state, day)
    if _has(request, tag):
        stream.close()
        return Response(status_code=304, headers=_headers(tag))
    return StreamingResponse(stream, media_type="application/json", headers=_headers(tag, changed, _name("relais", day)))


@routes.get("/proposals/{slug}.json")
def proposal(request: Request, slug: str, as_of: str = "") -> Response:
    """One proposal with the entries, actors and sources it names."""
    try:
        day = _day(as_of)
        with db.reading() as session:
            tag, changed = _tag(str(db.state_of(session)), day), _changed(session)
            body = export.written(export.proposal(session, slug, VISITOR, day, today=settings().day()))
    except Refused as wrong:
        return _problem(request, wrong)
    if _has(request, tag):
        return Response(status_code=304, headers=_headers(tag))
    return Response(body, media_type="application/json", headers=_headers(tag, changed, _name(slug, day)))


@routes.get(ADDRESS)
def schema() -> Response:
    return _schema(ADDRESS)


@routes.get(brief_schema.ADDRESS)
def schema_of_briefs() -> Response:
    return _schema(brief_schema.ADDRESS)


def _schema(address: str) -> Response:
    return FileResponse(SCHEMAS / Path(address).name, media_type="application/schema+json", headers={"Cache-Control": "no-cache"})


def _stream(day: date | None) -> Generator[bytes, None, None]:
    """The state of the record and when it changed, then its export as of that state. Raises Busy at once when too many are being read."""
    if not STREAMS.acquire(blocking=False):
        raise Busy
    try:
        with db.reading() as session:
            yield f"{db.state_of(session)}|{_changed(session)}".encode()
            yield from export.chunks(session, day, today=settings().day())
    finally:
        STREAMS.release()


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Invalid("Write a day such as 2022-07-01", field="as_of") from None


def _tag(state: str, day: date | None) -> str:
    """The same tag means the same bytes: a day to come is another one once it has passed."""
    passed = "past" if export.past(day, settings().day()) else "now"
    return f'"{NAME}-{state}-{day or ""}-{passed}"'


def _has(request: Request, tag: str) -> bool:
    return tag in request.headers.get("If-None-Match", "")


def _name(stem: str, day: date | None) -> str:
    return f"{stem}-{day}.json" if day else f"{stem}.json"


def _changed(session: Session) -> str:
    """The last public act. A new release may write the same record in other bytes: only the tag knows, so none is asked by this date."""
    return format_datetime(db.last_change(session), usegmt=True)


def _headers(tag: str, changed: str = "", name: str = "") -> dict[str, str]:
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    whole = {"Last-Modified": changed, "Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    return headers | whole


def _problem(request: Request, wrong: Refused) -> Response:
    """RFC 9457."""
    body: dict[str, Any] = {"type": "about:blank", "title": wrong.message, "status": wrong.status, "instance": request.url.path}
    if wrong.field:
        body["field"] = wrong.field
    headers = {"Retry-After": "5"} if isinstance(wrong, Busy) else None
    return JSONResponse(body, wrong.status, headers, media_type="application/problem+json")

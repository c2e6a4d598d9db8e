from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Slug
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.writing import Act, acting
from relais import access, sources
from relais.export import lists
from relais.export.shapes import Source
from relais.sources import SourceForm

routes = APIRouter(prefix="/sources", tags=["sources"])
writes = APIRouter(tags=["sources"])


@routes.get("", response_model=Page[Source], summary="Documents and pages the record rests on")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were added."""
    return answer.page(lists.sources(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Source, summary="One source")
@looking
def show(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer.versioned(lists.source(session, slug), sources.find(session, slug).version)


@writes.post(
    "/sources",
    status_code=201,
    response_model=Source,
    summary="Add a document or a page the record may rest on",
    openapi_extra=described(
        {
            "title": "Council conclusions on digital commons",
            "publisher": "Council of the European Union",
            "language": "en",
            "url": "https://example.org/conclusions",
            "published": "2026-11-18",
            "retrieved_on": "2026-11-20",
        }
    ),
)
@acting
def add(act: Act, form: SourceForm) -> Response:
    """By whoever edits in some group. Its slug is made of its title."""
    by = access.any_editor(act.reader)
    source = sources.add(act.session, form, by=by, now=act.now)
    return act(lists.source(act.written(), source.slug), 201, version=source.version, at=f"/sources/{source.slug}")


@writes.put(
    "/sources/{slug}",
    response_model=Source,
    summary="Correct what is said of a source",
    openapi_extra=described({"title": "Council conclusions on digital commons", "language": "en", "published": "2026-11-18"}, matched=True),
)
@acting
def change(act: Act, form: SourceForm, slug: Slug) -> Response:
    """By whoever edits in some group. What is left out is emptied."""
    source = sources.find(act.session, slug)
    by = access.any_editor(act.reader)
    sources.change(act.session, source, form, version=act.version, by=by, now=act.now)
    return act(lists.source(act.written(), slug), version=source.version)

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asked import APage, Asked, Slug
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from relais.export import lists
from relais.export.shapes import Source

routes = APIRouter(prefix="/sources", tags=["sources"])


@routes.get("", response_model=Page[Source], summary="Documents and pages the record rests on")
def index(asked: Annotated[APage, Query()], session: Db, answer: Answering) -> Response:
    """In the order they were added."""
    return answer.page(lists.sources(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Source, summary="One source")
def show(slug: Slug, _: Annotated[Asked, Query()], session: Db, answer: Answering) -> Response:
    return answer(lists.source(session, slug))

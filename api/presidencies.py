from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APageOnADay, OnADay, Slug
from api.deps import Answer, Today, looking
from api.schemas import Page
from relais import export
from relais.export import lists
from relais.export.shapes import Presidency

routes = APIRouter(prefix="/presidencies", tags=["presidencies"])


@routes.get("", response_model=Page[Presidency], summary="Presidencies of the Council")
@looking
def index(asked: Annotated[APageOnADay, Query()], session: Session, answer: Answer, today: Today) -> Response:
    """From the first known to the last decided. With `as_of`, `known` tells which had been decided by then."""
    found = lists.presidencies(session, answer.after(asked), asked.limit + 1, export.past(asked.as_of, today))
    return answer.page(found, asked)


@routes.get("/{slug}", response_model=Presidency, summary="One presidency")
@looking
def show(slug: Slug, asked: Annotated[OnADay, Query()], session: Session, answer: Answer, today: Today) -> Response:
    return answer(lists.presidency(session, slug, export.past(asked.as_of, today)))

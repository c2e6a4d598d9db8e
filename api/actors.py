from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Slug
from api.deps import Answer, looking
from api.schemas import Page
from relais.export import lists
from relais.export.shapes import Actor

routes = APIRouter(prefix="/actors", tags=["actors"])


@routes.get("", response_model=Page[Actor], summary="Those who can take a position")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were added."""
    return answer.page(lists.actors(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Actor, summary="One actor")
@looking
def show(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer(lists.actor(session, slug))

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Slug
from api.deps import Answer, looking
from api.schemas import Page
from relais.export import lists
from relais.export.shapes import Theme

routes = APIRouter(prefix="/themes", tags=["themes"])


@routes.get("", response_model=Page[Theme], summary="Themes of proposals")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """By slug."""
    return answer.page(lists.themes(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Theme, summary="One theme")
@looking
def show(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer(lists.theme(session, slug))

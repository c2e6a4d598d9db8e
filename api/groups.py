from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Slug
from api.deps import Answer, looking
from api.schemas import Page
from relais.export import lists
from relais.export.shapes import Group

routes = APIRouter(prefix="/groups", tags=["groups"])


@routes.get("", response_model=Page[Group], summary="Working groups")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were founded."""
    return answer.page(lists.groups(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Group, summary="One working group")
@looking
def show(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer(lists.group(session, slug))

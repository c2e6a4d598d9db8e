from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asked import APage, Asked, Slug
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from relais.export import lists
from relais.export.shapes import Group

routes = APIRouter(prefix="/groups", tags=["groups"])


@routes.get("", response_model=Page[Group], summary="Working groups")
def index(asked: Annotated[APage, Query()], session: Db, answer: Answering) -> Response:
    """In the order they were founded."""
    return answer.page(lists.groups(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Group, summary="One working group")
def show(slug: Slug, _: Annotated[Asked, Query()], session: Db, answer: Answering) -> Response:
    return answer(lists.group(session, slug))

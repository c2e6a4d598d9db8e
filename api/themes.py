from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asked import APage
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from relais.export import lists
from relais.export.shapes import Theme

routes = APIRouter(prefix="/themes", tags=["themes"])


@routes.get("", response_model=Page[Theme], summary="Themes of proposals")
def index(asked: Annotated[APage, Query()], session: Db, answer: Answering) -> Response:
    """By slug."""
    return answer.page(lists.themes(session, answer.after(asked), asked.limit + 1), asked)

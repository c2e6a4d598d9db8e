from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import SomeLegs
from api.deps import Answer, looking
from api.schemas import Page
from api.shapes import LegOf
from models import Leg
from relais.export import claimed

routes = APIRouter(prefix="/legs", tags=["legs"])


@routes.get("", response_model=Page[LegOf], summary="What is asked of presidencies")
@looking
def index(asked: Annotated[SomeLegs, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were planned."""
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.presidency:
        chosen.append(col(Leg.presidency) == asked.presidency)
    found = claimed.legs(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1)
    return answer.page([leg for _, leg in found], asked, names=[number for number, _ in found])

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlmodel import Session, col

from api.asked import NAME, Asked, Slug, SomeLegs
from api.deps import Answer, looking
from api.schemas import Page
from api.shapes import LegOf
from models import Leg
from relais.export import claimed

routes = APIRouter(tags=["legs"])
Asking = Annotated[str, Path(pattern=NAME, max_length=120, description="Slug of the presidency that is asked.", examples=["2026-ie"])]


@routes.get("/legs", response_model=Page[LegOf], summary="What is asked of presidencies")
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


@routes.get("/proposals/{slug}/legs/{presidency}", response_model=LegOf, summary="What is asked of one presidency")
@looking
def show(slug: Slug, presidency: Asking, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    chosen = [claimed.of_proposal(slug), col(Leg.presidency) == presidency]
    return answer(claimed.one([leg for _, leg in claimed.legs(session, answer.reader, chosen, 0, 1)]))

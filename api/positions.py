from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from api.asked import Asked, Number, SomePositions
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from api.shapes import PositionOn
from models import Position
from relais.export import claimed

routes = APIRouter(prefix="/positions", tags=["positions"])


@routes.get("", response_model=Page[PositionOn], summary="What actors say of proposals")
def index(asked: Annotated[SomePositions, Query()], session: Db, answer: Answering) -> Response:
    """In the order they were recorded, with those that were corrected; `current` marks where an actor stands."""
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.actor:
        chosen.append(claimed.of_actor(asked.actor))
    if asked.stance:
        chosen.append(col(Position.stance) == asked.stance)
    return answer.page(claimed.positions(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1), asked, "id")


@routes.get("/{id}", response_model=PositionOn, summary="One position")
def show(id: Number, _: Annotated[Asked, Query()], session: Db, answer: Answering) -> Response:  # noqa: A002  the name in the address
    return answer(claimed.one(claimed.positions(session, answer.reader, [col(Position.id) == id], 0, 1)))

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from api.asked import Asked, Number, SomeMoves
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from api.shapes import MoveOf
from models import Move
from relais.export import claimed

routes = APIRouter(prefix="/moves", tags=["moves"])


@routes.get("", response_model=Page[MoveOf], summary="Changes of stage")
def index(asked: Annotated[SomeMoves, Query()], session: Db, answer: Answering) -> Response:
    """In the order they were recorded, with those that were corrected."""
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.to:
        chosen.append(col(Move.to_stage) == asked.to)
    return answer.page(claimed.moves(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1), asked, "id")


@routes.get("/{id}", response_model=MoveOf, summary="One change of stage")
def show(id: Number, _: Annotated[Asked, Query()], session: Db, answer: Answering) -> Response:  # noqa: A002  the name in the address
    return answer(claimed.one(claimed.moves(session, answer.reader, [col(Move.id) == id], 0, 1)))

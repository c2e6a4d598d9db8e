from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import After
from api.deps import Answer, looking
from api.schemas import Page
from api.shapes import Act
from models import Group
from relais.export import claimed, together

routes = APIRouter(prefix="/events", tags=["events"])


@routes.get("", response_model=Page[Act], summary="What was done to the record")
@looking
def index(asked: Annotated[After, Query()], session: Session, answer: Answer) -> Response:
    """The ledger, in the order it was written: whoever has seen an act will never meet one with a smaller number. Ask again with the
    number of the last one seen in `after`."""
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.group:
        chosen.append(col(Group.slug) == asked.group)
    return answer.on_from(together.acts(session, answer.reader, chosen, asked.after, asked.limit + 1), asked)

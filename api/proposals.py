from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asked import OnADay, Slug, SomeProposals
from api.deps import Answering, Today
from api.schemas import Page
from api.sessions import Db
from relais import export
from relais.export import lists
from relais.export.lists import Filters
from relais.export.proposal_shapes import Proposal
from relais.export.schema import ProposalExport

routes = APIRouter(prefix="/proposals", tags=["proposals"])


@routes.get("", response_model=Page[Proposal], summary="Proposals, with all that is recorded of each")
def index(asked: Annotated[SomeProposals, Query()], session: Db, answer: Answering, today: Today) -> Response:
    """In the order they were added. With `as_of` only those that had been drafted or published by then, each as it stood that day."""
    filters = Filters(asked.stage, asked.theme, asked.group, asked.level, asked.actor)
    found = lists.proposals(session, answer.reader, filters, answer.after(asked), asked.limit + 1, export.past(asked.as_of, today))
    return answer.page(found, asked)


@routes.get("/{slug}", response_model=ProposalExport, summary="One proposal, with the entries, actors and sources it names")
def show(slug: Slug, asked: Annotated[OnADay, Query()], session: Db, answer: Answering, today: Today) -> Response:
    return answer(export.proposal(session, slug, answer.reader, as_of=asked.as_of, today=today))

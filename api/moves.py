from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import Asked, Number, Slug, SomeMoves
from api.deps import Answer, Today, looking
from api.examples import described
from api.schemas import Page
from api.shapes import MoveOf
from api.writing import CORRECTED, Act, acting
from models import Move
from relais import access, proposals
from relais.errors import Invalid, Refused
from relais.export import claimed, past
from relais.i18n import N_
from relais.proposals import MoveFacts, MoveForm
from relais.sources import claims

routes = APIRouter(prefix="/moves", tags=["moves"])
writes = APIRouter(tags=["moves"])


@routes.get("", response_model=Page[MoveOf], summary="Changes of stage")
@looking
def index(asked: Annotated[SomeMoves, Query()], session: Session, answer: Answer, today: Today) -> Response:
    """In the order they were recorded, with those that were corrected."""
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.to:
        chosen.append(col(Move.to_stage) == asked.to)
    day = past(asked.as_of, today)
    chosen += claimed.by_day(Move, day)
    return answer.page(claimed.moves(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1), asked, "id")


@routes.get("/{id}", response_model=MoveOf, summary="One change of stage")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    return answer(claimed.one(claimed.moves(session, answer.reader, [col(Move.id) == id], 0, 1)))


@writes.post(
    "/proposals/{slug}/moves",
    status_code=201,
    response_model=MoveOf,
    summary="Move a proposal to another stage",
    openapi_extra=described({"to": "backed", "on": "2026-11", "citations": [{"source": "minutes"}]}, matched=True),
)
@acting
def move(act: Act, form: MoveForm, slug: Slug) -> Response:
    """`If-Match` takes the tag of the proposal. The steps that are allowed are those of the page; backward ones want a reason."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    row = proposals.move(act.session, proposal, form, version=act.version, by=by, now=act.now)
    if row is None:
        raise Invalid(N_("It stands at this stage already"), field="to")
    return _told(act, row)


@writes.post(
    "/moves/{id}/corrections",
    status_code=201,
    response_model=MoveOf,
    summary="Correct what is told of a change of stage",
    openapi_extra=described({"on": "2022-06-22", "reason_en": "The minutes give the day.", "citations": [{"source": "minutes"}]}),
)
@acting
def correct(act: Act, form: MoveFacts, id: Number) -> Response:  # noqa: A002
    """Its date, reason, words and sources, by another that takes its place; its sources come along unless new ones are given. The stages
    stay as they were."""
    old, proposal = claims.move(act.session, id, act.reader)
    by = access.editor(act.reader, proposal)
    if claims.standing(act.session, old).id != old.id:
        raise Refused(CORRECTED)
    return _told(act, proposals.correct_move(act.session, proposal, old, form, by=by, now=act.now))


def _told(act: Act, row: Move) -> Response:
    found = claimed.one(claimed.moves(act.written(), act.reader, [col(Move.id) == row.id], 0, 1))
    return act(found, 201, at=f"/moves/{row.id}")

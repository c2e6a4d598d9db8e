from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import Asked, Number, Slug, SomePositions
from api.deps import Answer, Today, looking
from api.examples import described
from api.schemas import Page
from api.shapes import PositionOn
from api.writing import CORRECTED, Act, acting
from models import Position
from relais import access, positions, proposals
from relais.errors import Refused
from relais.export import claimed, past
from relais.positions import PositionForm
from relais.sources import claims

routes = APIRouter(prefix="/positions", tags=["positions"])
writes = APIRouter(tags=["positions"])


@routes.get("", response_model=Page[PositionOn], summary="What actors say of proposals")
@looking
def index(asked: Annotated[SomePositions, Query()], session: Session, answer: Answer, today: Today) -> Response:
    """In the order they were recorded, with those that were corrected; `current` marks where an actor stands, or stood on that day."""
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.actor:
        chosen.append(claimed.of_actor(asked.actor))
    if asked.stance:
        chosen.append(col(Position.stance) == asked.stance)
    day = past(asked.as_of, today)
    chosen += claimed.by_day(Position, day)
    return answer.page(claimed.positions(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1, day), asked, "id")


@routes.get("/{id}", response_model=PositionOn, summary="One position")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    return answer(claimed.one(claimed.positions(session, answer.reader, [col(Position.id) == id], 0, 1)))


@writes.post(
    "/proposals/{slug}/positions",
    status_code=201,
    response_model=PositionOn,
    summary="Record what an actor says of a proposal",
    openapi_extra=described(
        {
            "actor": "france",
            "stance": "supports",
            "on": "2026-11-20",
            "note_en": "Said so in the Council.",
            "citations": [{"source": "https://example.org/minutes", "locator": "p. 3"}],
        }
    ),
)
@acting
def record(act: Act, form: PositionForm, slug: Slug) -> Response:
    """Pinned to the text as it stands. A source is named by its slug, title or address."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    return _told(act, positions.record(act.session, proposal, form, by=by, now=act.now))


@writes.post(
    "/positions/{id}/corrections",
    status_code=201,
    response_model=PositionOn,
    summary="Correct a position",
    openapi_extra=described({"actor": "france", "stance": "supports_with_reservations", "on": "2026-11-20"}),
)
@acting
def correct(act: Act, form: PositionForm, id: Number) -> Response:  # noqa: A002
    """By another that takes its place; its sources come along unless new ones are given. The one before stays in the record."""
    old, proposal = claims.position(act.session, id, act.reader)
    by = access.editor(act.reader, proposal)
    if claims.standing(act.session, old).id != old.id:
        raise Refused(CORRECTED)
    return _told(act, positions.correct(act.session, proposal, old, form, by=by, now=act.now))


def _told(act: Act, position: Position) -> Response:
    found = claimed.one(claimed.positions(act.written(), act.reader, [col(Position.id) == position.id], 0, 1))
    return act(found, 201, at=f"/positions/{position.id}")

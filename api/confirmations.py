"""Of the organisation's side there is nothing here: it answers on the page behind the link of its letter, without an account."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import APage, Asked, Number, Slug
from api.confirmation_shapes import Confirmation
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.writing import Act, acting
from models import Confirmation as Row
from models import Position, Proposal
from models.confirmation import state_of
from relais import access, confirmations, proposals
from relais.access import Reader
from relais.confirmations import AskForm, deciding, listed
from relais.confirmations.deciding import RefusalForm
from relais.export import claimed, parts
from relais.settings import now
from relais.sources import claims

routes = APIRouter(tags=["confirmations"])
writes = APIRouter(tags=["confirmations"])


@routes.get("/proposals/{slug}/confirmations", response_model=Page[Confirmation], summary="What organisations were asked to confirm")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """For the proposal's group, in the order they were asked."""
    proposal = proposals.find(session, slug, answer.reader)
    access.within(answer.reader, proposal)
    about = [col(Position.proposal_id) == proposal.id]
    found = told(session, answer.reader, about, answer.number_after(asked), asked.limit + 1, now())
    return answer.made_from(str(found)).page(found, asked, "id")  # that a letter left is no act, nor that the time is over


@routes.get("/confirmations/{id}", response_model=Confirmation, summary="One request to confirm a position, and its answer")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    answer.for_members()
    found = claimed.one(told(session, answer.reader, [col(Row.id) == id], 0, 1, now()))
    return answer.made_from(str(found)).versioned(found, found["version"])


@writes.post(
    "/positions/{id}/confirmations",
    status_code=201,
    response_model=Confirmation,
    summary="Ask an organisation to confirm its position",
    openapi_extra=described({"email": "contact@example.org", "language": "en"}),
)
@acting
def ask(act: Act, form: AskForm, id: Number) -> Response:  # noqa: A002
    """By a letter with a link that is good for 60 days. 409 for what is not public or was corrected; one request at a time. 20 letters an
    hour from one person, one a day to one address about one position."""
    position, proposal = claims.position(act.session, id, act.reader)
    by = access.editor(act.reader, proposal)
    return _told(act, confirmations.ask(act.session, position, proposal, form, by=by, now=act.now), 201)


@writes.post(
    "/confirmations/{id}/letters",
    response_model=Confirmation,
    summary="Send the letter of a request again",
    openapi_extra=described(matched=True),
)
@acting
def send_again(act: Act, id: Number) -> Response:  # noqa: A002
    """Once a day; its link is good for another 60 days. 409 once it was answered."""
    confirmation, proposal = _found(act, id)
    by = access.editor(act.reader, proposal)
    confirmations.send_again(act.session, confirmation, proposal, version=act.version, by=by, now=act.now)
    return _told(act, confirmation)


@writes.put(
    "/confirmations/{id}/withdrawal",
    response_model=Confirmation,
    summary="Withdraw a request to confirm a position",
    openapi_extra=described(matched=True),
)
@acting
def withdraw(act: Act, id: Number) -> Response:  # noqa: A002
    """Its link opens nothing from now on. 409 once it was answered: then a coordinator decides."""
    confirmation, proposal = _found(act, id)
    by = access.editor(act.reader, proposal)
    confirmations.withdraw(act.session, confirmation, proposal, version=act.version, by=by, now=act.now)
    return _told(act, confirmation)


@writes.put(
    "/confirmations/{id}/approval",
    response_model=Confirmation,
    summary="Approve what an organisation answered",
    openapi_extra=described(matched=True),
)
@acting
def approve(act: Act, id: Number) -> Response:  # noqa: A002
    """By coordinators: it enters the record, with itself as the source. 409 where the position was corrected meanwhile."""
    confirmation, proposal = _found(act, id)
    by = access.moderator(act.reader, proposal)
    deciding.approve(act.session, confirmation, proposal, version=act.version, by=by, now=act.now)
    return _told(act, confirmation)


@writes.put(
    "/confirmations/{id}/refusal",
    response_model=Confirmation,
    summary="Refuse what an organisation answered",
    openapi_extra=described({"reason": "We could not reach who signed it."}, matched=True),
)
@acting
def refuse(act: Act, form: RefusalForm, id: Number) -> Response:  # noqa: A002
    """By coordinators: the record stays as it is, and a letter tells the contact why, while their address is kept."""
    confirmation, proposal = _found(act, id)
    by = access.moderator(act.reader, proposal)
    deciding.refuse(act.session, confirmation, proposal, form, version=act.version, by=by, now=act.now)
    return _told(act, confirmation)


def _found(act: Act, number: int) -> tuple[Row, Proposal]:
    confirmation, _, proposal = confirmations.find(act.session, number, act.reader)
    return confirmation, proposal


def _told(act: Act, row: Row, status: int = 200) -> Response:
    (found,) = told(act.written(), act.reader, [col(Row.id) == row.id], 0, 1, act.now)
    return act(found, status, version=row.version, at=f"/confirmations/{row.id}")


def told(session: Session, reader: Reader, chosen: Iterable[Any], after: int, limit: int, moment: datetime) -> list[dict[str, Any]]:
    return [_confirmation(row, reader, moment) for row in listed.of(session, reader, chosen, after, limit)]


def _confirmation(row: Any, reader: Reader, moment: datetime) -> dict[str, Any]:
    since = parts.span(row.effective_on, row.effective_until, row.precision) if row.effective_on else None
    as_kept = {name: value for name, value in row._mapping.items() if name in Confirmation.model_fields}
    known = {
        "position": row.position_id,
        "state": state_of(row, moment),
        "email": row.email if reader.may_edit(row) else "",
        "asked_by": row.asker or "",
        "owed": row.due_at is not None,
        "since": since,
        "decided_by": row.decider or "",
        "became": row.became_id,
    }
    return Confirmation.model_validate(as_kept | known).model_dump(mode="json", by_alias=True)

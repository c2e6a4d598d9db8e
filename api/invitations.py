from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Number, Slug
from api.coordinating import coordinated
from api.deps import Answer, looking
from api.examples import described
from api.group_shapes import Invitation
from api.schemas import Page
from api.writing import Act, acting
from models import Invitation as Row
from relais import invitations
from relais.errors import Missing
from relais.invitations import InvitationForm

routes = APIRouter(prefix="/groups/{slug}/invitations", tags=["invitations"])
writes = APIRouter(prefix="/groups/{slug}/invitations", tags=["invitations"])


@routes.get("", response_model=Page[Invitation], summary="Invitations nobody answered yet")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """For coordinators with a token that manages: in the order they were first sent."""
    group = coordinated(session, slug, answer.caller)
    first = answer.number_after(asked)
    rows = sorted((row for row in invitations.waiting(session, answer.reader, group) if row.id > first), key=lambda row: row.id)
    told = [_told(row) for row in rows[: asked.limit + 1]]
    return answer.made_from(str(told)).page(told, asked, "id")  # that a letter left is no act


@routes.get("/{id}", response_model=Invitation, summary="One invitation")
@looking
def show(slug: Slug, id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    group = coordinated(session, slug, answer.caller)
    found = next((row for row in invitations.waiting(session, answer.reader, group) if row.id == id), None)
    if found is None:
        raise Missing
    told = _told(found)
    return answer.made_from(str(told)).versioned(told, found.version)


@writes.post(
    "",
    status_code=201,
    response_model=Invitation,
    summary="Ask somebody into the group",
    openapi_extra=described({"email": "ana@example.org", "role": "editor", "language": "fr"}),
)
@acting
def create(act: Act, form: InvitationForm, slug: Slug) -> Response:
    """By a letter with a link that is good for 14 days. One that waits for the same address already is written anew: it keeps its number.
    20 letters an hour from one person, two minutes between two to one address."""
    group = coordinated(act.session, slug, act.caller)
    return _written(act, slug, invitations.invite(act.session, group, form, by=act.by, now=act.now), 201)


@writes.post("/{id}/letters", response_model=Invitation, summary="Send an invitation again", openapi_extra=described(matched=True))
@acting
def send_again(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """With a new link, good for 14 days: the one sent before is void."""
    invitation = invitations.find(act.session, coordinated(act.session, slug, act.caller), id)
    return _written(act, slug, invitations.send_again(act.session, invitation, version=act.version, by=act.by, now=act.now))


@writes.delete("/{id}", status_code=204, summary="Withdraw an invitation", openapi_extra=described(matched=True))
@acting
def withdraw(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """Its link opens nothing from now on."""
    invitation = invitations.find(act.session, coordinated(act.session, slug, act.caller), id)
    invitations.withdraw(act.session, invitation, version=act.version, by=act.by, now=act.now)
    return act(status=204)


def _written(act: Act, slug: str, row: Row, status: int = 200) -> Response:
    act.written()
    at = f"/groups/{slug}/invitations/{row.id}"
    return act(_told(row), status, version=row.version, at=at)


def _told(row: Row) -> dict[str, Any]:
    return row.model_dump(mode="json", include=set(Invitation.model_fields))

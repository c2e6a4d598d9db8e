from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Number, Slug
from api.coordinating import coordinated
from api.deps import Answer, looking
from api.examples import described
from api.group_shapes import Member
from api.schemas import Page
from api.writing import Act, acting
from models import Group
from relais import access, groups
from relais.access import Reader
from relais.errors import Missing
from relais.groups import membership, roles
from relais.groups.roles import RoleForm

routes = APIRouter(prefix="/groups/{slug}/members", tags=["members"])
writes = APIRouter(prefix="/groups/{slug}/members", tags=["members"])


@routes.get("", response_model=Page[Member], summary="Who is in a working group")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """For its members, whatever their role: in the order they joined."""
    group = groups.find(session, slug)
    access.insider(answer.reader, group)
    first = answer.number_after(asked)
    rows = sorted(membership.members(session, answer.reader, group), key=lambda member: member.id)
    return answer.page([asdict(row) for row in rows if row.id > first][: asked.limit + 1], asked, "id")


@routes.get("/{id}", response_model=Member, summary="One member")
@looking
def show(slug: Slug, id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    group = groups.find(session, slug)
    access.insider(answer.reader, group)
    found = _one(session, answer.reader, group, id)
    return answer.versioned(found, found["version"])


@writes.put(
    "/{id}/role",
    response_model=Member,
    summary="Give a member another role",
    openapi_extra=described({"role": "editor"}, matched=True),
)
@acting
def change(act: Act, form: RoleForm, slug: Slug, id: Number) -> Response:  # noqa: A002
    """By coordinators. The role they have already is no change; the last coordinator stays one."""
    group = coordinated(act.session, slug, act.caller)
    found, _ = roles.find(act.session, group, id, act.reader)
    changed = roles.change(act.session, found, form.role, version=act.version, by=act.by, now=act.now)
    return act(_one(act.written(), act.reader, group, id), version=changed.version)


@writes.delete("/{id}", status_code=204, summary="Take a member out of the group", openapi_extra=described(matched=True))
@acting
def remove(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """By coordinators, or oneself. What they wrote stays; the last coordinator cannot leave."""
    found, _ = roles.seat(act.session, groups.find(act.session, slug), id, act.reader)
    act.caller.must_manage()
    roles.remove(act.session, found, version=act.version, by=act.by, now=act.now)
    return act(status=204)


def _one(session: Session, reader: Reader, group: Group, membership_id: int) -> dict[str, Any]:
    found = next((row for row in membership.members(session, reader, group) if row.id == membership_id), None)
    if found is None:
        raise Missing
    return asdict(found)

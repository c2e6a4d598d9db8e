"""Somebody in a working group: their role, changed by coordinators; and leaving, which everybody may do for themselves."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from fastapi.responses import Response

from models import Group, Membership, Person
from models.group import Role
from relais import access, groups
from relais.errors import Refused, Stale
from relais.groups import membership, roles
from relais.groups.roles import RoleForm
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Id, onward
from web.render import page

routes = APIRouter(prefix="/{language}/groups/{slug}/members/{id}")


@dataclass(frozen=True)
class Seat:
    """Somebody's place in a group, and who looks at it."""

    group: Group
    membership: Membership
    person: Person
    by: Person
    hint: str

    @property
    def mine(self) -> bool:
        return self.person.id == self.by.id

    @property
    def path(self) -> str:
        return f"/groups/{self.group.slug}/members/{self.membership.id}"


@routes.get("")
@looking
def show(desk: Desk, slug: str, id: Id) -> Response:  # noqa: A002  the name in the address
    seat = _seat(desk, slug, id)
    return _page(desk, seat, Posted(desk.language))


@routes.post("/role")
@acting
def change(desk: Desk, slug: str, id: Id, form: Posted[RoleForm] = posted(RoleForm, "version")) -> Response:  # noqa: A002
    seat = _seat(desk, slug, id)
    access.coordinator(desk.reader, seat.group)
    if form.errors:
        return _page(desk, seat, form, 422)
    try:
        roles.change(desk.session, seat.membership, form.form.role, version=form.numbers["version"], by=seat.by, now=desk.now)
    except Refused as refused:
        return _told(desk, seat, form, refused)
    return onward(desk, f"/groups/{slug}#members")


@routes.post("/removal")
@acting
def remove(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    seat = _seat(desk, slug, id)
    if form.errors:
        return _page(desk, seat, Posted(desk.language), 422)
    try:
        roles.remove(desk.session, seat.membership, version=form.numbers["version"], by=seat.by, now=desk.now)
    except Refused as refused:
        return _told(desk, seat, Posted(desk.language), refused)
    return onward(desk, f"/groups/{slug}" if seat.mine else f"/groups/{slug}#members")


def _seat(desk: Desk, slug: str, membership_id: int) -> Seat:
    desk.must_be_signed_in(f"/{desk.language}/groups/{slug}")
    group = groups.find(desk.session, slug)
    found, person = roles.seat(desk.session, group, membership_id, desk.reader)
    return Seat(group, found, person, access.member(desk.reader), membership.masked(person.email))


def _told(desk: Desk, seat: Seat, form: Posted[RoleForm], refused: Refused) -> Response:
    """Why not, above what stands now."""
    if refused.status != 409:
        raise refused
    now = desk.session.get_one(Membership, seat.membership.id)
    return _page(desk, replace(seat, membership=now), form, 409, stale=isinstance(refused, Stale), why=refused.message)


def _page(desk: Desk, seat: Seat, form: Posted[RoleForm], status: int = 200, *, stale: bool = False, why: str = "") -> Response:
    return page(desk, "members/show.html", status, seat=seat, form=form, choices=list(Role), stale=stale, why=why)

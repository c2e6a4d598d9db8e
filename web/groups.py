"""Working groups: what they follow, what happened lately, and who is in them."""

from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Group
from models.group import Role
from relais import access, activity, groups, people
from relais.form import Form
from relais.groups import membership
from relais.people import Address
from relais.settings import BRUSSELS
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.render import answer, page

routes = APIRouter(prefix="/{language}/groups")
LATEST = 20


class InviteForm(Form):
    email: Address
    role: Role


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    return page(desk, "groups/index.html", groups=membership.listed(desk.session, desk.reader))


@routes.get("/{slug}")
@looking
def show(desk: Desk, slug: str) -> Response:
    return _page(desk, groups.find(desk.session, slug), Posted(desk.language))


@routes.post("/{slug}/members")
@acting
def invite(desk: Desk, slug: str, form: Posted[InviteForm] = posted(InviteForm)) -> Response:
    """Give somebody a role. Nothing is sent: the page says how they sign in."""
    desk.must_be_signed_in(f"/{desk.language}/groups/{slug}")
    group = groups.find(desk.session, slug)
    by = access.coordinator(desk.reader, group)
    if not form.errors:
        with form.trying(desk.session):
            people.invite(desk.session, group, form.form.email, form.form.role, by=by, now=desk.now, language=desk.language)
    if form.errors:
        return _page(desk, group, form, 422)
    return answer(desk, "groups/_members.html", to=f"/groups/{slug}#members", **_people(desk, group), form=Posted(desk.language))


def _page(desk: Desk, group: Group, form: Posted[Any], status: int = 200) -> Response:
    """The whole page, or for htmx the part about its members."""
    if desk.htmx:
        return page(desk, "groups/_members.html", status, form=form, **_people(desk, group))
    changes = activity.latest(desk.session, desk.reader, desk.language, limit=LATEST, group_id=group.id)
    shown: dict[str, Any] = {
        "proposals": membership.proposals(desk.session, desk.reader, desk.language, group),
        "days": [(day, list(acts)) for day, acts in groupby(changes, lambda change: change.at.astimezone(BRUSSELS).date())],
    }
    return page(desk, "groups/show.html", status, form=form, **shown, **_people(desk, group))


def _people(desk: Desk, group: Group) -> dict[str, Any]:
    return {
        "group": group,
        "roles": membership.roles(desk.session, group),
        "members": membership.members(desk.session, desk.reader, group),
        "choices": list(Role),
    }

"""Working groups: what they follow, what happened lately, and who is in them."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Group
from models.group import Role
from relais import access, activity, groups, invitations
from relais.activity.kinds import DECISIONS
from relais.errors import Stale
from relais.groups import GroupFacts, membership
from relais.legs import lists
from web.activity import by_day
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.leg_words import LegWords
from web.place import onward
from web.render import page
from web.task_lists import fortnight

routes = APIRouter(prefix="/{language}/groups")
LATEST, FEW = 12, 5


@routes.get("")
@looking
def index(desk: Desk) -> Response:
    return page(desk, "groups/index.html", groups=membership.listed(desk.session, desk.reader))


@routes.get("/{slug}")
@looking
def show(desk: Desk, slug: str) -> Response:
    return shown(desk, groups.find(desk.session, slug), Posted(desk.language))


@routes.get("/{slug}/edit")
@looking
def edit(desk: Desk, slug: str) -> Response:
    group = coordinated(desk, slug)
    return _edit(desk, group, Posted(desk.language, _typed(group)))


@routes.post("/{slug}/edit")
@acting
def update(desk: Desk, slug: str, form: Posted[GroupFacts] = posted(GroupFacts, "version")) -> Response:
    group = coordinated(desk, slug)
    if form.errors:
        return _edit(desk, group, form, 422)
    by = access.member(desk.reader)
    try:
        groups.change(desk.session, group, form.form, version=form.numbers["version"], by=by, now=desk.now)
    except Stale as stale:
        return _edit(desk, group, form, 409, theirs=_typed(stale.current))
    return onward(desk, f"/groups/{group.slug}")


def coordinated(desk: Desk, slug: str) -> Group:
    """The group, for its coordinators. A visitor signs in and comes back; who is not in it finds nothing; a lesser role is told."""
    desk.must_be_signed_in(desk.here if desk.request.method == "GET" else f"/{desk.language}/groups/{slug}")
    group = groups.find(desk.session, slug)
    access.coordinator(desk.reader, group)
    return group


def shown(desk: Desk, group: Group, form: Posted[Any], status: int = 200) -> Response:
    """The whole page, or for htmx the part about its members. `form` invites."""
    if desk.htmx:
        return page(desk, "groups/_members.html", status, form=form, **in_it(desk, group))
    done = partial(activity.latest, desk.session, desk.reader, desk.language, group_id=group.id)
    told: dict[str, Any] = {
        **fortnight(desk, group),
        **_advocacy(desk, group),
        "proposals": membership.proposals(desk.session, desk.reader, desk.language, group),
        "days": by_day(done(limit=LATEST)),
        "decisions": done(limit=FEW, kinds=DECISIONS),
    }
    return page(desk, "groups/show.html", status, form=form, **told, **in_it(desk, group))


def _advocacy(desk: Desk, group: Group) -> dict[str, Any]:
    """What it asks of the presidency at hand and of the next, and its unanswered letters; nothing to those outside it."""
    if not desk.reader.in_group(group.id):
        return {"asked": [], "waiting": []}
    now = desk.calendar.at(desk.today)
    near = [term for term in (now, desk.calendar.after(now)) if term]
    known = (desk.session, desk.reader, desk.calendar, desk.language)
    asked = lists.of_presidencies(*known, near, group=group)
    return {"asked": asked, "waiting": lists.waiting(*known, group, desk.today), "legs": LegWords(desk.language)}


def in_it(desk: Desk, group: Group) -> dict[str, Any]:
    """Who is in the group, and for its coordinators who is invited."""
    return {
        "group": group,
        "roles": membership.roles(desk.session, group),
        "members": membership.members(desk.session, desk.reader, group),
        "invited": invitations.waiting(desk.session, desk.reader, group),
        "choices": list(Role),
    }


def _edit(desk: Desk, group: Group, form: Posted[Any], status: int = 200, theirs: dict[str, str] | None = None) -> Response:
    return page(desk, "groups/edit.html", status, group=group, form=form, theirs=theirs)


def _typed(group: Any) -> dict[str, str]:
    return {name: getattr(group, name) for name in GroupFacts.model_fields} | {"version": str(group.version)}

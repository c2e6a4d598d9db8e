"""Lists of tasks: one's own over all groups, a group's, and what a group has before it in the next fortnight."""

from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response

from models import Group
from relais import access, choices, groups, proposals, tasks
from relais.tasks import TaskOf, lists
from relais.tasks.lists import Filters
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import onward
from web.render import page
from web.task_choices import legs, people

routes = APIRouter(prefix="/{language}")


class AddForm(TaskOf):
    """A task as a group's page asks for it: `where` is the list it was typed beside."""

    where: Literal["group", "fortnight"] = "group"


@routes.get("/tasks")
@looking
def mine(desk: Desk) -> Response:
    desk.must_be_signed_in()
    steps = lists.by_due(lists.mine(desk.session, desk.reader, desk.language, now=desk.now), desk.today)
    return page(desk, "tasks/index.html", steps=steps)


@routes.get("/groups/{slug}/tasks")
@looking
def index(desk: Desk, slug: str, person: str = "", leg: str = "", state: str = "") -> Response:
    group = _group(desk, slug)
    who = int(person) if person.isascii() and person.isdigit() and len(person) < 10 else None
    filters = Filters(who, leg[:12], "done" if state == "done" else "open")
    return _page(desk, group, Posted(desk.language), filters=filters)


@routes.post("/groups/{slug}/tasks")
@acting
def create(desk: Desk, slug: str, form: Posted[AddForm] = posted(AddForm)) -> Response:
    """Add a task to one of the group's proposals."""
    group = _group(desk, slug)
    by = access.contributor(desk.reader, group)
    if not form.errors:
        with form.trying(desk.session):
            proposal = proposals.of_group(desk.session, form.form.proposal, group)
            task = tasks.add(desk.session, proposal, form.form, by=by, now=desk.now)
    beside = "fortnight" if form.values.get("where") == "fortnight" else "group"
    if form.errors and desk.htmx:
        return page(desk, "tasks/_quick.html", 422, form=form, where=beside, group=group, **_offered(desk, group))
    if form.errors:
        return _page(desk, group, form, 422)
    if desk.htmx and beside == "fortnight":
        return page(desk, "tasks/_fortnight.html", group=group, added=task.text, **fortnight(desk, group))
    return onward(desk, f"/groups/{slug}{'' if beside == 'fortnight' else '/tasks'}#task-{task.id}")


def fortnight(desk: Desk, group: Group) -> dict[str, Any]:
    """What `tasks/_fortnight.html` shows on the group's page; nothing to those outside it."""
    if not desk.reader.in_group(group.id):
        return {"fortnight": None}
    steps = lists.fortnight(desk.session, desk.reader, desk.language, group, today=desk.today, now=desk.now)
    number = lists.counts(desk.session, desk.reader, group, today=desk.today, now=desk.now)
    return {"fortnight": steps, "counts": number, **_offered(desk, group)}


def _group(desk: Desk, slug: str) -> Group:
    """The group, for who is in it. A visitor signs in first."""
    desk.must_be_signed_in(f"/{desk.language}/groups/{slug}/tasks")
    group = groups.find(desk.session, slug)
    access.insider(desk.reader, group)
    return group


def _offered(desk: Desk, group: Group) -> dict[str, Any]:
    """What the form chooses from; nothing for those who only read."""
    if not desk.reader.contributes(group.id):
        return {"offered": None}
    about = choices.of_group(desk.session, desk.reader, desk.language, group)
    return {"offered": {"proposals": about, "members": people(desk, group.id), "legs": legs(desk)}}


def _page(desk: Desk, group: Group, form: Posted[Any], status: int = 200, *, filters: Filters = Filters()) -> Response:  # noqa: B008  frozen
    shown: dict[str, Any] = {
        "steps": lists.by_due(lists.of_group(desk.session, desk.reader, desk.language, group, filters), desk.today),
        "counts": lists.counts(desk.session, desk.reader, group, today=desk.today, now=desk.now),
        "members": people(desk, group.id),
        "legs": legs(desk),
        **_offered(desk, group),
    }
    return page(desk, "tasks/group.html", status, group=group, form=form, filters=filters, where="group", **shown)

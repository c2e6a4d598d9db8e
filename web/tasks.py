"""Tasks: added to a proposal, ticked, taken on, changed and removed."""

import re
from typing import Any, Literal, get_args

from fastapi import APIRouter
from fastapi.responses import Response

from models import Comment, Group, Proposal, Task
from relais import access, tasks
from relais.comments import mentions
from relais.errors import Missing, Stale
from relais.form import Form
from relais.i18n import say
from relais.rendered import excerpt
from relais.tasks import TaskForm, lists
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Id, Place, discussed, for_commenter, onward
from web.render import answer, page
from web.task_choices import legs, people

routes = APIRouter(prefix="/{language}")
PREFILLED = 160
NUMBER = re.compile(r"\d{1,9}", re.ASCII)

# The list a press came from: where it leads back to, and whether a line names its proposal there.
Where = Literal["proposal", "mine", "group", "fortnight", "leg"]


class AddForm(TaskForm):
    """`inline`: sent from the proposal's page, which htmx answers with the list."""

    inline: bool = False


class ChangeForm(TaskForm):
    where: Where = "proposal"


class TickForm(Form):
    """An unticked box sends nothing."""

    done: bool = False
    where: Where = "proposal"


class PressForm(Form):
    where: Where = "proposal"


@routes.get("/proposals/{slug}/tasks/new")
@looking
def new(desk: Desk, slug: str, comment: str = "", leg: str = "") -> Response:
    """The form of a new task; `comment` names the comment it is made from, whose first words it begins with, `leg` a presidency."""
    place = discussed(desk, slug)
    said = _comment(desk, place.proposal, int(comment)) if NUMBER.fullmatch(comment) else None
    values = (
        {"text": excerpt(mentions.read(desk.session, said, say(desk.language, "Member")), PREFILLED), "comment": str(said.id)}
        if said
        else {}
    )
    return _new(desk, place, Posted(desk.language, values | ({"leg": leg} if leg else {})))


@routes.post("/proposals/{slug}/tasks/new")
@acting
def create(desk: Desk, slug: str, form: Posted[AddForm] = posted(AddForm)) -> Response:
    place = discussed(desk, slug)
    if not form.errors:
        with form.trying(desk.session):
            said = _comment(desk, place.proposal, form.form.comment) if form.form.comment else None
            task = tasks.add(desk.session, place.proposal, form.form, by=place.by, now=desk.now, comment=said)
    if form.errors:
        return _new(desk, place, form, 422)
    if desk.htmx and form.form.inline:
        return page(desk, "tasks/_steps.html", proposal=place.proposal, steps=_steps(desk, place.proposal), added=task.id)
    return onward(desk, f"{place.path}#task-{task.id}")


@routes.get("/tasks/{id}")
@looking
def show(desk: Desk, id: Id, where: Where = "proposal") -> Response:  # noqa: A002  the name in the address
    """A task's own address leads to where it stands; to htmx its line is given."""
    task, proposal = _found(desk, id)
    return _line(desk, task, proposal, where, told="")


@routes.post("/tasks/{id}/completion")
@acting
def complete(desk: Desk, id: Id, form: Posted[TickForm] = posted(TickForm)) -> Response:  # noqa: A002
    """Tick or untick. Who comes second is told, and changes nothing."""
    task, proposal = _found(desk, id)
    by = for_commenter(desk, proposal).by
    asked = _press(form, TickForm)
    act = tasks.finish if asked.done else tasks.reopen
    if act(desk.session, task, proposal, by=by, now=desk.now):
        told = "done" if asked.done else "reopened"
    else:
        told = "done before" if asked.done else "open before"
    return _line(desk, _there(task), proposal, asked.where, told=told)


@routes.post("/tasks/{id}/assignee")
@acting
def take_on(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm)) -> Response:  # noqa: A002
    """Take it on oneself, if it is nobody's yet."""
    task, proposal = _found(desk, id)
    by = for_commenter(desk, proposal).by
    taken = tasks.take_on(desk.session, task, proposal, by=by, now=desk.now)
    return _line(desk, _there(task), proposal, _press(form, PressForm).where, told="taken" if taken else "taken before")


@routes.get("/tasks/{id}/edit")
@looking
def edit(desk: Desk, id: Id, where: Where = "proposal") -> Response:  # noqa: A002
    task, place = _changed(desk, id)
    return _edit(desk, place, task, Posted(desk.language, typed(task) | {"where": where, "version": task.version}))


@routes.post("/tasks/{id}/edit")
@acting
def update(desk: Desk, id: Id, form: Posted[ChangeForm] = posted(ChangeForm, "version")) -> Response:  # noqa: A002
    task, place = _changed(desk, id)
    if not form.errors:
        try:
            with form.trying(desk.session):
                tasks.change(desk.session, task, place.proposal, form.form, version=form.numbers["version"], by=place.by, now=desk.now)
        except Stale as stale:
            return _edit(desk, place, stale.current, form, 409, theirs=typed(stale.current))
    if form.errors:
        return _edit(desk, place, task, form, 422)
    return onward(desk, back(desk, task, place.proposal, form.form.where))


@routes.post("/tasks/{id}/removal")
@acting
def remove(desk: Desk, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    task, place = _changed(desk, id)
    asked = _press(form, PressForm)
    try:
        tasks.remove(desk.session, task, place.proposal, version=form.numbers.get("version", 0), by=place.by, now=desk.now)
    except Stale as stale:
        now = typed(_there(stale.current))
        return _edit(desk, place, stale.current, Posted(desk.language, now | {"where": asked.where}), 409, theirs=now)
    return onward(desk, back(desk, task, place.proposal, asked.where).partition("#")[0] + ("#tasks" if asked.where == "proposal" else ""))


def typed(task: Task) -> dict[str, str]:
    """A task as somebody would type it into its form."""
    named = {"assignee": task.assignee_id, "due_on": task.due_on, "leg": task.presidency}
    return {"text": task.text} | {name: str(value) if value else "" for name, value in named.items()}


def back(desk: Desk, task: Task, proposal: Proposal, where: Where) -> str:
    """Where the task stands on the list a press came from."""
    if where == "mine":
        return f"/tasks#task-{task.id}"
    if where == "leg" and task.presidency:
        return f"/proposals/{proposal.slug}/legs/{task.presidency}#task-{task.id}"
    if where in ("proposal", "leg"):
        return f"/proposals/{proposal.slug}#task-{task.id}"
    group = desk.session.get_one(Group, proposal.group_id).slug
    return f"/groups/{group}{'/tasks' if where == 'group' else ''}#task-{task.id}"


def _found(desk: Desk, task_id: int) -> tuple[Task, Proposal]:
    """A task as its group sees it. A visitor is sent to sign in whether it is there or not."""
    desk.must_be_signed_in(desk.here if desk.request.method == "GET" else f"/{desk.language}/tasks")
    return tasks.find(desk.session, task_id, desk.reader)


def _changed(desk: Desk, task_id: int) -> tuple[Task, Place]:
    task, proposal = _found(desk, task_id)
    place = for_commenter(desk, proposal)
    access.changer(desk.reader, task, proposal)
    return task, place


def _there(task: Task) -> Task:
    """Removed in the meantime is not there."""
    if task.removed_at is not None:
        raise Missing
    return task


def _comment(desk: Desk, proposal: Proposal, comment_id: int) -> Comment:
    return tasks.comment_for(desk.session, proposal, comment_id, desk.reader)


def _press(form: Posted[Any], kind: type[Any]) -> Any:
    """What a button sent; a form nobody typed in is taken as the plainest press."""
    return kind() if form.errors else form.form


def _line(desk: Desk, task: Task, proposal: Proposal, where: Where, *, told: str) -> Response:
    step = lists.one(desk.session, desk.reader, desk.language, task, titled=where not in ("proposal", "leg"))
    return answer(desk, "tasks/_task.html", to=back(desk, task, proposal, where), step=step, where=where, told=told)


def _steps(desk: Desk, proposal: Proposal) -> lists.ByDue:
    return lists.by_due(lists.of_proposal(desk.session, desk.reader, proposal), desk.today)


def _new(desk: Desk, place: Place, form: Posted[Any], status: int = 200) -> Response:
    template = "tasks/_new.html" if desk.htmx else "tasks/new.html"
    shown: dict[str, Any] = {"inline": form.values.get("inline") == "true", "members": people(desk, place.proposal.group_id)}
    return page(desk, template, status, place=place, proposal=place.proposal, form=form, legs=legs(desk), **shown)


def _edit(desk: Desk, place: Place, task: Task, form: Posted[Any], status: int = 200, *, theirs: dict[str, str] | None = None) -> Response:
    template = "tasks/_edit.html" if desk.htmx else "tasks/edit.html"
    members, terms = people(desk, place.proposal.group_id, also=task.assignee_id), legs(desk)
    spoken = {"assignee": dict(members), "leg": dict(pair for _, pairs in terms for pair in pairs)}
    where: Where = next((where for where in get_args(Where) if where == form.values.get("where")), "proposal")
    shown: dict[str, Any] = {
        "back": back(desk, task, place.proposal, where),
        "shown_as": lambda name, value: spoken.get(name, {}).get(value, value),
    }
    return page(desk, template, status, place=place, task=task, form=form, theirs=theirs, members=members, legs=terms, **shown)

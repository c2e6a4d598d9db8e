from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import Asked, Number, Slug, SomeTasks
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import Task as TaskShape
from api.writing import Act, acting
from models import Person, Proposal, Task
from relais import access, groups, proposals, tasks
from relais.export import claimed, lists, together
from relais.tasks import TaskForm, TaskOf

routes = APIRouter(prefix="/tasks", tags=["tasks"])
writes = APIRouter(tags=["tasks"])


@routes.get("", response_model=Page[TaskShape], summary="Next steps of the holder’s groups")
@looking
def index(asked: Annotated[SomeTasks, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were added. With a token alone."""
    answer.for_members()
    chosen = []
    if asked.proposal:
        chosen.append(claimed.of_proposal(asked.proposal))
    if asked.group:
        chosen.append(lists.followed_by(asked.group))
    if asked.done is not None:
        chosen.append(col(Task.done_at).is_not(None) if asked.done else col(Task.done_at).is_(None))
    if asked.mine is not None and answer.reader.person:
        mine = col(Task.assignee_id) == answer.reader.person.id
        chosen.append(mine if asked.mine else col(Task.assignee_id).is_distinct_from(answer.reader.person.id))
    return answer.page(together.tasks(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1), asked, "id")


@routes.get("/{id}", response_model=TaskShape, summary="One next step")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    answer.for_members()
    found = claimed.one(together.tasks(session, answer.reader, [col(Task.id) == id], 0, 1))
    return answer.versioned(found, found["version"])


@writes.post(
    "/proposals/{slug}/tasks",
    status_code=201,
    response_model=TaskShape,
    summary="Add a next step",
    openapi_extra=described({"text": "Write to the permanent representation", "due_on": "2026-12-15"}),
)
@acting
def add(act: Act, form: TaskForm, slug: Slug) -> Response:
    """`assignee` is the number of a member of the group, `leg` the slug of the presidency it is for, `comment` the one it is made from."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.commenter(act.reader, proposal)
    return _added(act, proposal, form, by)


@writes.post(
    "/groups/{slug}/tasks",
    status_code=201,
    response_model=TaskShape,
    summary="Add a next step to a proposal of a group",
    openapi_extra=described({"proposal": "guichet-unique", "text": "Write to the permanent representation"}),
)
@acting
def add_in_group(act: Act, form: TaskOf, slug: Slug) -> Response:
    """`proposal` is the slug of one that the group follows; the rest as for a proposal."""
    group = groups.find(act.session, slug)
    by = access.contributor(act.reader, group)
    proposal = proposals.of_group(act.session, form.proposal, group)
    return _added(act, proposal, form, by)


@writes.put(
    "/tasks/{id}",
    response_model=TaskShape,
    summary="Change a next step",
    openapi_extra=described({"text": "Write to the permanent representation", "due_on": "2027-01-10"}, matched=True),
)
@acting
def change(act: Act, form: TaskForm, id: Number) -> Response:  # noqa: A002
    """By editors, and by whoever added it. What is left out is emptied."""
    task, proposal = tasks.find(act.session, id, act.reader)
    by = access.changer(act.reader, task, proposal)
    return _told(act, tasks.change(act.session, task, proposal, form, version=act.version, by=by, now=act.now))


@writes.put("/tasks/{id}/completion", response_model=TaskShape, summary="Tick a next step")
@acting
def finish(act: Act, id: Number) -> Response:  # noqa: A002
    """Done already, it stays so."""
    task, proposal = tasks.find(act.session, id, act.reader)
    tasks.finish(act.session, task, proposal, by=access.commenter(act.reader, proposal), now=act.now)
    return _told(act, task)


@writes.delete("/tasks/{id}/completion", response_model=TaskShape, summary="Take a next step up again")
@acting
def reopen(act: Act, id: Number) -> Response:  # noqa: A002
    task, proposal = tasks.find(act.session, id, act.reader)
    tasks.reopen(act.session, task, proposal, by=access.commenter(act.reader, proposal), now=act.now)
    return _told(act, task)


@writes.delete("/tasks/{id}", status_code=204, summary="Take a next step off every list", openapi_extra=described(matched=True))
@acting
def remove(act: Act, id: Number) -> Response:  # noqa: A002
    task, proposal = tasks.find(act.session, id, act.reader)
    by = access.changer(act.reader, task, proposal)
    tasks.remove(act.session, task, proposal, version=act.version, by=by, now=act.now)
    return act(status=204)


def _added(act: Act, proposal: Proposal, form: TaskForm, by: Person) -> Response:
    made_from = tasks.comment_for(act.session, proposal, form.comment, act.reader) if form.comment else None
    return _told(act, tasks.add(act.session, proposal, form, by=by, now=act.now, comment=made_from), 201)


def _told(act: Act, task: Task, status: int = 200) -> Response:
    found = claimed.one(together.tasks(act.written(), act.reader, [col(Task.id) == task.id], 0, 1))
    return act(found, status, version=task.version, at=f"/tasks/{task.id}")

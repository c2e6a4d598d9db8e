from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from api.asked import Asked, Number, SomeTasks
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from api.shapes import Task as TaskShape
from models import Task
from relais.export import claimed, lists, together

routes = APIRouter(prefix="/tasks", tags=["tasks"])


@routes.get("", response_model=Page[TaskShape], summary="Next steps of the holder’s groups")
def index(asked: Annotated[SomeTasks, Query()], session: Db, answer: Answering) -> Response:
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
def show(id: Number, _: Annotated[Asked, Query()], session: Db, answer: Answering) -> Response:  # noqa: A002  the name in the address
    answer.for_members()
    return answer(claimed.one(together.tasks(session, answer.reader, [col(Task.id) == id], 0, 1)))

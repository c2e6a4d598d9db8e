from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Number, Slug
from api.comments import told
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import CommentOn, CommentReport
from api.writing import Act, acting
from models import Comment, Proposal
from relais import access, comments, groups
from relais.comments import moderation
from relais.comments.moderation import ReasonForm

routes = APIRouter(tags=["moderation"])
writes = APIRouter(prefix="/comments/{id}", tags=["moderation"])


@routes.get("/groups/{slug}/reports", response_model=Page[CommentReport], summary="Reported comments that wait to be looked at")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """For coordinators, in the order they were first reported."""
    group = groups.find(session, slug)
    access.coordinator(answer.reader, group)
    rows = moderation.waiting(session, group.id, answer.number_after(asked), asked.limit + 1)
    return answer.page([_report(row) for row in rows], asked, "id")


@writes.post(
    "/reports",
    status_code=201,
    response_model=CommentReport,
    summary="Report a comment to the coordinators",
    openapi_extra=described({"reason": "It names somebody who did not ask for it."}),
)
@acting
def report(act: Act, form: ReasonForm, id: Number) -> Response:  # noqa: A002  the name in the address
    """Reported again, it is said anew, under the same number."""
    comment, proposal = comments.find(act.session, id, act.reader)
    made = moderation.report(act.session, comment, proposal, form, by=access.member(act.reader), now=act.now)
    (row,) = moderation.waiting(act.written(), proposal.group_id, made.id - 1, 1)
    return act(_report(row), 201)


@writes.put("/reports/settlement", response_model=CommentOn, summary="Settle what was reported of a comment")
@acting
def settle(act: Act, id: Number) -> Response:  # noqa: A002
    """By coordinators: it waits no more, and stays as it is."""
    comment, proposal = _kept(act, id)
    moderation.settle(act.session, comment, proposal, by=act.by, now=act.now)
    return _told(act, comment)


@writes.put(
    "/hiding",
    response_model=CommentOn,
    summary="Hide a comment",
    openapi_extra=described({"reason": "It names somebody who did not ask for it."}),
)
@acting
def hide(act: Act, form: ReasonForm, id: Number) -> Response:  # noqa: A002
    """By coordinators, who read it on; all others read why. What was reported of it is settled. Hidden already, it keeps its reason."""
    comment, proposal = _kept(act, id)
    moderation.hide(act.session, comment, proposal, form, by=act.by, now=act.now)
    return _told(act, comment)


@writes.delete("/hiding", response_model=CommentOn, summary="Show a hidden comment again")
@acting
def show(act: Act, id: Number) -> Response:  # noqa: A002
    comment, proposal = _kept(act, id)
    moderation.show(act.session, comment, proposal, by=act.by, now=act.now)
    return _told(act, comment)


def _kept(act: Act, number: int) -> tuple[Comment, Proposal]:
    """The comment, hidden or not, for the coordinators of its group."""
    comment, proposal = comments.find(act.session, number, act.reader, traces=True)
    access.moderator(act.reader, proposal)
    return comment, proposal


def _told(act: Act, comment: Comment) -> Response:
    return act(told(act.written(), act.reader, comment.id), version=comment.version)


def _report(row: Any) -> dict[str, Any]:
    told = {"comment": row.comment_id, "proposal": row.slug, "reporter": row.name}
    return CommentReport(id=row.id, reason=row.reason, reported_at=row.reported_at, **told).model_dump(mode="json")

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import StringConstraints
from sqlmodel import Session, col

from api.asked import APage, Asked, Number, Slug, SomeComments
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import CommentOn, Wording
from api.writing import Act, acting
from models import Comment
from relais import access, comments, proposals
from relais.access import Reader
from relais.comments import CommentForm, threads
from relais.comments import versions as earlier
from relais.export import claimed, together
from relais.form import Form

routes = APIRouter(prefix="/comments", tags=["comments"])
writes = APIRouter(tags=["comments"])


class WordsForm(Form):
    body: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


@routes.get("", response_model=Page[CommentOn], summary="What members say of proposals")
@looking
def index(asked: Annotated[SomeComments, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were posted; neither removed ones nor hidden ones, unless with `traces`."""
    chosen = [claimed.of_proposal(asked.proposal)] if asked.proposal else []
    first, traces = answer.number_after(asked), bool(asked.traces)
    return answer.page(together.comments(session, answer.reader, chosen, first, asked.limit + 1, traces=traces), asked, "id")


@routes.get("/{id}", response_model=CommentOn, summary="One comment")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    """That one was removed or hidden is told to all who knew it."""
    found = told(session, answer.reader, id)
    return answer.versioned(found, found["version"])


@routes.get("/{id}/versions", response_model=Page[Wording], summary="What a comment said before, and says")
@looking
def versions(id: Number, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002
    """In the order it was written. Of a removed comment for its author and the coordinators of the group alone."""
    comment, proposal = comments.find(session, id, answer.reader)
    first = answer.number_after(asked)
    wordings = earlier.of(session, comment, proposal, answer.reader, "member")
    following = [one for one in reversed(wordings) if one.number > first][: asked.limit + 1]
    said = [Wording(number=one.number, body=one.body, since=one.since, until=one.until) for one in following]
    return answer.page([one.model_dump(mode="json") for one in said], asked, "number")


@writes.post(
    "/proposals/{slug}/comments",
    status_code=201,
    response_model=CommentOn,
    summary="Post a comment",
    openapi_extra=described({"body": "Who writes to the **permanent representation**?", "public": False}),
)
@acting
def post(act: Act, form: CommentForm, slug: Slug) -> Response:
    """Markdown; for the group alone unless `public`. `parent` is the comment it answers; `passage` the words of the text in
    `tongue` that it is about."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.commenter(act.reader, proposal)
    return _told(act, comments.post(act.session, proposal, form, by=by, now=act.now), 201)


@writes.put(
    "/comments/{id}",
    response_model=CommentOn,
    summary="Change the words of a comment",
    openapi_extra=described({"body": "Who writes to them, and **by when**?"}, matched=True),
)
@acting
def edit(act: Act, form: WordsForm, id: Number) -> Response:  # noqa: A002
    """One's own. What it said before is kept."""
    comment, proposal = comments.find(act.session, id, act.reader)
    by = access.commenter(act.reader, proposal)
    words = CommentForm(**form.model_dump())
    return _told(act, comments.edit(act.session, comment, proposal, words, version=act.version, by=by, now=act.now))


@writes.delete("/comments/{id}", status_code=204, summary="Take a comment back", openapi_extra=described(matched=True))
@acting
def remove(act: Act, id: Number) -> Response:  # noqa: A002
    """One's own. That there was one stays."""
    comment, proposal = comments.find(act.session, id, act.reader)
    by = access.commenter(act.reader, proposal)
    comments.remove(act.session, comment, proposal, version=act.version, by=by, now=act.now)
    return act(status=204)


@writes.put("/comments/{id}/resolution", response_model=CommentOn, summary="Resolve a thread")
@acting
def resolve(act: Act, id: Number) -> Response:  # noqa: A002
    """By the comment that began it. Resolved already, it stays so."""
    comment, proposal = comments.find(act.session, id, act.reader)
    return _told(act, threads.resolve(act.session, comment, proposal, by=access.commenter(act.reader, proposal), now=act.now))


@writes.delete("/comments/{id}/resolution", response_model=CommentOn, summary="Reopen a thread")
@acting
def reopen(act: Act, id: Number) -> Response:  # noqa: A002
    comment, proposal = comments.find(act.session, id, act.reader)
    return _told(act, threads.reopen(act.session, comment, proposal, by=access.commenter(act.reader, proposal), now=act.now))


def told(session: Session, reader: Reader, number: int) -> dict[str, Any]:
    """One comment, or that there was one, as the reader may know it. Raises Missing."""
    found: dict[str, Any] = claimed.one(together.comments(session, reader, [col(Comment.id) == number], 0, 1, traces=True))
    return found


def _told(act: Act, comment: Comment, status: int = 200) -> Response:
    at = f"/comments/{comment.id}"
    return act(told(act.written(), act.reader, comment.id), status, version=comment.version, at=at)

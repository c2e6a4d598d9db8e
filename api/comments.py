from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import StringConstraints
from sqlmodel import Session, col

from api.asked import Asked, Number, Slug, SomeComments
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import CommentOn
from api.writing import Act, acting
from models import Comment
from relais import access, comments, proposals
from relais.comments import CommentForm
from relais.export import claimed, together
from relais.form import Form

routes = APIRouter(prefix="/comments", tags=["comments"])
writes = APIRouter(tags=["comments"])


class WordsForm(Form):
    body: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


@routes.get("", response_model=Page[CommentOn], summary="What members say of proposals")
@looking
def index(asked: Annotated[SomeComments, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were posted; neither removed ones nor hidden ones."""
    chosen = [claimed.of_proposal(asked.proposal)] if asked.proposal else []
    return answer.page(together.comments(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1), asked, "id")


@routes.get("/{id}", response_model=CommentOn, summary="One comment")
@looking
def show(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002  the name in the address
    found = claimed.one(together.comments(session, answer.reader, [col(Comment.id) == id], 0, 1))
    return answer.versioned(found, found["version"])


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


def _told(act: Act, comment: Comment, status: int = 200) -> Response:
    found = claimed.one(together.comments(act.written(), act.reader, [col(Comment.id) == comment.id], 0, 1))
    return act(found, status, version=comment.version, at=f"/comments/{comment.id}" if status == 201 else "")

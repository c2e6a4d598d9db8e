from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from api.asked import Asked, Number, SomeComments
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from api.shapes import CommentOn
from models import Comment
from relais.export import claimed, together

routes = APIRouter(prefix="/comments", tags=["comments"])


@routes.get("", response_model=Page[CommentOn], summary="What members say of proposals")
def index(asked: Annotated[SomeComments, Query()], session: Db, answer: Answering) -> Response:
    """In the order they were posted; neither removed ones nor hidden ones."""
    chosen = [claimed.of_proposal(asked.proposal)] if asked.proposal else []
    return answer.page(together.comments(session, answer.reader, chosen, answer.number_after(asked), asked.limit + 1), asked, "id")


@routes.get("/{id}", response_model=CommentOn, summary="One comment")
def show(id: Number, _: Annotated[Asked, Query()], session: Db, answer: Answering) -> Response:  # noqa: A002  the name in the address
    return answer(claimed.one(together.comments(session, answer.reader, [col(Comment.id) == id], 0, 1)))

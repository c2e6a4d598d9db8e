from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from api.asked import Asked, Key, SomeEntries
from api.deps import Answering
from api.schemas import Page
from api.sessions import Db
from models import Entry
from relais.export import claimed
from relais.export.proposal_shapes import Entry as EntryShape

routes = APIRouter(prefix="/entries", tags=["entries"])


@routes.get("", response_model=Page[EntryShape], summary="What happened, is planned or is due")
def index(asked: Annotated[SomeEntries, Query()], session: Db, answer: Answering) -> Response:
    """In the order they were recorded, with those that were corrected."""
    chosen = [
        col(getattr(Entry, name)) == value
        for name, value in (("family", asked.family), ("kind", asked.kind), ("state", asked.state))
        if value is not None
    ]
    if asked.proposal:
        chosen.append(claimed.concerns(asked.proposal, answer.reader))
    if asked.actor:
        chosen.append(claimed.with_actor(asked.actor))
    return answer.page(claimed.entries(session, answer.reader, chosen, answer.after(asked), asked.limit + 1), asked, "key")


@routes.get("/{key}", response_model=EntryShape, summary="One entry")
def show(key: Key, _: Annotated[Asked, Query()], session: Db, answer: Answering) -> Response:
    return answer(claimed.one(claimed.entries(session, answer.reader, [col(Entry.key) == key], None, 1)))

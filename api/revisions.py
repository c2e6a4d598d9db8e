from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlmodel import Session

from api.asked import Asked, InTongue, Slug, SomeRevisions
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.text_shapes import Revision
from api.writing import Act, acting
from relais import access, proposals, texts
from relais.export import revisions
from relais.texts import RestoreForm

routes = APIRouter(prefix="/proposals/{slug}/revisions", tags=["revisions"])
writes = APIRouter(prefix="/proposals/{slug}/revisions", tags=["revisions"])
Nth = Annotated[int, Path(ge=1, lt=1_000_000, description="The number of the revision in its language.", examples=[1])]


@routes.get("", response_model=Page[Revision], summary="Every saved version of the texts of a proposal")
@looking
def index(slug: Slug, asked: Annotated[SomeRevisions, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were saved, with their words."""
    proposal = proposals.find(session, slug, answer.reader)
    place = {"after": answer.number_after(asked), "limit": asked.limit + 1}
    found = revisions.listed(session, answer.reader, proposal, asked.language, **place)
    return answer.page([revision for _, revision in found], asked, names=[number for number, _ in found])


@routes.get("/{language}/{number}", response_model=Revision, summary="One saved version of a text")
@looking
def show(slug: Slug, language: InTongue, number: Nth, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    proposal = proposals.find(session, slug, answer.reader)
    return answer(revisions.one(session, answer.reader, proposal, language, number))


@writes.post(
    "/{language}/{number}/restorations",
    status_code=201,
    response_model=Revision,
    summary="Bring the words of an earlier revision back",
    openapi_extra=described({"note": "Back to what was agreed"}, matched=True),
)
@acting
def restore(act: Act, form: RestoreForm, slug: Slug, language: InTongue, number: Nth) -> Response:
    """As the next revision of the text, whose tag as it stands is in `If-Match`. Nothing is removed from the history."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    saved = texts.restore(act.session, proposal, language, number, form, base=act.version, by=by, now=act.now)
    told = revisions.one(act.written(), act.reader, proposal, language, saved.number)
    return act(told, 201, version=saved.number, at=f"/proposals/{slug}/revisions/{language}/{saved.number}")

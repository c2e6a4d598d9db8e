from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlmodel import Session, col

from api.asked import KEY, APage, Asked, Slug
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import AnswerTo
from api.writing import Act, acting
from models import Entry, Person, Proposal
from relais import access, answers, proposals
from relais.answers import AnswerForm, ExtentForm
from relais.export import answers as told
from relais.export import claimed

routes = APIRouter(prefix="/proposals/{slug}/answers", tags=["answers"])
writes = APIRouter(prefix="/proposals/{slug}/answers", tags=["answers"])
Answering = Annotated[str, Path(pattern=KEY, max_length=80, description="Key of the entry that answers it.", examples=["2022-06-21-vote"])]


@routes.get("", response_model=Page[AnswerTo], summary="What came of a proposal")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """The entries that answer it, in the order they were recorded; a `lead` is to be checked by an editor."""
    proposal = proposals.find(session, slug, answer.reader)
    found = told.to(session, answer.reader, proposal, answer.number_after(asked), asked.limit + 1)
    return answer.page([one for _, one in found], asked, names=[number for number, _ in found])


@routes.get("/{entry}", response_model=AnswerTo, summary="How far one entry answers a proposal")
@looking
def show(slug: Slug, entry: Answering, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    proposal = proposals.find(session, slug, answer.reader)
    stands = answers.known(session, entry, answer.reader)
    found = claimed.one([one for _, one in told.to(session, answer.reader, proposal, 0, 1, col(Entry.id) == stands.id)])
    return answer.versioned(found, found["version"])


@writes.post(
    "",
    status_code=201,
    response_model=AnswerTo,
    summary="Say what came of a proposal",
    openapi_extra=described(
        {"entry": "vote-guichet-unique", "extent": "partly", "words_en": "A one-stop shop among its activities; no budget."}
    ),
)
@acting
def create(act: Act, form: AnswerForm, slug: Slug) -> Response:
    """`entry` is the key of an act, a body or a programme that is on the record, of this proposal or not: where it was not linked surely
    before, it is a lead until an editor confirms it. 409 where something is said of it already."""
    proposal, by = _edited(act, slug)
    entry = answers.chosen(act.session, form, act.reader)
    answers.link(act.session, proposal, entry, form, seen="", by=by, now=act.now)
    return _told(act, proposal, entry, 201)


@writes.put(
    "/{entry}",
    response_model=AnswerTo,
    summary="Say otherwise how far an entry answers a proposal",
    openapi_extra=described({"extent": "in_name", "words_en": "Named in a recital, and in no article."}, matched=True),
)
@acting
def change(act: Act, form: ExtentForm, slug: Slug, entry: Answering) -> Response:
    """What is left out is emptied."""
    proposal, by = _edited(act, slug)
    stands = answers.known(act.session, entry, act.reader)
    answers.link(act.session, proposal, stands, form, seen=str(act.version), by=by, now=act.now)
    return _told(act, proposal, stands)


@writes.delete("/{entry}", status_code=204, summary="Take an answer back", openapi_extra=described(matched=True))
@acting
def remove(act: Act, slug: Slug, entry: Answering) -> Response:
    """Whether the entry concerns the proposal stays as it was."""
    proposal, by = _edited(act, slug)
    stands = answers.known(act.session, entry, act.reader)
    answers.take_back(act.session, proposal, stands, seen=str(act.version), by=by, now=act.now)
    return act(status=204)


def _edited(act: Act, slug: str) -> tuple[Proposal, Person]:
    """The proposal, and who edits it."""
    proposal = proposals.find(act.session, slug, act.reader)
    return proposal, access.editor(act.reader, proposal)


def _told(act: Act, proposal: Proposal, entry: Entry, status: int = 200) -> Response:
    ((_, found),) = told.to(act.written(), act.reader, proposal, 0, 1, col(Entry.id) == entry.id)
    at = f"/proposals/{proposal.slug}/answers/{entry.key}"
    return act(found, status, version=found["version"], at=at)

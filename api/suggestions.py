from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field
from sqlmodel import Session, col

from api.asked import APage, Asked, InTongue, Number, Slug
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.text_shapes import Suggestion, SuggestionAhead
from api.writing import Act, acting
from models import Proposal
from models import Suggestion as SuggestionRow
from models.suggestion import SuggestionState
from relais import access, proposals, suggestions
from relais.errors import Refused, Stale
from relais.export import claimed
from relais.export import suggestions as told
from relais.i18n import N_
from relais.suggestions import DeclineForm, SuggestionForm
from relais.texts import TextForm

routes = APIRouter(prefix="/proposals/{slug}/suggestions", tags=["suggestions"])
writes = APIRouter(prefix="/proposals/{slug}", tags=["suggestions"])
On = Annotated[int, Field(ge=1, lt=1_000_000)]


class NewSuggestionForm(SuggestionForm):
    """`base` is the revision it is written from."""

    base: On


class AcceptanceForm(TextForm):
    """`base` is the revision that stood when it was looked at."""

    base: On


@routes.get("", response_model=Page[Suggestion], summary="Changes of the texts that were put to the editors")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were made, with those that are decided. For the group alone."""
    proposal = proposals.find(session, slug, answer.reader)
    access.within(answer.reader, proposal)
    place = {"after": answer.number_after(asked), "limit": asked.limit + 1}
    return answer.page(told.listed(session, answer.reader, proposal, **place), asked, "id")


@routes.get("/{id}", response_model=SuggestionAhead, summary="One suggestion")
@looking
def show(slug: Slug, id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002
    """While it is open, also what it makes of the text as it stands."""
    proposal = proposals.find(session, slug, answer.reader)
    access.within(answer.reader, proposal)
    found = claimed.one(told.listed(session, answer.reader, proposal, col(SuggestionRow.id) == id, limit=1))
    suggestion, text = suggestions.find(session, id, proposal, answer.reader)
    outlook = suggestions.outlook(session, suggestion, text) if suggestion.state is SuggestionState.OPEN else None
    ahead = outlook and {"base": outlook.number, "meets": outlook.meets, **outlook.words}
    return answer.versioned(found | {"outlook": ahead}, suggestion.version)


@writes.post(
    "/texts/{language}/suggestions",
    status_code=201,
    response_model=Suggestion,
    summary="Put a change of a text to its editors",
    openapi_extra=described({"base": 1, "title": "Un guichet unique", "body": "Pour tous.", "note": "Plus court"}),
)
@acting
def make(act: Act, form: NewSuggestionForm, slug: Slug, language: InTongue) -> Response:
    """By whoever may comment, as the whole text with the change. It lasts while others change other paragraphs."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.commenter(act.reader, proposal)
    made = suggestions.make(act.session, proposal, language, form, base=form.base, by=by, now=act.now)
    act.written()
    return _told(act, proposal, made.id, 201)


@writes.put(
    "/suggestions/{id}/acceptance",
    response_model=Suggestion,
    summary="Accept a suggestion, as it is or amended",
    openapi_extra=described({"base": 1, "title": "Un guichet unique", "body": "Pour tous.", "note": "Plus court"}, matched=True),
)
@acting
def accept(act: Act, form: AcceptanceForm, slug: Slug, id: Number) -> Response:  # noqa: A002
    """With the words to be saved, those of its `outlook` or others: the next revision names both authors. 409 when it is decided, or the
    text is not at `base` any more."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    suggestion, text = suggestions.find(act.session, id, proposal, act.reader)
    how = {"version": act.version, "base": form.base}
    try:
        suggestions.accept(act.session, suggestion, text, proposal, form, by=by, now=act.now, **how)
    except Stale:
        raise Refused(N_("The text changed since: look at the suggestion once more"), field="base") from None
    return _told(act, proposal, id)


@writes.put(
    "/suggestions/{id}/refusal",
    response_model=Suggestion,
    summary="Decline a suggestion",
    openapi_extra=described({"reason": "The group has agreed on the longer text."}, matched=True),
)
@acting
def decline(act: Act, form: DeclineForm, slug: Slug, id: Number) -> Response:  # noqa: A002
    """With a reason, which whoever made it reads. 409 when it is decided."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    suggestion, _ = suggestions.find(act.session, id, proposal, act.reader)
    suggestions.decline(act.session, suggestion, proposal, form, version=act.version, by=by, now=act.now)
    return _told(act, proposal, id)


@writes.put(
    "/suggestions/{id}/withdrawal",
    response_model=Suggestion,
    summary="Take a suggestion back",
    openapi_extra=described(matched=True),
)
@acting
def withdraw(act: Act, slug: Slug, id: Number) -> Response:  # noqa: A002
    """One's own; that there was one stays. 409 when it is decided."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.commenter(act.reader, proposal)
    suggestion, _ = suggestions.find(act.session, id, proposal, act.reader)
    suggestions.withdraw(act.session, suggestion, proposal, version=act.version, by=by, now=act.now)
    return _told(act, proposal, id)


def _told(act: Act, proposal: Proposal, number: int, status: int = 200) -> Response:
    found = claimed.one(told.listed(act.written(), act.reader, proposal, col(SuggestionRow.id) == number, limit=1))
    at = f"/proposals/{proposal.slug}/suggestions/{number}"
    return act(found, status, version=found["version"], at=at)

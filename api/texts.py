from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import Asked, InTongue, Slug
from api.deps import Answer, looking
from api.examples import described
from api.writing import Act, acting
from models import Proposal
from models import Text as TextRow
from relais import access, proposals, texts
from relais.errors import Missing
from relais.export import parts, rows
from relais.export.proposal_shapes import Text
from relais.export.read import read
from relais.texts import TextForm

routes = APIRouter(prefix="/proposals/{slug}/texts", tags=["texts"])
writes = APIRouter(prefix="/proposals/{slug}/texts", tags=["texts"])


@routes.get("/{language}", response_model=Text, summary="The words of a proposal in one language")
@looking
def show(slug: Slug, language: InTongue, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    found = list(read(session, rows.texts((col(Proposal.slug) == slug) & (col(TextRow.language) == language), answer.reader)))
    if not found:
        raise Missing
    text = parts.text(found[0])
    return answer.versioned(text, text["revision"])


@writes.put(
    "/{language}",
    response_model=Text,
    summary="Save a text",
    openapi_extra=described({"title": "Un guichet unique", "body": "## Pourquoi\n\nPour tous.", "note": "Plus court"}, matched=True),
)
@acting
def save(act: Act, form: TextForm, slug: Slug, language: InTongue) -> Response:
    """As the next revision after the one whose tag is in `If-Match`; the first text in a language is saved over revision 0: `"0"`. A minor
    edit that changes no words of substance leaves translations as they are."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    saved = texts.save(act.session, proposal, language, form, base=act.version, by=by, now=act.now)
    chosen = (col(Proposal.slug) == slug) & (col(TextRow.language) == language)
    return act(parts.text(next(iter(list(read(act.written(), rows.texts(chosen, act.reader)))))), version=saved.number)

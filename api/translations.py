from datetime import UTC
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, InTongue, Slug
from api.deps import Answer, looking
from api.examples import described
from api.problems import language_of
from api.schemas import Page
from api.text_shapes import Revision, TranslationWanted
from api.writing import Act, acting
from relais import access, groups, proposals
from relais.export import revisions
from relais.export.parts import Part
from relais.texts import translation
from relais.texts.translation import ConfirmationForm, Wanted

routes = APIRouter(tags=["translations"])
writes = APIRouter(tags=["translations"])


@routes.get("/groups/{slug}/translations", response_model=Page[TranslationWanted], summary="What a group has to translate")
@looking
def index(slug: Slug, asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """What is behind its original, or not there in French or English: the longest waiting first. For the group alone."""
    group = groups.find(session, slug)
    access.insider(answer.reader, group)
    after = answer.after(asked) or ""
    found = [one for one in translation.wanted(session, answer.reader, "en", group) if _place(one) > after]
    items = [_wanted(one) for one in found[: asked.limit + 1]]
    return answer.page(items, asked, names=[_place(one) for one in found])


@writes.post(
    "/proposals/{slug}/texts/{language}/confirmations",
    status_code=201,
    response_model=Revision,
    summary="Say that a translation is still right",
    openapi_extra=described({"source": 2}, matched=True),
)
@acting
def confirm(act: Act, form: ConfirmationForm, slug: Slug, language: InTongue) -> Response:
    """Although its original changed: the same words are saved as the next revision, made from the original at revision `source`. 422 when
    that is not the last, or nothing is out of date."""
    proposal = proposals.find(act.session, slug, act.reader)
    by = access.editor(act.reader, proposal)
    said_in = language_of(act.request)
    saved = translation.still_right(act.session, proposal, language, form, base=act.version, by=by, now=act.now, said_in=said_in)
    told = revisions.one(act.written(), act.reader, proposal, language, saved.number)
    return act(told, 201, version=saved.number, at=f"/proposals/{slug}/revisions/{language}/{saved.number}")


def _place(one: Wanted) -> str:
    """Where it stands in the list."""
    return f"{one.since.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f} {one.proposal_id:010} {one.language}"


def _wanted(one: Wanted) -> Part:
    return {
        "proposal": one.title.slug,
        "language": one.language,
        "original": one.original,
        "fields": list(one.fields),
        "translated": one.translated,
        "current": one.current,
        "since": f"{one.since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }

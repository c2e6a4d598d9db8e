from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Slug
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.writing import Act, acting
from relais import access, actors
from relais.actors import ActorForm
from relais.export import lists
from relais.export.shapes import Actor
from relais.sources import slug_of

routes = APIRouter(prefix="/actors", tags=["actors"])
writes = APIRouter(tags=["actors"])


@routes.get("", response_model=Page[Actor], summary="Those who can take a position")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were added."""
    return answer.page(lists.actors(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Actor, summary="One actor")
@looking
def show(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer.versioned(lists.actor(session, slug), actors.find(session, slug).version)


@writes.post(
    "/actors",
    status_code=201,
    response_model=Actor,
    summary="Add somebody who can take a position",
    openapi_extra=described(
        {"kind": "association", "name_fr": "Les Communs", "name_en": "The Commons", "since": "2019-03-01", "part_of": "france"}
    ),
)
@acting
def add(act: Act, form: ActorForm) -> Response:
    """By whoever edits in some group. Its slug is made of its English name; `part_of` is the slug of the body or state it belongs to."""
    by = access.any_editor(act.reader)
    actor = actors.add(act.session, slug_of(form.name_en), form, by=by, now=act.now)
    return act(lists.actor(act.written(), actor.slug), 201, version=actor.version, at=f"/actors/{actor.slug}")


@writes.put(
    "/actors/{slug}",
    response_model=Actor,
    summary="Correct what is said of an actor",
    openapi_extra=described(
        {"kind": "association", "name_fr": "France", "name_en": "France", "note_en": "As its site says."}, matched=True
    ),
)
@acting
def change(act: Act, form: ActorForm, slug: Slug) -> Response:
    """By whoever edits in some group. What is left out is emptied, but names in other languages stay."""
    actor = actors.find(act.session, slug)
    by = access.any_editor(act.reader)
    actors.change(act.session, actor, form, version=act.version, by=by, now=act.now)
    return act(lists.actor(act.written(), slug), version=actor.version)

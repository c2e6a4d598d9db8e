from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked, Slug
from api.coordinating import coordinated
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.writing import Act, acting
from relais import groups
from relais.export import lists
from relais.export.shapes import Group
from relais.groups import GroupFacts

routes = APIRouter(prefix="/groups", tags=["groups"])
writes = APIRouter(tags=["groups"])


@routes.get("", response_model=Page[Group], summary="Working groups")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were founded."""
    return answer.page(lists.groups(session, answer.after(asked), asked.limit + 1), asked)


@routes.get("/{slug}", response_model=Group, summary="One working group")
@looking
def show(slug: Slug, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer.versioned(lists.group(session, slug), groups.find(session, slug).version)


@writes.put(
    "/groups/{slug}",
    response_model=Group,
    summary="Change how a group is called and described",
    openapi_extra=described(
        {"name_fr": "Communs numériques", "name_en": "Digital commons", "description_fr": "Ce qui est à tous."}, matched=True
    ),
)
@acting
def change(act: Act, form: GroupFacts, slug: Slug) -> Response:
    """By coordinators. What is left out is emptied."""
    group = coordinated(act.session, slug, act.caller)
    groups.change(act.session, group, form, version=act.version, by=act.by, now=act.now)
    return act(lists.group(act.written(), slug), version=group.version)

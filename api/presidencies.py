from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APageOnADay, OnADay, Slug
from api.deps import Answer, Today, looking
from api.examples import described
from api.schemas import Page
from api.writing import Act, acting
from relais import access, export
from relais.export import lists
from relais.export.shapes import Presidency
from relais.presidencies import decided
from relais.presidencies.decided import DecidedForm

routes = APIRouter(prefix="/presidencies", tags=["presidencies"])
writes = APIRouter(tags=["presidencies"])


@routes.get("", response_model=Page[Presidency], summary="Presidencies of the Council")
@looking
def index(asked: Annotated[APageOnADay, Query()], session: Session, answer: Answer, today: Today) -> Response:
    """From the first known to the last decided. With `as_of`, `known` tells which had been decided by then."""
    found = lists.presidencies(session, answer.after(asked), asked.limit + 1, export.past(asked.as_of, today))
    return answer.page(found, asked)


@routes.get("/{slug}", response_model=Presidency, summary="One presidency")
@looking
def show(slug: Slug, asked: Annotated[OnADay, Query()], session: Session, answer: Answer, today: Today) -> Response:
    return answer(lists.presidency(session, slug, export.past(asked.as_of, today)))


@writes.post(
    "/presidencies",
    status_code=201,
    response_model=Presidency,
    summary="Add the next presidency, as a decision sets it",
    openapi_extra=described(
        {
            "state": "greece",
            "starts_on": "2027-07-01",
            "trio": "IE LT EL",
            "decision_title": "Council Decision (EU) 2016/1316 of 26 July 2016 amending Decision 2009/908/EU",
            "decision_url": "http://data.europa.eu/eli/dec/2016/1316/oj",
            "known_on": "2016-07-26",
        }
    ),
)
@acting
def add(act: Act, form: DecidedForm) -> Response:
    """By coordinators. It follows the last one known. `decision` is the slug of a source; left empty, its title and address add one."""
    row = decided.add(act.session, form, by=access.any_coordinator(act.reader), now=act.now)
    return act(lists.presidency(act.written(), row.slug, None), 201, at=f"/presidencies/{row.slug}")

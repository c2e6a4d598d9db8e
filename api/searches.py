from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import APage, Number
from api.deps import Answer, looking
from api.examples import described
from api.schemas import Page
from api.shapes import SavedSearch
from api.writing import Act, acting
from relais import saved_searches
from relais.saved_searches import SearchForm
from relais.settings import settings

routes = APIRouter(prefix="/searches", tags=["searches"])
writes = APIRouter(tags=["searches"])


@routes.get("", response_model=Page[SavedSearch], summary="The searches the holder follows")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were saved. With a token alone."""
    answer.for_members()
    first, person = answer.number_after(asked), answer.reader.person
    rows = [row for row in saved_searches.of(session, person) if row.id > first] if person else []
    return answer.page([_told(row) for row in rows[: asked.limit + 1]], asked, "id")


@writes.post(
    "/searches",
    status_code=201,
    response_model=SavedSearch,
    summary="Follow a search",
    openapi_extra=described({"query": "q=logiciel+libre&kind=comment"}),
)
@acting
def add(act: Act, form: SearchForm) -> Response:
    """What is found by it from now on stands in the holder's notices. `query` is that of the search page: `q`, `kind`, `stage`, `theme`,
    `tongue`. One that is followed already stays as it is."""
    return act(_told(saved_searches.save(act.session, act.by, form, act.now)), 201)


@writes.delete("/searches/{id}", status_code=204, summary="Follow a search no more")
@acting
def remove(act: Act, id: Number) -> Response:  # noqa: A002  the name in the address
    saved_searches.remove(act.session, saved_searches.find(act.session, act.by, id))
    return act(status=204)


def _told(row: Any) -> dict[str, Any]:
    url = f"{settings().base_url}/en/search?{row.key}"
    return {"id": row.id, "query": row.key, "url": url, "saved_at": row.saved_at.isoformat().replace("+00:00", "Z")}

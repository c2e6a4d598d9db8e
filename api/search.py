from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from api.asked import Words
from api.deps import Answer, looking
from api.schemas import Page
from api.shapes import Hit
from relais import presidencies, search
from relais.search import hits, narrowing, question
from relais.search.hits import Shown
from relais.settings import settings

routes = APIRouter(prefix="/search", tags=["search"])


@routes.get("", response_model=Page[Hit], summary="What says the words one looks for")
@looking
def index(asked: Annotated[Words, Query()], session: Session, answer: Answer) -> Response:
    """What says all of them in its title first, then in its summary, then anywhere; the newest first in each. Of more than 500 the oldest
    are left out."""
    looked_for = question.read(asked.q)
    found = search.find(session, answer.reader, looked_for, narrowing({name: str(value) for name, value in asked.filters().items()}))
    first = answer.number_after(asked)
    some = found.hits[first : first + asked.limit + 1]
    shown = hits.shown(session, answer.reader, asked.language, looked_for.wanted, some, presidencies.calendar(session)) if some else []
    places = [first + number for number in range(1, len(shown) + 1)]
    return answer.page([_written(one, asked.language) for one in shown], asked, names=places)


def _written(one: Shown, language: str) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "url": f"{settings().base_url}/{language}{one.path}",
        "name": "".join(run.text for run in one.name) or None,
        "name_language": one.name_language or None,
        "excerpt": [{"text": run.text, "found": run.marked} for run in one.excerpt],
        "excerpt_language": one.excerpt_language or None,
        "date": str(one.when or one.day or "") or None,
        "proposal": one.about.slug if one.about else None,
        "public": not one.private,
    }

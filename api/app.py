"""The API: `app`, which the gate mounts under /api/v1."""

from fastapi import Depends, FastAPI

from api import (
    actors,
    comments,
    entries,
    events,
    groups,
    legs,
    moves,
    positions,
    presidencies,
    problems,
    proposals,
    search,
    sources,
    tasks,
    themes,
)
from api.asked import once
from api.head import HeadAsGet
from api.openapi import described
from api.outside import LastUse, OpenToPages

ABOUT = """
The record of Relais as JSON. The shapes are those of the export at `/export.json`.

- **Another day.** Proposals and presidencies take `as_of=2022-06-30`: stages, moves, positions and entries as they surely were that day.
- **Pages.** Lists give `items` and the address of the `next` page, also in the `Link` header. What is added meanwhile comes last.
- **Freshness.** Every answer has an `ETag`; ask again with `If-None-Match` and get 304 while nothing public changed.
- **Tokens.** With `Authorization: Bearer relais_…` (docs/api/tokens.md) you are told what the holder may see.
- **Problems** are `application/problem+json` (RFC 9457). A parameter that is unknown, wrong or given twice is refused with 422.
"""

app = FastAPI(
    title="Relais",
    version="1",
    description=ABOUT,
    docs_url=None,
    redoc_url=None,
    redirect_slashes=False,
    dependencies=[Depends(once)],
    responses=problems.DOCUMENTED,
    generate_unique_id_function=lambda route: f"{route.name}_{route.tags[0]}",
)
NOUNS = (proposals, moves, positions, entries, legs, comments, tasks, presidencies, actors, sources, groups, themes, events, search)
for noun in NOUNS:
    app.include_router(noun.routes)
for around in (HeadAsGet, OpenToPages, LastUse):  # the last is the outermost
    app.add_middleware(around)
app.openapi = described(app)  # type: ignore[method-assign]
problems.install(app)

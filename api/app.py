"""The API: `app`, which the gate mounts under /api/v1."""

from typing import Any

from fastapi import Depends, FastAPI

from api import (
    actors,
    answers,
    citations,
    comments,
    confirmations,
    contacts,
    entries,
    events,
    groups,
    imports,
    invitations,
    legs,
    members,
    moderation,
    moves,
    notices,
    packets,
    positions,
    presidencies,
    problems,
    proposals,
    reports,
    revisions,
    search,
    searches,
    settlements,
    snapshots,
    sources,
    suggestions,
    tasks,
    texts,
    themes,
    translations,
    webhooks,
)
from api.asked import once
from api.head import HeadAsGet
from api.openapi import described
from api.outside import LastUse, OpenToPages
from api.pace import Paced
from api.writing import may_write

ABOUT = """
The record of Relais as JSON. The shapes are those of the export at `/export.json`.

- **Another day.** Proposals, moves, positions, entries and presidencies take `as_of=2022-06-30`: what was surely so by that day.
- **Pages.** Lists give `items` and the address of the `next` page, also in the `Link` header. What is added meanwhile comes last.
- **Freshness.** Every answer has an `ETag`; ask again with `If-None-Match` and get 304 while nothing public changed.
- **Tokens.** With `Authorization: Bearer relais_…` (docs/api/tokens.md) you are told what the holder may see.
- **Writes.** With a token that may write, the verbs of the pages. What others may change too wants the `ETag` you saw in `If-Match`; a POST
  may be sent twice safely under an `Idempotency-Key`.
- **Limits.** 600 reads a minute by a token or from an address, 60 writes a minute with a token: counted down in `RateLimit`.
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
    generate_unique_id_function=lambda route: f"{route.name}_{route.tags[0]}",
)
NOUNS: tuple[Any, ...] = (
    proposals, texts, revisions, suggestions, translations, moves, positions, confirmations, entries, answers, legs, contacts, comments,
    moderation, tasks, presidencies, packets, actors, sources, citations, settlements, groups, members, invitations, webhooks, imports,
    themes, events, notices, search, searches, reports, snapshots,
)  # fmt: skip
for noun in NOUNS:
    if hasattr(noun, "routes"):
        app.include_router(noun.routes, responses=problems.READ)
    if hasattr(noun, "writes"):
        app.include_router(noun.writes, responses=problems.WRITTEN, dependencies=[may_write])
for around in (HeadAsGet, Paced, OpenToPages, LastUse):  # the last is the outermost
    app.add_middleware(around)
app.openapi = described(app)  # type: ignore[method-assign]
problems.install(app)

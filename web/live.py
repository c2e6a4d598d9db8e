"""What arrives while a page is open: one stream of server-sent events for each, and the comments it told of.

The stream is the one handler that is `async` and holds no session (docs/decisions/0002): web/streams.py reads for all of them.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any, Literal

import anyio.to_thread
from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from relais import db, proposals, sign_in
from relais.access import VISITOR
from relais.comments import discussion
from relais.errors import Missing
from relais.i18n import N_, say
from relais.settings import now
from web.client import address_of
from web.desk import Desk, Language, cookie_name, looking
from web.discussion import commented
from web.look import Wish
from web.place import Id
from web.render import page as whole
from web.streams import Full, Stream, Streams, streams

routes = APIRouter(prefix="/{language}/proposals/{slug}")

HEARTBEAT = 20.0
RETRY_AFTER = 30
EVENT_STREAM = "text/event-stream"
# Passed on as it comes, and kept nowhere: proxies that buffer or compress would hold messages back.
HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
EventId = Annotated[int, Query(ge=0, lt=2**63)]


@routes.get("/live")
async def live(
    request: Request,
    language: Language,
    slug: str,
    page: Literal["show", "edit", "leg"] = "show",
    after: EventId = 0,
    last_event_id: Annotated[str, Header()] = "",
) -> Response:
    """News of the proposal after the last event the page knows of, as they come. Who accepts no stream of events gets those there are."""
    wish = await anyio.to_thread.run_sync(partial(_wish, request, language, slug, page))
    known = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 19 else after
    here = streams()
    if EVENT_STREAM not in request.headers.get("Accept", ""):
        stream, _ = await here.caught_up(wish, known)
        return Response(b"".join(filter(None, _waiting(stream))), media_type=EVENT_STREAM, headers=HEADERS)
    try:
        return Live(here, await here.open(wish, known))
    except Full:
        words = say(
            language, N_("Too many pages are being kept up to date at once. This one works without: load it again to see what is new.")
        )
        return PlainTextResponse(words, 503, {"Retry-After": str(RETRY_AFTER)})


@routes.get("/comments")
@looking
def index(desk: Desk, slug: str, id: Annotated[list[Id], Query(max_length=200)]) -> Response:  # noqa: A002  the name in the address
    """Comments by their numbers, each for where it belongs on a page that lacks it."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    if not desk.htmx:
        return RedirectResponse(f"/{desk.language}/proposals/{slug}#c{min(id)}", 303)
    threads = discussion.some(desk.session, proposal, desk.reader, id)
    if not threads:
        raise Missing
    render = commented(desk, proposal)
    return whole(desk, "live/_comments.html", threads=[(talk.parent_id, render(talk)) for talk in threads])


class Live(StreamingResponse):
    """A stream for as long as the page is open, the server runs and its reader may know."""

    media_type = EVENT_STREAM

    def __init__(self, here: Streams, stream: Stream) -> None:
        super().__init__(_flow(stream), headers=HEADERS)
        self._here, self._stream = here, stream

    async def __call__(self, *asgi: Any) -> None:
        try:
            await super().__call__(*asgi)
        finally:
            self._here.close(self._stream)


async def _flow(stream: Stream) -> AsyncIterator[bytes]:
    """Messages as they come, and a comment now and then, so that whatever is between sees the line is in use."""
    yield b": here\n\n"
    while True:
        try:
            message = await asyncio.wait_for(stream.queue.get(), HEARTBEAT)
        except TimeoutError:
            message = b": still here\n\n"
        if message is None:
            return
        yield message


def _waiting(stream: Stream) -> list[bytes | None]:
    return [stream.queue.get_nowait() for _ in range(stream.queue.qsize())]


def _wish(request: Request, language: str, slug: str, page: str) -> Wish:
    """In a thread: who asks, and whether the proposal is there for them. Raises Missing."""
    token = request.cookies.get(cookie_name(), "")
    with db.reading() as session:
        reader = sign_in.reader_of(session, token, now()) if token else VISITOR
        proposal = proposals.find(session, slug, reader)
        client = reader.person.id if reader.person else address_of(request)
        return Wish(proposal.id, proposal.group_id, language, page, reader, token if reader.person else "", client)

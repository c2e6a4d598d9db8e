"""A visitor's page is rendered once per state of the record: its bytes are kept under (address, language) with that state.

The state is read from the database on every request, so a stale page is impossible; the same state is the ETag.
"""

import zlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from sqlalchemy import text

from relais import db
from relais.settings import settings
from web.desk import cookie_name
from web.render import static

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
State = tuple[int, str, str]

MOST_PAGES, MOST_BYTES = 512, 400_000
PUBLIC_STATE = text("SELECT coalesce(max(id), 0) FROM events WHERE public")


@dataclass(frozen=True)
class Page:
    state: State
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Shelf:
    """The last pages rendered, each with the state it was made from."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()

    def get(self, address: str, state: State) -> Page | None:
        page = self._pages.get(address)
        if page is None or page.state != state:
            return None
        self._pages.move_to_end(address)
        return page

    def put(self, address: str, page: Page) -> None:
        self._pages[address] = page
        self._pages.move_to_end(address)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)


shelf = Shelf()


def state() -> State:
    """Last public event, day in Brussels, version of the files: whatever a visitor's page is made from."""
    with db.engine().execution_options(relais_reading=True).connect() as connection:
        last: int = connection.execute(PUBLIC_STATE).scalar_one()
    return last, settings().day().isoformat(), static("")


def pages(app: App) -> App:
    """Answer a visitor's GET from the shelf when nothing public changed since; else let the page be made, and keep it."""

    async def door(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or _personal(scope):
            return await app(scope, receive, send)
        address = f"{settings().database_url} {scope['path']}?{scope['query_string'].decode('latin-1')}"
        current = await anyio.to_thread.run_sync(state)
        page = shelf.get(address, current)
        if page:
            return await _serve(scope, send, page)
        await app(scope, receive, _keeping(scope, send, address, current))

    return door


def _keeping(scope: Scope, send: Any, address: str, current: State) -> Any:
    """Pass the answer on once whole; keep it if it is a page anybody may have. Made from `current` or later, kept as `current`."""
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            if not _public_page(start):
                await send(start)
            return None
        if not _public_page(start):
            return await send(message)
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return None
        headers = tuple((key, value) for key, value in start["headers"] if key not in (b"content-length", b"etag", b"cache-control"))
        page = Page(current, headers, bytes(body))
        if len(body) <= MOST_BYTES and scope["method"] == "GET":
            shelf.put(address, page)
        await _serve(scope, send, page)

    return keep


async def _serve(scope: Scope, send: Any, page: Page) -> None:
    tag = _tag(page.state, page.body)
    fresh = any(key == b"if-none-match" and tag in value for key, value in scope["headers"])
    headers = [*page.headers, (b"etag", tag), (b"cache-control", b"no-cache"), (b"vary", b"Cookie, HX-Request")]
    if not fresh:
        headers.append((b"content-length", str(len(page.body)).encode()))
    await send({"type": "http.response.start", "status": 304 if fresh else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if fresh or scope["method"] == "HEAD" else page.body})


def _tag(current: State, body: bytes) -> bytes:
    last, day, _ = current
    return f'"{last}-{day}-{zlib.crc32(body):08x}"'.encode()


def _personal(scope: Scope) -> bool:
    """Whether the answer may depend on who asks, or is only part of a page."""
    session = f"{cookie_name()}=".encode()
    return "/sign-in" in scope["path"] or any(
        (key == b"cookie" and session in value) or key == b"hx-request" for key, value in scope["headers"]
    )


def _public_page(start: Message) -> bool:
    headers = dict(start["headers"])
    if start["status"] != 200 or b"set-cookie" in headers or headers.get(b"cache-control") == b"no-store":
        return False
    return headers.get(b"content-type", b"").startswith(b"text/html")

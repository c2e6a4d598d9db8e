"""A visitor's page is rendered once per state of the record: its bytes are kept under (address, language) with that state.

The state is read from the database on every request, so a stale page is impossible; the same state is the ETag.
"""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from relais.i18n import LANGUAGES
from relais.log import logger
from relais.settings import BRUSSELS, settings
from web.desk import cookie_name
from web.render import static
from web.shelf import Shelf
from web.watch import Last, watch

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
State = tuple[Last, str, str]
Headers = list[tuple[bytes, bytes]]

KEPT = (b"text/html", b"application/atom+xml", b"application/feed+json", b"text/calendar")
FETCHED = tuple(f"/{language}/{place}/" for language in LANGUAGES for place in ("feeds", "calendars"))
FORMS = (".atom", ".json", ".ics")
NOT_KEPT = (b"content-length", b"etag", b"cache-control")


@dataclass(frozen=True)
class Page:
    state: State
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body)

    @cached_property
    def tag(self) -> bytes:
        if self.modified:  # who polls every hour must not fetch it again because something else happened, or a day began
            return f'"{sha256(self.body).hexdigest()[:24]}"'.encode()
        last, day, _ = self.state
        return f'"{last.id}-{day}-{zlib.crc32(self.body):08x}"'.encode()

    @cached_property
    def modified(self) -> bytes:
        """When what it tells last changed, where that is known to the second: feeds and calendars say so, pages do not."""
        return dict(self.headers).get(b"last-modified", b"")

    def known_to(self, scope: Scope) -> bool:
        """Whether who asks has it, by its tag or, without one, by its date (RFC 9110, 13.2.2)."""
        asked = dict(scope["headers"])
        if b"if-none-match" in asked:
            return any(key == b"if-none-match" and self.tag in value for key, value in scope["headers"])
        return bool(self.modified) and moment(asked.get(b"if-modified-since", b"").decode("latin-1")) >= moment(self.modified.decode())

    @cached_property
    def unchanged(self) -> Headers:
        """The headers of an answer without the body: those by which who has the page goes on keeping it (RFC 9110, 15.4.5)."""
        return [(b"etag", self.tag), (b"cache-control", b"no-cache"), (b"vary", b"Cookie, HX-Request")]

    @cached_property
    def whole(self) -> Headers:
        changed = () if self.modified else ((b"last-modified", self._changed),)
        return [*self.headers, *self.unchanged, *changed, (b"content-length", str(len(self.body)).encode())]

    @property
    def _changed(self) -> bytes:
        """When a page may last have changed: with the last public act, or with the day. It says nothing of a new release, so nobody who
        asks by it is told that nothing changed."""
        last, day, _ = self.state
        began = datetime.combine(date.fromisoformat(day), time(), BRUSSELS).astimezone(UTC)
        return format_datetime(max(last.at.astimezone(UTC), began), usegmt=True).encode()


shelf: Shelf[Page] = Shelf(most=512, most_bytes=32_000_000, largest=400_000)
# Pages being made: of many who ask for one at once, one makes it and the others wait for it.
_making: dict[tuple[asyncio.AbstractEventLoop, str, State], asyncio.Future[Page | None]] = {}


async def state() -> State:
    """Last public event, day in Brussels, version of the files: whatever a visitor's page is made from."""
    return await watch().last(), settings().day().isoformat(), static("")


def pages(app: App) -> App:
    """Answer a visitor's GET from the shelf when nothing public changed since; else let the page be made, and keep it."""

    async def door(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or _personal(scope):
            return await app(scope, receive, send)
        address = f"{settings().database_url} {scope['path']}?{scope['query_string'].decode('latin-1')}"
        try:
            current = await state()
        except Exception:
            logger().warning("state_not_read", exc_info=True)
            return await app(scope, receive, send)
        page = _kept(address, current) or await _made_by_another(address, current)
        if page:
            return await _serve(scope, send, page)
        await _make(app, scope, receive, send, address, current)

    return door


def _kept(address: str, current: State) -> Page | None:
    page = shelf.get(address)
    return page if page and page.state == current else None


async def _made_by_another(address: str, current: State) -> Page | None:
    """The page somebody is making from the same state, once it is there; None when nobody is, or it is not one to share."""
    making = _making.get((asyncio.get_running_loop(), address, current))
    return await asyncio.shield(making) if making else None


async def _make(app: App, scope: Scope, receive: Any, send: Any, address: str, current: State) -> None:
    loop = asyncio.get_running_loop()
    key, making = (loop, address, current), loop.create_future()
    if scope["method"] == "GET":
        _making.setdefault(key, making)
    try:
        await app(scope, receive, _keeping(scope, send, address, current, making))
    finally:
        if not making.done():
            making.set_result(None)
        if _making.get(key) is making:
            del _making[key]


def _keeping(scope: Scope, send: Any, address: str, current: State, making: "asyncio.Future[Page | None]") -> Any:
    """Pass the answer on once whole; keep it if it is a page anybody may have, and hand it to those who wait for it.

    Made from `current` or later, kept as `current`.
    """
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            if not _public_page(start):
                making.set_result(None)
                await send(start)
            return None
        if not _public_page(start):
            return await send(message)
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return None
        page = Page(current, tuple((key, value) for key, value in start["headers"] if key not in NOT_KEPT), bytes(body))
        if scope["method"] == "GET":
            shelf.put(address, page)
        making.set_result(page)
        await _serve(scope, send, page)

    return keep


async def _serve(scope: Scope, send: Any, page: Page) -> None:
    fresh = page.known_to(scope)
    await send({"type": "http.response.start", "status": 304 if fresh else 200, "headers": page.unchanged if fresh else page.whole})
    await send({"type": "http.response.body", "body": b"" if fresh or scope["method"] == "HEAD" else page.body})


def _personal(scope: Scope) -> bool:
    """Whether the answer may depend on who asks, or is only part of a page."""
    if _for_readers_without_a_session(scope):
        return False
    session = f"{cookie_name()}=".encode()
    return "/sign-in" in scope["path"] or any(
        (key == b"cookie" and session in value) or key == b"hx-request" for key, value in scope["headers"]
    )


def moment(header: str) -> datetime:
    """A date of HTTP; long ago for what is none."""
    try:
        return parsedate_to_datetime(header).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _for_readers_without_a_session(scope: Scope) -> bool:
    """What feed readers and calendars take holds what a visitor may know, whoever asks."""
    path: str = scope["path"]
    return path.startswith(FETCHED) and path.endswith(FORMS)


def _public_page(start: Message) -> bool:
    headers = dict(start["headers"])
    if start["status"] != 200 or b"set-cookie" in headers or headers.get(b"cache-control") == b"no-store":
        return False
    return headers.get(b"content-type", b"").startswith(KEPT)

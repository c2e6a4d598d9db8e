"""What stands before both doors: a request id and one log line, a limit on bodies, the origin check, and the headers of every answer."""

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from secrets import token_hex
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from relais import log
from relais.log import logger
from relais.settings import settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LIMIT = 1_000_000
# Where files are brought to be imported (relais.imports.LARGEST, and what a form says around them), by people and by programs.
FILES, OF_FILES = re.compile(r"/[a-z]{2}/groups/[^/]+/imports/new|/api/v1/groups/[^/]+/imports"), 10_100_000
# A mail program presses it for its reader, from nowhere (RFC 8058); the address itself shows that it may.
ONE_CLICK = re.compile(r"/[a-z]{2}/follow/stop/[^/]+")
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def logged(app: App) -> App:
    """Give each request an id, add the headers every answer carries, and write one line about it: no address, no person."""

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        scope.setdefault("state", {})["request_id"] = request_id = token_hex(6)
        began, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # Who is told that nothing changed has the page with its headers: only what may differ is said again (RFC 9110, 15.4.5).
                if status != 304:
                    message["headers"] = [*message.get("headers", []), *HEADERS, *_strict(), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await app(scope, receive, answer)
        except Exception:
            logger().exception("request_failed", request_id=request_id, method=scope["method"], path=_place(scope))
            if not status:
                await _failed(scope, request_id)(scope, receive, answer)
        took = round((time.perf_counter() - began) * 1000, 1)
        log.request(request_id=request_id, method=scope["method"], path=_place(scope), status=status, ms=took)

    return gate


def limited(app: App) -> App:
    """Refuse a body over the limit, by its stated length or as it arrives."""

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        limit = OF_FILES if FILES.fullmatch(scope["path"]) else LIMIT
        stated = header(scope, b"content-length")
        if stated.isdigit() and int(stated) > limit:
            return await too_large(scope)(scope, receive, send)
        seen = 0

        async def measured() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413)  # whichever door is reading it tells so in its own way
            return message

        await app(scope, measured, send)

    return gate


def same_origin(app: App) -> App:
    """Refuse a change asked for by another site: `Sec-Fetch-Site` says same-origin, or else `Origin` is ours.

    Exempt are the JSON door, which reads no cookie and so acts for the bearer of a token alone, and the way out of letters by one press.
    """

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in UNSAFE and not _ours(scope):
            return await _plain(scope, 403, "This request came from another site.")(scope, receive, send)
        await app(scope, receive, send)

    return gate


def _ours(scope: Scope) -> bool:
    if scope["path"].startswith("/api/") or ONE_CLICK.fullmatch(scope["path"]):
        return True
    site = header(scope, b"sec-fetch-site")
    if site:
        return site == "same-origin"
    return header(scope, b"origin") == settings().base_url


def too_large(scope: Scope) -> Response:
    most = OF_FILES if FILES.fullmatch(scope["path"]) else LIMIT
    return _plain(scope, 413, f"A request may hold at most {most // 1_000_000} MB.")


def _failed(scope: Scope, request_id: str) -> Response:
    return _plain(scope, 500, f"Something failed on our side. Reference: {request_id}")


def _plain(scope: Scope, status: int, words: str) -> Response:
    if scope["path"].startswith("/api/"):
        body = {"type": "about:blank", "title": words, "status": status, "instance": scope["path"]}
        return JSONResponse(body, status, media_type="application/problem+json")
    return PlainTextResponse(words, status)


def _place(scope: Scope) -> str:
    """The route's pattern where one matched, else the path cut short: a log names no slug it does not need and no token."""
    route = scope.get("route")
    return str(getattr(route, "path", "") or scope["path"][:80]) if route else log.TOKEN.split(scope["path"])[0][:80]


def _strict() -> list[tuple[bytes, bytes]]:
    return [(b"strict-transport-security", b"max-age=31536000")] if settings().secure else []

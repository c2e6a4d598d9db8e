"""What stands around the routes: pages of other sites may read what is public, and the last use of a token is noted behind the answer."""

import anyio.to_thread
from sqlalchemy.exc import DBAPIError
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from relais import db, tokens
from relais.log import logger
from relais.settings import now

READ = ("GET", "HEAD")
TOLD = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
PREFLIGHT = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match"),
    (b"access-control-max-age", b"86400"),
]


class OpenToPages:
    """Any page may read as a visitor (CORS). None may carry a token or write: a browser asks first, and is told no more than this."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        names = {name for name, _ in scope["headers"]}
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in names:
            await send({"type": "http.response.start", "status": 204, "headers": PREFLIGHT})
            return await send({"type": "http.response.body", "body": b""})
        visitor = scope["method"] in READ and b"authorization" not in names

        async def open_to_all(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Authorization")
                if visitor:
                    headers["Access-Control-Allow-Origin"] = "*"
                    headers["Access-Control-Expose-Headers"] = TOLD
            await send(message)

        await self.app(scope, receive, open_to_all)


class LastUse:
    """Note that a token was used once the answer has left: nobody waits for it, and nothing fails with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)
        token_id, last = scope.get("state", {}).get("token", (None, None))
        if token_id is not None and (last is None or last <= now() - tokens.USED_EVERY):
            await anyio.to_thread.run_sync(_note, token_id)


def _note(token_id: int) -> None:
    try:
        with db.writing() as session:
            tokens.used(session, token_id, now())
    except DBAPIError:
        logger().warning("last_use_not_noted", token=token_id)

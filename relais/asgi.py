"""The gate: both doors, the static files and the health pages behind one ASGI application."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from relais import gate, health, i18n, metrics
from relais.i18n import chosen
from web import kept
from web.app import app as web
from web.render import STATIC
from web.streams import ending_at_the_signal

THREADS = 2  # measured in bench/: one waits for the database while the other works; more only fight for the interpreter


class KeptForEver(StaticFiles):
    """Static files under an address that changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path.split("/", 1)[-1], scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


class Later:
    """The `app` of a module that is loaded when it is first asked for something: pages need not wait for it at the start."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is None:
            self.app = (await anyio.to_thread.run_sync(import_module, self.module)).app
        await self.app(scope, receive, send)


def to_language(request: Request) -> Response:
    """An address without a language goes to the reader's: the cookie, then Accept-Language, then French."""
    language = chosen(request.cookies.get("language"), request.headers.get("Accept-Language"))
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"Vary": "Accept-Language, Cookie", "Cache-Control": "no-cache"}
    return RedirectResponse(f"/{language}{request.scope['path']}{query}", 307, headers)


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    gc.freeze()  # what is loaded stays: a reader need not wait while it is searched for garbage
    with ending_at_the_signal():
        yield


pages = kept.pages(web)
LANGUAGES = tuple(f"/{language}/" for language in i18n.LANGUAGES)
UNPREFIXED = (
    "/", "/proposals", "/presidencies", "/positions", "/actors", "/sources", "/groups",
    "/activity", "/tasks", "/queue", "/sign-in", "/accessibility", "/feeds", "/calendars", "/follow", "/search",
)  # fmt: skip


async def html(scope: Scope, receive: Receive, send: Send) -> None:
    """The HTML door; an address that is a page but names no language is sent to one."""
    path = scope.get("path", "")
    page = path == "/" or any(path == place or path.startswith(f"{place}/") for place in UNPREFIXED[1:])
    record = path.startswith("/proposals/") and path.endswith(".json")  # in no language
    if scope["type"] == "http" and page and not record:
        await to_language(Request(scope, receive))(scope, receive, send)
    elif path == "/api/v1":  # its mount wants a stroke behind it
        await rooms({**scope, "path": f"{path}/", "raw_path": b"/api/v1/"}, receive, send)
    else:
        await pages(scope, receive, send)


async def front(scope: Scope, receive: Receive, send: Send) -> None:
    """A page goes straight to its door: looking for its route among the others takes as long as answering from the shelf."""
    await (pages if scope["type"] == "http" and scope["path"].startswith(LANGUAGES) else rooms)(scope, receive, send)


rooms = Starlette(
    routes=[
        Route("/healthz", health.process),
        Route("/readyz", health.ready),
        Route("/metrics", metrics.page),
        Mount("/static", KeptForEver(directory=STATIC)),
        Mount("/api/v1", Later("api.app")),
        Mount("/", html),
    ],
    lifespan=lifespan,
)
app = gate.logged(gate.limited(gate.same_origin(front)))

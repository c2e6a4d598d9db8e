"""How often somebody may read, told in headers: in the memory of each process, since it stops a program run wild and meters nothing."""

import math
import time
from hashlib import blake2s
from typing import NamedTuple

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.outside import READ
from api.problems import language_of, problem
from relais.client import client_of
from relais.errors import TooMany
from relais.i18n import say

MOST, WINDOW = 600, 60
POLICY = f'"reads";q={MOST};w={WINDOW}'


class Quota(NamedTuple):
    """How many more reads there may be, for how many seconds; fewer than none where it was one too many."""

    left: int
    seconds: int


class Pace:
    """Counts by whole windows: what is remembered is never more than those who asked in this one."""

    def __init__(self) -> None:
        self._window, self._counts = 0, dict[bytes, int]()

    def take(self, who: bytes, now: float) -> Quota:
        """One more read. `now` in seconds, from wherever."""
        window = int(now // WINDOW)
        if window != self._window:
            self._window, self._counts = window, {}
        self._counts[who] = self._counts.get(who, 0) + 1
        return Quota(MOST - self._counts[who], math.ceil((window + 1) * WINDOW - now))


pace = Pace()


class Paced:
    """By token, or by the address a visitor asks from. A network of IPv6 counts as one address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in READ:
            return await self.app(scope, receive, send)
        quota = pace.take(_who(scope), time.monotonic())

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["RateLimit-Policy"] = POLICY
                headers["RateLimit"] = f'"reads";r={max(0, quota.left)};t={quota.seconds}'
            await send(message)

        if quota.left < 0:
            request, refused = Request(scope), TooMany(quota.seconds)
            words = say(language_of(request), refused.message)
            return await problem(request, refused.status, words, headers={"Retry-After": str(quota.seconds)})(scope, receive, told)
        await self.app(scope, receive, told)


def _who(scope: Scope) -> bytes:
    """Kept as a hash: no token and no address stands in memory."""
    token = Headers(scope=scope).get("Authorization")
    address = client_of(scope)
    told = token or (":".join(address.split(":")[:4]) if ":" in address else address)
    return blake2s(told.encode(), digest_size=12).digest()

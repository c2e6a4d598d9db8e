"""From where a request comes, as its ASGI scope says."""

from collections.abc import MutableMapping
from typing import Any

from relais.settings import settings

Scope = MutableMapping[str, Any]


def client_of(scope: Scope) -> str:
    """The address a request comes from: the one our outermost proxy saw, or the peer's when there is no proxy. A forwarded address is
    believed only as far as the proxies we know of wrote it."""
    peer: str = scope["client"][0] if scope.get("client") else ""
    proxies = settings().trusted_proxies
    if not proxies:
        return peer
    lines = [value.decode("latin-1") for key, value in scope["headers"] if key == b"x-forwarded-for"]
    seen = [hop.strip() for line in lines for hop in line.split(",")]
    return seen[-proxies] if len(seen) >= proxies else peer

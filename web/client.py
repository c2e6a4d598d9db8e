"""From where a request comes."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from fastapi import Request

from relais.client import client_of


def address_of(request: Request) -> str:
    """The client's address: the one our outermost proxy saw, or the peer's when there is no proxy."""
    return client_of(request.scope)


def on_this_machine(request: Request) -> bool:
    """Whether somebody at this very machine asks it by a name of its own, with nothing in between."""
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    peer = request.client.host if request.client else ""
    return not forwarded and is_loopback(peer) and is_loopback(request.url.hostname or "")


def is_within(request: Request, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Whether the request comes from one of the networks, as far as the proxies we know of can tell."""
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in network for network in networks if network.version == address.version)


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"

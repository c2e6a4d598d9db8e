"""Where a webhook may lead: to the public Internet by https, and to no machine of ours.

Every address a name resolves to must be public, in whatever way it is written: private, loopback, link-local, shared and reserved
ones are refused, and so are those that lead on to another (IPv4 written in IPv6, 6to4, Teredo, NAT64). Who runs Relais may let
networks of their own in by `RELAIS_WEBHOOK_NETWORKS`. What was checked is what is connected to: `sending` never resolves again.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from relais.errors import Invalid
from relais.i18n import N_
from relais.settings import settings

PORTS = {443, 8443}
LEADING_ON = tuple(
    ipaddress.ip_network(written)
    for written in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")
)
NO_ADDRESS = N_("Write an address that starts with https:// and a name, without a password")
NO_PORT = N_("Use port 443 or 8443")
NOT_PUBLIC = N_("This address leads to a machine that is not on the public Internet")
NOT_FOUND = N_("Nothing has this name")

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Target:
    """Where to connect: one address of `host`, which was checked."""

    host: str
    port: int
    ip: str


def reachable(url: str) -> Target:
    """Resolve the address once. Raises Invalid beside `url` where it may not, or cannot, be called."""
    parts, port = _parts(url)
    host = str(parts.hostname)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Invalid(NOT_FOUND, field="url") from None
    ips = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    ours = bool(ips) and all(_ours(ip) for ip in ips)
    if not ours and parts.scheme != "https":
        raise Invalid(NO_ADDRESS, field="url")
    if not ours and port not in PORTS:
        raise Invalid(NO_PORT, field="url")
    if not ips or not all(_ours(ip) or _public(ip) for ip in ips):
        raise Invalid(NOT_PUBLIC, field="url")
    return Target(host, port, str(ips[0]))


def _parts(url: str) -> tuple[SplitResult, int]:
    """The parts of an address that is one; plain http is left to the networks that were let in."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Invalid(NO_ADDRESS, field="url") from None
    named = parts.hostname and not parts.username and parts.password is None and not parts.fragment
    if parts.scheme not in ("https", "http") or not named or not url.isascii() or any(sign.isspace() or sign == "\\" for sign in url):
        raise Invalid(NO_ADDRESS, field="url")
    return parts, port


def _ours(ip: IP) -> bool:
    return any(ip.version == network.version and ip in network for network in settings().networks)


def _public(ip: IP) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip.version == network.version and ip in network for network in LEADING_ON)

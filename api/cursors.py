"""Where a reader is in a list: the name of the last item seen, sealed with the list it belongs to."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2s

from relais.errors import Invalid


def cursor(last: str, listed: str) -> str:
    """A cursor after the item `last` of the list `listed`, its address with its filters."""
    return f"{_coded(last.encode())}.{_seal(last, listed)}"


def last_seen(written: str | None, listed: str) -> str | None:
    """The item a cursor stands after, None without one. Raises Invalid for a cursor that was not made for this list."""
    if written is None:
        return None
    coded = written.partition(".")[0]
    try:
        last = urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except ValueError:
        last = ""
    if not last or written != cursor(last, listed):
        raise Invalid("This cursor is not of this list", field="cursor")
    return last


def _seal(last: str, listed: str) -> str:
    """Against accidents, not against craft: the lists are public from end to end."""
    return _coded(blake2s(f"{listed}\n{last}".encode(), digest_size=6, person=b"cursor").digest())


def _coded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")

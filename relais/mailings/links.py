"""Links that stand in letters: whoever has one confirms, manages or stops the letters of one subscriber (decision 0024).

They are signed with the key of the settings and kept nowhere. A subscriber's `links` number is in each: another number ends them all.
"""

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session

from models import Subscriber, Subscription
from relais.errors import Refused
from relais.i18n import N_
from relais.settings import settings


class Purpose(StrEnum):
    """What a link is for, as its address says it: a link for one is none for another."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    STOP = "stop"


class Ended(Refused):
    """The link is no longer one, or never was."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("This link no longer works. Type your address again to get a new one."))


def confirm(subscriber: Subscriber, asked: Iterable[Subscription]) -> str:
    """Where these subscriptions are confirmed."""
    return _address(Purpose.CONFIRM, subscriber, *map(mark, asked))


def manage(subscriber: Subscriber) -> str:
    """Where all that is followed is seen and changed."""
    return _address(Purpose.MANAGE, subscriber)


def stop(subscriber: Subscriber, *which: Subscription) -> str:
    """Where one press ends these subscriptions, or all of them where none is named. Once followed anew, the same link ends them again."""
    return _address(Purpose.STOP, subscriber, *map(mark, which))


def token(purpose: Purpose, subscriber: Subscriber, *marks: str) -> str:
    """What stands at the end of the address."""
    return str(_signed(purpose).dumps([subscriber.id, subscriber.links, *marks]))


def read(session: Session, purpose: Purpose, token: str) -> tuple[Subscriber, frozenset[str]]:
    """Whose link it is, and the marks of the subscriptions it names. Raises Ended."""
    try:
        number, links, *marks = _signed(purpose).loads(token)
    except BadData:
        raise Ended from None
    found = session.get(Subscriber, number)
    if found is None or found.links != links:
        raise Ended
    return found, frozenset(marks)


def mark(subscription: Subscription) -> str:
    """What names a topic in little room: a search may be long, and the header of a letter must not be."""
    return sha256(f"{subscription.kind.value}/{subscription.key}".encode()).hexdigest()[:16]


def _address(purpose: Purpose, subscriber: Subscriber, *marks: str) -> str:
    return f"{settings().base_url}/{subscriber.language}/follow/{purpose.value}/{token(purpose, subscriber, *marks)}"


def _signed(purpose: Purpose) -> URLSafeSerializer:
    # The salt never changes: links of letters that were sent go on.
    return URLSafeSerializer(settings().key(), salt=f"relais.following.{purpose.value}")

"""Asking to follow: what a form says, the one letter it owes, and the consent that answers it."""

import hmac
import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network
from typing import Literal

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Subscriber, Subscription
from relais import following, ledger, topics
from relais.access import VISITOR
from relais.db import one_at_a_time
from relais.errors import Invalid, Missing, TooMany
from relais.following import UNCONFIRMED_KEPT, ChoiceForm, consent
from relais.i18n import N_
from relais.mailings import links
from relais.mailings.links import Ended, Purpose
from relais.people import Address
from relais.settings import settings
from relais.topics import Topic

WINDOW, PER_NETWORK = timedelta(minutes=15), 20
QUIET = timedelta(minutes=10)  # between two letters that ask the same address
TOPICS = 50  # that one form may ask for
LOCK = 20_261_126  # any fixed number: on PostgreSQL it lets those who ask be counted and written one at a time


def read(words: str) -> Topic:
    """The topic that `topics.written` wrote so. Raises Invalid beside `topics`."""
    kind, _, key = words.partition("/")
    try:
        return topics.of(kind, key)
    except Missing:
        raise Invalid(GONE, field="topics") from None


GONE = N_("One of these is not here any more. Choose again.")


class FollowForm(ChoiceForm):
    """What to follow as well, each topic as `topics.written`, in which language and to which address."""

    topics: list[str] = []
    language: Literal["fr", "en"]
    email: Address


def ask(session: Session, form: FollowForm, client: str, now: datetime) -> Subscriber:
    """Owe the address one letter that asks for consent. Nothing here, nor what is answered, depends on whether the address is known.

    What was confirmed before stays as it is, whoever types the address: the letter says where to change it. Raises Invalid for topics that
    are not there for visitors, TooMany for a network that asks for too many addresses.
    """
    wanted = _wanted(session, form)
    one_at_a_time(session, LOCK)
    asked_from = _blinded(client)
    if wait := _wait(session, asked_from, now):
        raise TooMany(wait)
    subscriber = _of_address(session, form, now)
    known = {Topic(row.kind, row.key): row for row in following.of(session, subscriber)}
    if not any(row.confirmed_at for row in known.values()):
        subscriber.language = form.language
    for topic in wanted:
        row = known.get(topic) or Subscription(subscriber_id=subscriber.id, kind=topic.kind, key=topic.key, pace=form.pace, asked_at=now)
        if row.confirmed_at is None:
            following.choose(row, form)
        row.asked_at, row.asked_from = now, asked_from
        session.add(row)
    if subscriber.due_at is None:
        quiet_until = subscriber.asked_at + QUIET if subscriber.asked_at else now
        subscriber.due_at, subscriber.attempts = max(now, quiet_until), 0
    session.flush()
    return subscriber


def _wanted(session: Session, form: FollowForm) -> list[Topic]:
    wanted = list(dict.fromkeys(read(words) for words in form.topics))
    if not wanted:
        raise Invalid("Choose at least one thing to follow", field="topics")
    if len(wanted) > TOPICS:
        raise Invalid("Choose fewer things, or everything", field="topics")
    if len(topics.named(session, VISITOR, form.language, wanted)) < len(wanted):
        raise Invalid(GONE, field="topics")
    return wanted


def _of_address(session: Session, form: FollowForm, now: datetime) -> Subscriber:
    subscriber = session.exec(select(Subscriber).where(col(Subscriber.email) == form.email)).first()
    if subscriber is None:
        subscriber = Subscriber(email=form.email, language=form.language, created_at=now)
        session.add(subscriber)
        session.flush()
    return subscriber


def _wait(session: Session, asked_from: str, now: datetime) -> int:
    """Seconds until one more address may be asked from there; 0 when it may be now."""
    lately = col(Subscription.asked_from) == asked_from, col(Subscription.asked_at) > now - WINDOW
    asked_at = func.max(col(Subscription.asked_at))
    addresses = select(asked_at).where(*lately).group_by(col(Subscription.subscriber_id)).order_by(asked_at.desc())
    last = session.exec(addresses.limit(PER_NETWORK)).all()
    return 0 if len(last) < PER_NETWORK else math.ceil((last[-1] + WINDOW - now).total_seconds())


def _blinded(client: str) -> str:
    return hmac.new(settings().key().encode(), f"follow {network_of(client)}".encode(), sha256).hexdigest()


def network_of(client: str) -> str:
    """The network a client is in, without the part that names a household: /24 of IPv4, /48 of IPv6. Empty for what is no address."""
    try:
        return str(ip_network((client, 48 if ":" in client else 24), strict=False))
    except ValueError:
        return ""


# --- consent ---------------------------------------------------------------------------------------------------------


def asked_by(session: Session, token: str, now: datetime) -> tuple[Subscriber, list[Subscription]]:
    """Whose link it is, and what it confirms, confirmed already or not. Raises Ended when nothing of it is left."""
    subscriber, marks = links.read(session, Purpose.CONFIRM, token)
    asked = [row for row in unconfirmed(following.of(session, subscriber), now, confirmed=True) if links.mark(row) in marks]
    if not asked:
        raise Ended
    return subscriber, asked


def confirm(session: Session, token: str, client: str, now: datetime) -> Subscriber:
    """From here on letters may go out, about what happens from here on. Consent is kept: to which words, when, from which network.

    Doing it twice changes nothing. Raises Ended.
    """
    subscriber, asked = asked_by(session, token, now)
    ledger.alone(session)
    for row in unconfirmed(asked, now):
        row.confirmed_at, row.consent, row.network = now, consent.VERSION, network_of(client)
        row.since_event = ledger.newest(session)
    subscriber.ended_at, subscriber.ended_why = None, ""  # the letter came through
    session.flush()
    return subscriber


def unconfirmed(rows: Iterable[Subscription], now: datetime, *, confirmed: bool = False) -> list[Subscription]:
    """Those that may still be confirmed; and with them, where asked for, those that were."""
    return [row for row in rows if (confirmed if row.confirmed_at else row.asked_at > now - UNCONFIRMED_KEPT)]

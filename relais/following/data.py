"""All that is kept about an address, for whoever has it to take away."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from models import Delivery, Event, Mailing, Subscriber, Subscription
from relais import following
from relais.following import consent
from relais.i18n import say

# Not handed out: numbers that mean something to this machine alone, the key of signed links, and a hash only this machine can make.
LEFT_OUT: dict[type[SQLModel], frozenset[str]] = {
    Subscriber: frozenset({"id", "links", "attempts"}),
    Subscription: frozenset({"id", "subscriber_id", "asked_from"}),
    Mailing: frozenset({"id", "subscriber_id", "person_id", "attempts"}),
    Delivery: frozenset({"id", "subscriber_id", "subscription_id", "mailing_id"}),
}


def of(session: Session, subscriber: Subscriber) -> dict[str, Any]:
    """What is kept: the address and its choices, what it follows with each consent and its words, and the letters owed and sent.

    Times are ISO 8601 in UTC.
    """
    mailings = session.exec(select(Mailing).where(col(Mailing.subscriber_id) == subscriber.id).order_by(col(Mailing.id))).all()
    return {
        **_columns(subscriber),
        "consent": {consent.VERSION: say(subscriber.language, consent.WORDS)},
        "subscriptions": [_columns(row) for row in following.of(session, subscriber)],
        "letters": [_columns(row) for row in mailings],
        "deliveries": _deliveries(session, subscriber),
    }


def _deliveries(session: Session, subscriber: Subscriber) -> list[dict[str, Any]]:
    """The news owed, each with the letter that carried it."""
    rows = (
        select(Delivery, Event.kind, Mailing.message_id)
        .join(Event, col(Event.id) == col(Delivery.event_id))
        .outerjoin(Mailing, col(Mailing.id) == col(Delivery.mailing_id))
        .where(col(Delivery.subscriber_id) == subscriber.id)
        .order_by(col(Delivery.event_id))
    )
    return [{**_columns(row), "act": kind, "letter": letter} for row, kind, letter in session.exec(rows)]


def _columns(row: SQLModel) -> dict[str, Any]:
    return {name: _said(value) for name, value in row.model_dump(exclude=set(LEFT_OUT[type(row)])).items()}


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value

"""All that is due to one subscriber becomes one letter, which is named for good here, and written when it is posted."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, insert, or_, select, update
from sqlmodel import Session, col

from models import Delivery, Mailing, Subscriber
from relais.db import one_at_a_time
from relais.mailings.owing import LOCK
from relais.settings import settings

BATCH = 500


def anything(session: Session, now: datetime) -> bool:
    return session.execute(_waiting(now).limit(1)).first() is not None


def batch(session: Session, now: datetime) -> None:
    """Put together what is due to some subscribers."""
    one_at_a_time(session, LOCK)
    for number in session.execute(_waiting(now).limit(BATCH)).scalars().all():
        letter = insert(Mailing).values(subscriber_id=number, message_id=named(), composed_at=now, due_at=now, attempts=0, ended_why="")
        key = session.connection().execute(letter.returning(col(Mailing.id))).scalar_one()
        carried = update(Delivery).where(col(Delivery.subscriber_id) == number, *_due(now))
        session.connection().execute(carried.values(mailing_id=key))


def named() -> str:
    """A Message-ID under our own domain, which a letter keeps however often it is handed over."""
    return f"<news.{uuid4().hex}@{domain()}>"


def domain() -> str:
    return parseaddr(settings().mail_from)[1].rpartition("@")[2]


def _due(now: datetime) -> tuple[Any, ...]:
    return col(Delivery.mailing_id).is_(None), col(Delivery.due_at) <= now, col(Delivery.subscription_id).is_not(None)


def _waiting(now: datetime) -> Select[Any]:
    """Subscribers to whom something is due, who may get a letter now: none is under way, and the last is long enough ago."""
    last = now - timedelta(minutes=settings().letter_every)
    under_way = select(col(Mailing.id)).where(col(Mailing.subscriber_id) == col(Subscriber.id), col(Mailing.due_at).is_not(None)).exists()
    owed = select(col(Delivery.id)).where(col(Delivery.subscriber_id) == col(Subscriber.id), *_due(now)).exists()
    return (
        select(col(Subscriber.id))
        .where(
            owed,
            ~under_way,
            col(Subscriber.ended_at).is_(None),
            or_(col(Subscriber.paused_until).is_(None), col(Subscriber.paused_until) <= now),
            or_(col(Subscriber.told_at).is_(None), col(Subscriber.told_at) <= last),
        )
        .order_by(col(Subscriber.id))
    )

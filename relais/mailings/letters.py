"""The worker's part in letters of news: one that is due is written as the record stands then, and posted until it is taken."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from models import Delivery, Mailing, Subscriber
from relais import errands
from relais.errands import Errand
from relais.mailings import closing, digest


def any_due(session: Session, now: datetime) -> bool:
    return errands.any_due(session, Mailing, *_due(now))


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the oldest letter that is due; close it where there is nobody to get it, or nothing left to tell."""
    mailing = next(iter(errands.oldest(session, Mailing, *_due(now), limit=1)), None)
    if mailing is None:
        return None
    subscriber = session.get(Subscriber, mailing.subscriber_id)
    if subscriber is None or subscriber.ended_at:
        closing.close(mailing, now, "the address has ended")
        return None
    if subscriber.paused_until and subscriber.paused_until > now:
        session.connection().execute(update(Delivery).where(col(Delivery.mailing_id) == mailing.id).values(mailing_id=None))
        closing.close(mailing, now, "held back")
        return None
    owed = session.exec(select(Delivery).where(col(Delivery.mailing_id) == mailing.id, col(Delivery.subscription_id).is_not(None))).all()
    letter = digest.letter(session, mailing, subscriber, owed, now)
    if letter is None:
        closing.close(mailing, now, "nothing left to tell")
        return None
    errands.take_up(mailing, now)
    return Errand(mailing.id, letter)


def posted(session: Session, mailing_id: int, now: datetime) -> None:
    """It was taken. Nothing to note of somebody who was erased meanwhile."""
    if mailing := closing.under_way(session, mailing_id):
        mailing.due_at, mailing.sent_at = None, now
        session.connection().execute(update(Subscriber).where(col(Subscriber.id) == mailing.subscriber_id).values(told_at=now))


def refused(session: Session, mailing_id: int, now: datetime) -> None:
    if mailing := closing.under_way(session, mailing_id):
        closing.close(mailing, now, "refused")


def put_off(session: Session, mailing_id: int, now: datetime) -> None:
    closing.put_off(session, mailing_id, now)


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Mailing.due_at) <= now, col(Mailing.subscriber_id).is_not(None)

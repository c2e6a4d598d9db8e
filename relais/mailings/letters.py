"""The worker's part in letters of news: one that is due is written as the record stands then, and posted until it is taken."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Delivery, Mailing, Subscriber
from relais import errands
from relais.errands import Errand
from relais.mailings import digest

# News is worth waiting for longer than a link to sign in.
GIVEN_UP = timedelta(days=2)
AGAIN_AFTER = [*errands.AGAIN_AFTER, timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]


def any_due(session: Session, now: datetime) -> bool:
    return errands.any_due(session, Mailing, col(Mailing.due_at) <= now)


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the oldest letter that is due; close it where there is nobody to get it, or nothing left to tell."""
    mailing = next(iter(errands.oldest(session, Mailing, col(Mailing.due_at) <= now, limit=1)), None)
    if mailing is None:
        return None
    subscriber = session.get(Subscriber, mailing.subscriber_id)
    if subscriber is None or subscriber.ended_at:
        _close(mailing, now, "the address has ended")
        return None
    if subscriber.paused_until and subscriber.paused_until > now:
        session.connection().execute(update(Delivery).where(col(Delivery.mailing_id) == mailing.id).values(mailing_id=None))
        _close(mailing, now, "held back")
        return None
    owed = session.exec(select(Delivery).where(col(Delivery.mailing_id) == mailing.id, col(Delivery.subscription_id).is_not(None))).all()
    letter = digest.letter(session, mailing, subscriber, owed, now)
    if letter is None:
        _close(mailing, now, "nothing left to tell")
        return None
    errands.take_up(mailing, now)
    return Errand(mailing.id, letter)


def posted(session: Session, mailing_id: int, now: datetime) -> None:
    """It was taken. Nothing to note of somebody who was erased meanwhile."""
    mailing = session.get(Mailing, mailing_id, with_for_update=True)
    if mailing and mailing.due_at:
        mailing.due_at, mailing.sent_at = None, now
        session.connection().execute(update(Subscriber).where(col(Subscriber.id) == mailing.subscriber_id).values(told_at=now))


def refused(session: Session, mailing_id: int, now: datetime) -> None:
    _end(session, mailing_id, now, "refused")


def put_off(session: Session, mailing_id: int, now: datetime) -> None:
    mailing = session.get(Mailing, mailing_id, with_for_update=True)
    if mailing and mailing.due_at and not errands.again(mailing, mailing.composed_at, now, given_up=GIVEN_UP, waits=AGAIN_AFTER):
        _close(mailing, now, "given up after two days")


def _end(session: Session, mailing_id: int, now: datetime, why: str) -> None:
    mailing = session.get(Mailing, mailing_id, with_for_update=True)
    if mailing and mailing.due_at:
        _close(mailing, now, why)


def _close(mailing: Mailing, now: datetime, why: str) -> None:
    mailing.due_at, mailing.ended_at, mailing.ended_why = None, now, why

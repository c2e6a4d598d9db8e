"""The worker's part in following: the letter that asks for consent, or says where to change what is followed already."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from models import Subscriber
from relais import errands, following, mail
from relais.errands import Errand
from relais.following import asking
from relais.i18n import say
from relais.mail import Letter
from relais.mailings import links


def any_due(session: Session, now: datetime) -> bool:
    return errands.any_due(session, Subscriber, *_due(now))


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the address that has waited longest; what it was asked to confirm until now stands in one letter."""
    subscriber = next(iter(errands.oldest(session, Subscriber, *_due(now))), None)
    if subscriber is None:
        return None
    errands.take_up(subscriber, now)
    return Errand(subscriber.id, _letter(session, subscriber, now))


def posted(session: Session, subscriber_id: int, now: datetime) -> None:
    """The letter left, unless the address was erased meanwhile."""
    if subscriber := session.get(Subscriber, subscriber_id, with_for_update=True):
        subscriber.due_at, subscriber.asked_at = None, now


def refused(session: Session, subscriber_id: int, now: datetime) -> None:
    """No letter will ever be taken: what nobody can confirm is forgotten after seven days."""
    posted(session, subscriber_id, now)


def put_off(session: Session, subscriber_id: int, now: datetime) -> None:
    if subscriber := session.get(Subscriber, subscriber_id, with_for_update=True):
        since = max((row.asked_at for row in following.of(session, subscriber)), default=now)
        if not errands.again(subscriber, since, now):
            subscriber.due_at = None


def _due(now: datetime) -> tuple[ColumnElement[bool]]:
    return (col(Subscriber.due_at) <= now,)


def _letter(session: Session, subscriber: Subscriber, now: datetime) -> Letter:
    language = subscriber.language
    asked = asking.unconfirmed(following.of(session, subscriber), now)
    shown = following.shown(session, language, asked)
    subject = "Confirm that you want letters from Relais" if asked else "You follow this already on Relais"
    return mail.write(
        "follow" if asked else "followed",
        to=subscriber.email,
        language=language,
        subject=say(language, subject),
        topics=[one.about.words for one in shown if one.about],
        link=links.confirm(subscriber, asked) if asked else links.manage(subscriber),
        days=following.UNCONFIRMED_KEPT.days,
    )

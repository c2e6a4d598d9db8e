"""What is owed because of a subscription that ends, and is not posted yet: another of the same address may want it too."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, or_, update
from sqlmodel import Session, col, select

from models import Delivery, Event, Mailing, Proposal, Subscription
from models.topic import NewsKind, news_of
from relais import presidencies
from relais.access import VISITOR, visible_events
from relais.db import columns
from relais.mailings import paces
from relais.presidencies import Calendar
from relais.topics import Topic
from relais.topics.about import events_about

LAST = datetime.max.replace(tzinfo=UTC)


def pass_on(session: Session, leaving: Sequence[Subscription]) -> None:
    """Owe it because of the other subscription that is due first, or no more where none of them wants it. Of one address at a time."""
    owed = _owed(session, [row.id for row in leaving])
    if not owed:
        return
    calendar, others = presidencies.calendar(session), _others(session, leaving)
    about = {row.id: _about(session, row, {one.event_id for one in owed}) for row in others}
    unwanted = []
    for one in owed:
        wanting = [row for row in others if one.event_id in about[row.id] and row.since_event < one.event_id and _wants(row, one)]
        if wanting:
            _file(session, one, wanting, calendar)
        elif one.mailing_id is None:
            unwanted.append(one.id)
    if unwanted:
        session.connection().execute(delete(Delivery).where(col(Delivery.id).in_(unwanted)))


def _owed(session: Session, subscriptions: list[int]) -> Sequence[Row[Any]]:
    """In no letter yet, or in one that was not taken yet."""
    query = (
        columns(Delivery.id, Delivery.event_id, Delivery.mailing_id, Event.kind, Event.recorded_at)
        .join(Event, col(Event.id) == col(Delivery.event_id))
        .outerjoin(Mailing, col(Mailing.id) == col(Delivery.mailing_id))
        .where(col(Delivery.subscription_id).in_(subscriptions))
    )
    return session.execute(query.where(or_(col(Delivery.mailing_id).is_(None), col(Mailing.due_at).is_not(None)))).all()


def _others(session: Session, leaving: Sequence[Subscription]) -> Sequence[Subscription]:
    staying = select(Subscription).where(col(Subscription.subscriber_id) == leaving[0].subscriber_id)
    confirmed = staying.where(col(Subscription.confirmed_at).is_not(None), col(Subscription.id).not_in([row.id for row in leaving]))
    return session.exec(confirmed.order_by(col(Subscription.id))).all()


def _about(session: Session, row: Subscription, events: Iterable[int]) -> set[int]:
    """Those of the events that it follows, as far as a visitor may know of them."""
    query = columns(Event.id).outerjoin(Proposal, col(Proposal.id) == col(Event.proposal_id))
    its = query.where(col(Event.id).in_(list(events)), visible_events(VISITOR), events_about(session, VISITOR, Topic(row.kind, row.key)))
    return set(session.execute(its).scalars())


def _wants(row: Subscription, one: Row[Any]) -> bool:
    news = news_of(one.kind)
    return news is not None and news in map(NewsKind, row.news)


def _file(session: Session, one: Row[Any], wanting: Sequence[Subscription], calendar: Calendar) -> None:
    """A letter that is under way goes as it is; what is in none is due when the other pace says."""
    due = {row.id: paces.due(row.pace, row.weekday, one.recorded_at, calendar) for row in wanting}
    first = min(due, key=lambda key: due[key] or LAST)
    filed: dict[str, Any] = {"subscription_id": first} | ({"due_at": due[first]} if one.mailing_id is None else {})
    session.connection().execute(update(Delivery).where(col(Delivery.id) == one.id).values(**filed))

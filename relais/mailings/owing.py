"""What is owed: each event of the ledger once to each subscriber who follows what it is about, due at their pace."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, and_, case, cast, literal, null, select, update
from sqlmodel import Session, col, func

from models import Delivery, Event, Proposal, Subscriber, Subscription
from models.columns import UtcDateTime
from models.subscription import Pace
from models.topic import NewsKind, news_of
from relais import bookmarks, presidencies
from relais.access import VISITOR, visible_events
from relais.db import columns, insert_over, one_at_a_time
from relais.mailings import paces
from relais.presidencies import Calendar
from relais.topics import Topic
from relais.topics.about import events_about

READER = "letters"
LOCK = 20_160_727  # any fixed number: on PostgreSQL one worker owes or composes at a time
BATCH = 200

_NO_DAY = (col(Delivery.due_at).is_(None), col(Delivery.mailing_id).is_(None))


def anything(session: Session, _now: datetime) -> bool:
    """Whether the ledger holds what was not read yet, or a handover became known for which something waits."""
    return bookmarks.behind(session, READER) or bool(_become_due(session, presidencies.calendar(session)))


def batch(session: Session, _now: datetime) -> None:
    """Read on in the ledger: what is owed for it and the bookmark that says it was read are written together.

    No event with a smaller id can appear behind the bookmark: `ledger.record` sees to it.
    """
    one_at_a_time(session, LOCK)
    calendar = presidencies.calendar(session)
    for event_id, at in _become_due(session, calendar):
        waiting = update(Delivery).where(col(Delivery.event_id) == event_id, *_NO_DAY)
        session.connection().execute(waiting.values(due_at=paces.due(Pace.HANDOVER, 0, at, calendar)))
    start, end = bookmarks.span(session, READER, _first(session), BATCH)
    if end > start:
        for topic in _followed(session, end):
            for event in _about(session, topic, start, end):
                _owe(session, topic, event, calendar)
        bookmarks.move(session, READER, end)


def _first(session: Session) -> int | None:
    """Where the first who follow anything began to: the ledger is read from there."""
    began: int | None = session.execute(
        select(func.min(Subscription.since_event)).where(col(Subscription.confirmed_at).is_not(None))
    ).scalar()
    return began


def _followed(session: Session, upto: int) -> list[Topic]:
    """Every topic that somebody follows who may still get letters."""
    confirmed = columns(Subscription.kind, Subscription.key).join(Subscriber, col(Subscriber.id) == col(Subscription.subscriber_id))
    rows = session.execute(confirmed.where(*_counts(), col(Subscription.since_event) < upto).distinct())
    return [Topic(kind, key) for kind, key in rows]


def _counts() -> tuple[Any, ...]:
    return col(Subscription.confirmed_at).is_not(None), col(Subscriber.ended_at).is_(None)


def _about(session: Session, topic: Topic, start: int, end: int) -> Sequence[Row[Any]]:
    """The events about it that a visitor may know of."""
    query = columns(Event.id, Event.kind, Event.recorded_at).outerjoin(Proposal, col(Proposal.id) == col(Event.proposal_id))
    within = query.where(col(Event.id) > start, col(Event.id) <= end)
    return session.execute(within.where(visible_events(VISITOR), events_about(session, VISITOR, topic)).order_by(col(Event.id))).all()


def _owe(session: Session, topic: Topic, event: Row[Any], calendar: Calendar) -> None:
    """One row for each who follows the topic and wants this kind of news. Who follows it twice over gets it when it is due first."""
    news = news_of(event.kind)
    if news is None:
        return
    who = (
        select(
            literal(event.id), col(Subscription.subscriber_id), col(Subscription.id), _due(event.recorded_at, calendar),
        )
        .join(Subscriber, col(Subscriber.id) == col(Subscription.subscriber_id))
        .where(col(Subscription.kind) == topic.kind, col(Subscription.key) == topic.key)
        .where(*_counts(), col(Subscription.since_event) < event.id, _wants(news))
    )  # fmt: skip
    owed = insert_over(session, Delivery).from_select(["event_id", "subscriber_id", "subscription_id", "due_at"], who)
    sooner = and_(owed.excluded.due_at.is_not(None), col(Delivery.due_at).is_(None) | (owed.excluded.due_at < col(Delivery.due_at)))
    taken = {"due_at": owed.excluded.due_at, "subscription_id": owed.excluded.subscription_id}
    session.connection().execute(owed.on_conflict_do_update(index_elements=["event_id", "subscriber_id"], set_=taken, where=sooner))


def _wants(news: NewsKind) -> Any:
    return cast(col(Subscription.news), String).contains(f'"{news.value}"', autoescape=True)


def _due(at: datetime, calendar: Calendar) -> Any:
    """When it is due, by the pace and the day of the week of each subscription."""
    whens = []
    for pace in Pace:
        for weekday in range(7) if pace is Pace.WEEKLY else (0,):
            day = col(Subscription.weekday) == weekday if pace is Pace.WEEKLY else literal(1) == 1
            when = paces.due(pace, weekday, at, calendar)
            whens.append(((col(Subscription.pace) == pace) & day, literal(when, UtcDateTime()) if when else null()))
    return case(*whens)


def _become_due(session: Session, calendar: Calendar) -> list[tuple[int, datetime]]:
    """Events owed at a handover whose day was not known, and is now."""
    waiting = columns(Event.id, Event.recorded_at).where(col(Event.id).in_(select(col(Delivery.event_id)).where(*_NO_DAY)))
    return [(key, at) for key, at in session.execute(waiting) if paces.due(Pace.HANDOVER, 0, at, calendar)]

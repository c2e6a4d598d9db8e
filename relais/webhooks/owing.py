"""The worker's reading of the ledger for webhooks: which acts are told to which of them, each once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func
from sqlmodel import Session, col

from models import Event, Webhook, WebhookMessage
from models.topic import NewsKind, acts_of
from models.webhook import WebhookEnd
from relais import activity, bookmarks, feeds, topics
from relais.access import VISITOR
from relais.activity import Filters
from relais.db import columns, insert_over, one_at_a_time
from relais.i18n import LANGUAGES
from relais.topics import Topic
from relais.webhooks import calls, payload

READER = "webhooks"
LOCK = 20_261_129  # any fixed number: on PostgreSQL one worker reads for webhooks at a time
BATCH = 200
MOST_WAITING = 5_000  # messages for one webhook

Asked = tuple[Topic, tuple[str, ...]]
Told = dict[int, tuple[str, str]]


def anything(session: Session, _now: datetime) -> bool:
    return bookmarks.behind(session, READER)


def batch(session: Session, now: datetime) -> None:
    """Read on: the messages owed for it and the bookmark past it are written together."""
    one_at_a_time(session, LOCK)
    start, end = bookmarks.span(session, READER, _first(session), BATCH)
    if end == start:
        return
    asked: dict[Asked, list[Row[Any]]] = defaultdict(list)
    for webhook in _running(session, end):
        asked[Topic(webhook.topic, webhook.key), tuple(webhook.kinds)].append(webhook)
    if asked:
        events = session.execute(columns(Event.id).where(col(Event.id) > start, col(Event.id) <= end)).scalars().all()
        rows = [row for (topic, kinds), some in asked.items() for row in _owed(some, _told(session, topic, kinds, events), now)]
        _write(session, rows)
        _give_up_on(session, now)
    bookmarks.move(session, READER, end)


def _first(session: Session) -> int | None:
    """Where the first webhook began to be told: the ledger is read from there."""
    began: int | None = session.execute(columns(func.min(Webhook.since_event))).scalar()
    return began


def _running(session: Session, end: int) -> Sequence[Row[Any]]:
    wanted = columns(Webhook.id, Webhook.topic, Webhook.key, Webhook.kinds, Webhook.since_event)
    running = (col(Webhook.stopped_at).is_(None), col(Webhook.ended_at).is_(None), col(Webhook.removed_at).is_(None))
    # FOR SHARE: a webhook that is being stopped is stopped before or after this batch, never in the middle of it.
    return session.execute(
        wanted.where(*running, col(Webhook.since_event) < end).order_by(col(Webhook.id)).with_for_update(read=True)
    ).all()


def _told(session: Session, topic: Topic, kinds: tuple[str, ...], events: Sequence[int]) -> Told:
    """The kind and the body of the message for each of these events that is news of the topic, to anybody."""
    chosen = acts_of([NewsKind(kind).value for kind in kinds])
    filters = Filters(topic=topic, kinds=chosen, only=frozenset(events))
    said = {}
    for language in LANGUAGES:
        about = topics.named(session, VISITOR, language, [topic]).get(topic)
        if about is None:  # no visitor knows of it any more
            return {}
        acts, _ = activity.each(session, VISITOR, language, filters, limit=len(events))
        said[language] = {item.id: item for item in feeds.items(session, language, about, acts)}
    return {
        act.id: (payload.kind_of(act.kind), payload.of_act(act.kind, act.proposal.slug if act.proposal else None, words))
        for act in acts
        if len(words := {language: items[act.id] for language, items in said.items() if act.id in items}) == len(LANGUAGES)
    }


def _owed(webhooks: Sequence[Row[Any]], told: Told, now: datetime) -> Iterator[dict[str, Any]]:
    for webhook in webhooks:
        for event, (kind, body) in sorted(told.items()):
            if event > webhook.since_event:
                row = WebhookMessage(webhook_id=webhook.id, event_id=event, kind=kind, body=body, made_at=now, due_at=now)
                yield row.model_dump(exclude={"id"})


def _give_up_on(session: Session, now: datetime) -> None:
    """End those to which more is owed than they could take: what waits for a receiver that fails does not grow for ever."""
    waiting = columns(WebhookMessage.webhook_id).where(col(WebhookMessage.due_at).is_not(None)).group_by(col(WebhookMessage.webhook_id))
    for key in session.execute(waiting.having(func.count() > MOST_WAITING)).scalars().all():
        calls.end(session, session.get_one(Webhook, key), WebhookEnd.FAILING, now)


def _write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        once = insert_over(session, WebhookMessage).on_conflict_do_nothing(index_elements=["webhook_id", "event_id"])
        session.connection().execute(once, rows)

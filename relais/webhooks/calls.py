"""The calls that are owed: one at a time for each webhook, taken up by one worker, and settled with what came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, update
from sqlmodel import Session, col

from models import Group, Webhook, WebhookAttempt, WebhookKey, WebhookMessage
from models.event import EventKind
from models.webhook import WebhookEnd
from relais import ledger
from relais.db import columns
from relais.errors import Refused
from relais.i18n import N_
from relais.webhooks import payload, schedule
from relais.webhooks.answer import Answer

HELD = timedelta(seconds=90)  # longer than any call takes: a worker that dies leaves its call to another


@dataclass(frozen=True)
class Call:
    """What to send where, and the rows it is about. `salts` are those of the keys in use, the newest first."""

    message_id: int
    webhook_id: int
    url: str
    name: str
    body: bytes
    salts: tuple[str, ...]


def any_due(session: Session, now: datetime) -> bool:
    return session.execute(_due(columns(WebhookMessage.id), now).limit(1)).first() is not None


def next_call(session: Session, now: datetime) -> Call | None:
    """Take up the message that has been due for longest. It stays due, only later; its webhook is busy until it is settled."""
    query = _due(columns(WebhookMessage, Webhook), now).order_by(col(WebhookMessage.due_at), col(WebhookMessage.id)).limit(1)
    found = session.execute(query.with_for_update(of=Webhook, skip_locked=True)).first()
    if found is None:
        return None
    message, webhook = found
    message.due_at, message.attempts, webhook.busy_until = now + HELD, message.attempts + 1, now + HELD
    keys = columns(WebhookKey.salt).where(col(WebhookKey.webhook_id) == webhook.id).order_by(col(WebhookKey.id).desc())
    salts = tuple(session.execute(keys).scalars())
    return Call(message.id, webhook.id, webhook.url, message.name, message.body.encode(), salts)


def settle(session: Session, call: Call, answer: Answer, now: datetime) -> None:
    """Write down what came back, and what follows from it: the message is done, tried again or given up, the webhook rests or ends."""
    webhook = session.get(Webhook, call.webhook_id, with_for_update=True)
    message = session.get(WebhookMessage, call.message_id)
    if webhook is None or message is None:  # purged meanwhile
        return
    session.add(WebhookAttempt(message_id=message.id, at=now, status=answer.status, why=answer.why, ms=answer.ms))
    webhook.busy_until = None
    if answer.taken:
        message.due_at, message.taken_at, webhook.failing_since, webhook.rest_until = None, now, None, None
        return
    message.due_at = schedule.next_try(message.attempts, now) if webhook.running else None
    webhook.rest_until = now + schedule.rest(answer.again)
    webhook.failing_since = webhook.failing_since or now
    if answer.gone:
        end(session, webhook, WebhookEnd.GONE, now)
    elif now - webhook.failing_since >= schedule.GIVEN_UP:
        end(session, webhook, WebhookEnd.FAILING, now)


def end(session: Session, webhook: Webhook, why: WebhookEnd, now: datetime) -> None:
    """End a webhook that is running by itself: nothing more is sent, and its coordinators are told."""
    if not webhook.running:
        return
    webhook.ended_at, webhook.ended_why, webhook.version = now, why, webhook.version + 1
    nothing_more(session, webhook)
    group = session.get_one(Group, webhook.group_id)
    told: dict[str, Any] = {"name": webhook.name, "slug": group.slug, "why": why.value}
    ledger.record(session, EventKind.WEBHOOK_ENDED, webhook, at=now, by=None, group_id=group.id, public=False, **told)


def nothing_more(session: Session, webhook: Webhook) -> None:
    """What is owed to it is owed no more."""
    session.flush()
    mine = (col(WebhookMessage.webhook_id) == webhook.id, col(WebhookMessage.due_at).is_not(None))
    session.connection().execute(update(WebhookMessage).where(*mine).values(due_at=None))
    session.expire_all()


def test(session: Session, webhook: Webhook, now: datetime) -> WebhookMessage:
    """Owe a message that says it is a test. Raises Refused while the webhook is not running."""
    must_run(webhook)
    message = WebhookMessage(webhook_id=webhook.id, kind=payload.TEST, body=payload.of_test(webhook.name, now), made_at=now, due_at=now)
    session.add(message)
    _wake(session, webhook)
    return message


def again(session: Session, webhook: Webhook, message: WebhookMessage, now: datetime) -> None:
    """Owe a message once more, under the same name, as if it had never been tried. Raises Refused while the webhook is not running."""
    must_run(webhook)
    message.due_at, message.attempts, message.taken_at = now, 0, None
    _wake(session, webhook)


def must_run(webhook: Webhook) -> None:
    if not webhook.running:
        raise Refused(N_("This webhook is not running: run it again first"))


def _wake(session: Session, webhook: Webhook) -> None:
    """Somebody waits in front of a page: the receiver is not left alone any longer."""
    webhook.rest_until = None
    session.flush()


def _due(query: Select[Any], now: datetime) -> Select[Any]:
    """Narrowed to messages that are due, of webhooks that run, are not busy and need no rest."""
    joined = query.join(Webhook, col(Webhook.id) == col(WebhookMessage.webhook_id))
    running = (col(Webhook.stopped_at).is_(None), col(Webhook.ended_at).is_(None), col(Webhook.removed_at).is_(None))
    free = (or_(col(moment).is_(None), col(moment) <= now) for moment in (Webhook.busy_until, Webhook.rest_until))
    return joined.where(col(WebhookMessage.due_at) <= now, *running, *free)

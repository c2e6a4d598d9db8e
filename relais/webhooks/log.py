"""What was told to a webhook, and what came back: kept for thirty days."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col, select

from models import Webhook, WebhookAttempt, WebhookMessage
from relais.db import columns
from relais.errors import Missing

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One message, with its calls, the newest first."""

    message: Row[Any]
    attempts: Sequence[Row[Any]]

    @property
    def state(self) -> str:
        """taken, waiting, or given up."""
        if self.message.taken_at:
            return "taken"
        return "waiting" if self.message.due_at else "given_up"


_MESSAGE = (
    WebhookMessage.id, WebhookMessage.name, WebhookMessage.kind, WebhookMessage.made_at, WebhookMessage.due_at, WebhookMessage.taken_at,
    WebhookMessage.attempts,
)  # fmt: skip


def of(session: Session, webhook: Webhook, *, before: int = 0) -> tuple[list[Line], int]:
    """A page of what was told to it, the newest first, and before which message the older ones are, 0 where there are none."""
    query = columns(*_MESSAGE).where(col(WebhookMessage.webhook_id) == webhook.id).order_by(col(WebhookMessage.id).desc())
    rows = session.execute((query.where(col(WebhookMessage.id) < before) if before else query).limit(PAGE + 1)).all()
    calls = _calls(session, [row.id for row in rows[:PAGE]])
    return [Line(row, calls[row.id]) for row in rows[:PAGE]], rows[PAGE - 1].id if len(rows) > PAGE else 0


def following(session: Session, webhook: Webhook, after: int, limit: int) -> list[Line]:
    """What was told to it after a message, in the order it was made."""
    query = columns(*_MESSAGE).where(col(WebhookMessage.webhook_id) == webhook.id, col(WebhookMessage.id) > after)
    rows = session.execute(query.order_by(col(WebhookMessage.id)).limit(limit)).all()
    calls = _calls(session, [row.id for row in rows])
    return [Line(row, calls[row.id]) for row in rows]


def find(session: Session, webhook: Webhook, message_id: int) -> WebhookMessage:
    """One message of this webhook. Raises Missing."""
    mine = (col(WebhookMessage.id) == message_id, col(WebhookMessage.webhook_id) == webhook.id)
    found = session.exec(select(WebhookMessage).where(*mine)).first()
    if found is None:
        raise Missing
    return found


def line(session: Session, message: WebhookMessage) -> Line:
    row = session.execute(columns(*_MESSAGE).where(col(WebhookMessage.id) == message.id)).one()
    return Line(row, _calls(session, [message.id])[message.id])


def _calls(session: Session, messages: list[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    wanted = columns(WebhookAttempt.message_id, WebhookAttempt.at, WebhookAttempt.status, WebhookAttempt.why, WebhookAttempt.ms)
    query = wanted.where(col(WebhookAttempt.message_id).in_(messages)).order_by(col(WebhookAttempt.id).desc())
    for row in session.execute(query) if messages else ():
        found[row.message_id].append(row)
    return found

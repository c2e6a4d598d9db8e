"""What the worker has before it: how much is owed of each kind, for how long the oldest has been due, and when one last went out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col

from models import Bookmark, Confirmation, Invitation, Mailing, SignInRequest, Subscriber, WebhookMessage
from relais import ledger
from relais.db import columns

NEWS, NOTICES = col(Mailing.subscriber_id).is_not(None), col(Mailing.person_id).is_not(None)


@dataclass(frozen=True)
class Pile:
    """`owed` rows, of which `due` now; `oldest` is since when the first of these is due, `last` when one last went out."""

    owed: int
    due: int
    oldest: datetime | None
    last: datetime | None


def piles(session: Session, now: datetime) -> dict[str, Pile]:
    """The piles of letters and calls, by what they are."""
    return {name: _pile(session, now, *what) for name, what in _PILES.items()}


def unread(session: Session) -> dict[str, int]:
    """How far each part of the worker is behind the ledger, in ids of events."""
    newest = ledger.newest(session)
    return {reader: newest - at for reader, at in map(tuple, session.execute(columns(Bookmark.reader, Bookmark.event_id)))}


def _pile(session: Session, now: datetime, owed: ColumnElement[bool], due_at: Any, last: Any, which: ColumnElement[bool]) -> Pile:
    is_due = owed & (col(due_at) <= now)
    counted = columns(
        func.count(case((owed, 1))), func.count(case((is_due, 1))), func.min(case((is_due, col(due_at)))), func.max(col(last))
    )
    return Pile(*session.execute(counted.where(which)).one())


def _waits(due_at: Any) -> ColumnElement[bool]:
    return col(due_at).is_not(None)


def _all(kind: Any) -> ColumnElement[bool]:
    return col(kind.id).is_not(None)


_PILES: Mapping[str, tuple[ColumnElement[bool], Any, Any, ColumnElement[bool]]] = {
    "sign_in": (col(SignInRequest.answered_at).is_(None), SignInRequest.due_at, SignInRequest.answered_at, _all(SignInRequest)),
    "invitations": (_waits(Invitation.due_at), Invitation.due_at, Invitation.sent_at, _all(Invitation)),
    "confirmations": (_waits(Confirmation.due_at), Confirmation.due_at, Confirmation.sent_at, _all(Confirmation)),
    "consent": (_waits(Subscriber.due_at), Subscriber.due_at, Subscriber.asked_at, _all(Subscriber)),
    "notices": (_waits(Mailing.due_at), Mailing.due_at, Mailing.sent_at, NOTICES),
    "news": (_waits(Mailing.due_at), Mailing.due_at, Mailing.sent_at, NEWS),
    "webhooks": (_waits(WebhookMessage.due_at), WebhookMessage.due_at, WebhookMessage.taken_at, _all(WebhookMessage)),
}

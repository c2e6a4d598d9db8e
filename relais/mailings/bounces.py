"""Addresses that get no more letters, because a mail server said that nobody is there, or somebody complained."""

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col

from models import Subscriber


def end(session: Session, address: str, why: str, now: datetime) -> bool:
    """End what is sent to an address; whether it was one of a subscriber who still got letters."""
    theirs = update(Subscriber).where(func.lower(col(Subscriber.email)) == address.lower(), col(Subscriber.ended_at).is_(None))
    return bool(session.connection().execute(theirs.values(ended_at=now, ended_why=why[:200] or "refused", due_at=None)).rowcount)

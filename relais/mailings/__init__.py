"""Letters of news to subscribers: what is owed is read from the ledger, put together per address, and posted (decision 0026)."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlmodel import Session, col

from models import Delivery, Mailing

KEPT = timedelta(days=90)


def purge(session: Session, now: datetime) -> None:
    """Forget letters that have been over for 90 days, with what they carried, and what nobody follows any more."""
    over = select(col(Mailing.id)).where(or_(col(Mailing.sent_at) < now - KEPT, col(Mailing.ended_at) < now - KEPT))
    unwanted = col(Delivery.subscription_id).is_(None) & col(Delivery.mailing_id).is_(None)
    session.connection().execute(delete(Delivery).where(or_(col(Delivery.mailing_id).in_(over), unwanted)))
    session.connection().execute(delete(Mailing).where(col(Mailing.id).in_(over)))

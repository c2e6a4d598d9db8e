"""Letters of news to subscribers: what is owed is read from the ledger, put together per address, and posted (decision 0026)."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, or_, select
from sqlmodel import Session, col

from models import Delivery, Mailing
from relais.db import reading, writing
from relais.mailings import composing, owing

KEPT = timedelta(days=90)


def prepare(engine: Engine, now: datetime) -> bool:
    """Do one batch of owing or composing; whether there was any to do. Each is one unit of work: killed, it is as if it never began."""
    with reading(engine) as session:
        waiting = [step for step in (owing, composing) if step.anything(session, now)]
    for step in waiting[:1]:
        with writing(engine) as session:
            step.batch(session, now)
    return bool(waiting)


def purge(session: Session, now: datetime) -> None:
    """Forget letters that have been over for 90 days, with what they carried, and what nobody follows any more."""
    over = select(col(Mailing.id)).where(or_(col(Mailing.sent_at) < now - KEPT, col(Mailing.ended_at) < now - KEPT))
    unwanted = col(Delivery.subscription_id).is_(None) & col(Delivery.mailing_id).is_(None)
    session.connection().execute(delete(Delivery).where(or_(col(Delivery.mailing_id).in_(over), unwanted)))
    session.connection().execute(delete(Mailing).where(col(Mailing.id).in_(over)))

"""How the letters that are composed once come to an end: put off while the mail server fails, given up after two days."""

from datetime import datetime, timedelta

from sqlmodel import Session

from models import Mailing
from relais import errands

# News is worth waiting for longer than a link to sign in.
GIVEN_UP = timedelta(days=2)
AGAIN_AFTER = (*errands.AGAIN_AFTER, timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))


def under_way(session: Session, mailing_id: int) -> Mailing | None:
    """The letter, held for this unit of work; None where it is over, or whom it was for was erased."""
    mailing = session.get(Mailing, mailing_id, with_for_update=True)
    return mailing if mailing and mailing.due_at else None


def put_off(session: Session, mailing_id: int, now: datetime) -> None:
    mailing = under_way(session, mailing_id)
    if mailing and not errands.again(mailing, mailing.composed_at, now, given_up=GIVEN_UP, waits=AGAIN_AFTER):
        close(mailing, now, "given up after two days")


def close(mailing: Mailing, now: datetime, why: str) -> None:
    mailing.due_at, mailing.ended_at, mailing.ended_why = None, now, why

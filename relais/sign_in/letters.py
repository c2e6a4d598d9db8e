"""The worker's part in signing in: each request that is due gets its letter, if anybody has the address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from models import Person, SignInRequest
from relais import mail, people, sign_in
from relais.i18n import say
from relais.mail import Letter

# A worker holds a request for as long as the slowest mail server may take; when it dies, another takes the request up after that.
HELD = timedelta(minutes=5)
AGAIN_AFTER = [timedelta(seconds=seconds) for seconds in (10, 30, 120, 300, 600)]
GIVEN_UP = timedelta(hours=2)


@dataclass(frozen=True)
class Errand:
    """A letter that answers a request; no other worker takes the request up while it is `HELD`."""

    request_id: int
    letter: Letter


def any_due(session: Session, now: datetime) -> bool:
    return session.exec(select(SignInRequest.id).where(*_due(now)).limit(1)).first() is not None


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the oldest request that is due and whose address somebody has; close those before it. None when there is none.

    The request stays due, only later: a worker that dies before it says `answered` leaves it to another.
    """
    oldest = select(SignInRequest).where(*_due(now)).order_by(col(SignInRequest.due_at), col(SignInRequest.id)).limit(100)
    for request in session.exec(oldest.with_for_update(skip_locked=True)).all():
        person = people.known(session, request.address)
        if person:
            request.due_at, request.attempts = now + HELD, request.attempts + 1
            return Errand(request.id, _letter(session, person, request.next, now))
        answered(session, request.id, now)
    return None


def answered(session: Session, request_id: int, now: datetime) -> None:
    """Close a request and forget its address."""
    open_one = update(SignInRequest).where(col(SignInRequest.id) == request_id, col(SignInRequest.answered_at).is_(None))
    session.connection().execute(open_one.values(answered_at=now, address=""))


def put_off(session: Session, request_id: int, now: datetime) -> None:
    """Try again later, each time after a longer wait; close a request that has waited too long."""
    request = session.get_one(SignInRequest, request_id)
    if now - request.asked_at > GIVEN_UP:
        return answered(session, request_id, now)
    request.due_at = now + AGAIN_AFTER[min(request.attempts, len(AGAIN_AFTER)) - 1]
    return None


def _due(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(SignInRequest.answered_at).is_(None), col(SignInRequest.due_at) <= now


def _letter(session: Session, person: Person, back: str, now: datetime) -> Letter:
    language = sign_in.language_of(person)
    link = sign_in.address_of(person, sign_in.link_for(session, person, back, now))
    subject = say(language, "Your link to sign in to Relais")
    return mail.write("sign_in", to=person.email, language=language, subject=subject, link=link, minutes=sign_in.LINK_LASTS.seconds // 60)

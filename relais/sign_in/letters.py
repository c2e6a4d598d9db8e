"""The worker's part in signing in: each request that is due gets its letter, if anybody has the address."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col

from models import Person, SignInRequest
from relais import errands, mail, people, sign_in
from relais.errands import Errand
from relais.i18n import say
from relais.mail import Letter


def any_due(session: Session, now: datetime) -> bool:
    return errands.any_due(session, SignInRequest, *_due(now))


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the oldest request that is due and whose address somebody has; close those before it. None when there is none."""
    for request in errands.oldest(session, SignInRequest, *_due(now)):
        person = people.known(session, request.address)
        if person:
            errands.take_up(request, now)
            return Errand(request.id, _letter(session, person, request.next, now))
        answered(session, request.id, now)
    return None


def answered(session: Session, request_id: int, now: datetime) -> None:
    """Close a request and forget its address."""
    open_one = update(SignInRequest).where(col(SignInRequest.id) == request_id, col(SignInRequest.answered_at).is_(None))
    session.connection().execute(open_one.values(answered_at=now, address=""))


posted = refused = answered


def put_off(session: Session, request_id: int, now: datetime) -> None:
    """Try again later; close a request that has waited too long."""
    request = session.get_one(SignInRequest, request_id)
    if not errands.again(request, request.asked_at, now):
        answered(session, request_id, now)


def _due(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(SignInRequest.answered_at).is_(None), col(SignInRequest.due_at) <= now


def _letter(session: Session, person: Person, back: str, now: datetime) -> Letter:
    language = sign_in.language_of(person)
    link = sign_in.address_of(person, sign_in.link_for(session, person, back, now))
    subject = say(language, "Your link to sign in to Relais")
    return mail.write("sign_in", to=person.email, language=language, subject=subject, link=link, minutes=sign_in.LINK_LASTS.seconds // 60)

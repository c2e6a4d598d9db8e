"""Signing in without a password: a request, a one-use link by mail, and the session it opens. Only hashes of secrets are kept."""

import hmac
import math
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network

from sqlalchemy import ColumnElement, delete, text, update
from sqlmodel import Session, col, select

from models import Event, Person, PersonSession, SignInLink, SignInRequest
from models.event import EventKind
from relais import ledger, mail, people
from relais.errors import Refused, TooMany
from relais.i18n import DEFAULT, LANGUAGES, say
from relais.mail import Letter
from relais.settings import settings

WINDOW = timedelta(minutes=15)
PER_ADDRESS, PER_CLIENT = 5, 20
LINK_LASTS, SESSION_LASTS, REQUEST_KEPT = timedelta(minutes=30), timedelta(days=30), timedelta(days=30)

# A worker holds a request for as long as the slowest mail server may take; when it dies, another takes the request up after that.
HELD = timedelta(minutes=3)
AGAIN_AFTER = [timedelta(seconds=seconds) for seconds in (10, 30, 120, 300, 600)]
GIVEN_UP = timedelta(hours=2)

# Any fixed number: on PostgreSQL it lets requests be counted and written one at a time.
REQUEST_LOCK = 20_161_101

# A path of this site in plain characters. Two slashes in a row or a backslash could name another host.
LOCAL = re.compile(r"/(?!.*//)[!-\[\]-~]{0,498}")


class Spent(Refused):
    """The link was used, is too old, or never was."""

    status = 410

    def __init__(self) -> None:
        super().__init__("This link was used already or is too old. Ask for a new one.")


@dataclass(frozen=True)
class Errand:
    """A letter that answers a request; no other worker takes the request up while it is `HELD`."""

    request_id: int
    letter: Letter


def local_path(path: str) -> str:
    """`path` when it stays on this site, else `/`."""
    return path if LOCAL.fullmatch(path) else "/"


# --- asking ----------------------------------------------------------------------------------------------------------


def ask(session: Session, address: str, client: str, language: str, back: str, now: datetime) -> SignInRequest:
    """Write down that `client` asks for a link to be sent to `address`. Nothing here depends on whether anybody has that address.

    Raises TooMany, also alike for all, when the address or the client asked too often; client and address are kept as keyed hashes,
    and the address itself until the worker has answered.
    """
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": REQUEST_LOCK})
    address = address.strip().lower()
    by_address, by_client = _blinded(f"address {address}"), _blinded(f"client {_network(client)}")
    wait = max(
        _wait(session, col(SignInRequest.address_hash) == by_address, PER_ADDRESS, now),
        _wait(session, col(SignInRequest.client_hash) == by_client, PER_CLIENT, now),
    )
    if wait:
        raise TooMany(wait)
    request = SignInRequest(
        address=address,
        address_hash=by_address,
        client_hash=by_client,
        language=language,
        next=local_path(back),
        asked_at=now,
        due_at=now,
    )
    session.add(request)
    session.flush()
    return request


def _wait(session: Session, same: ColumnElement[bool], limit: int, now: datetime) -> int:
    """Seconds until one more request is within the limit; 0 when it is now."""
    asked_at = col(SignInRequest.asked_at)
    last = session.exec(select(asked_at).where(same, asked_at > now - WINDOW).order_by(asked_at.desc()).limit(limit)).all()
    return 0 if len(last) < limit else math.ceil((last[-1] + WINDOW - now).total_seconds())


def _blinded(value: str) -> str:
    return hmac.new(settings().key().encode(), value.encode(), sha256).hexdigest()


def _network(client: str) -> str:
    """An IPv6 client may choose among the addresses of its /64: they count as one."""
    try:
        return str(ip_network((client, 64 if ":" in client else 32), strict=False))
    except ValueError:
        return client


# --- answering: the worker's part ------------------------------------------------------------------------------------


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


def purge(session: Session, now: datetime) -> None:
    """Forget requests after 30 days, and what has run out."""
    session.connection().execute(delete(SignInRequest).where(col(SignInRequest.asked_at) < now - REQUEST_KEPT))
    session.connection().execute(delete(SignInLink).where(col(SignInLink.expires_at) <= now))
    session.connection().execute(delete(PersonSession).where(col(PersonSession.expires_at) <= now))


def _due(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(SignInRequest.answered_at).is_(None), col(SignInRequest.due_at) <= now


def _letter(session: Session, person: Person, back: str, now: datetime) -> Letter:
    language = _language(person)
    link = address_of(person, link_for(session, person, back, now))
    subject = say(language, "Your link to sign in to Relais")
    return mail.write("sign_in", to=person.email, language=language, subject=subject, link=link, minutes=LINK_LASTS.seconds // 60)


# --- links and sessions ----------------------------------------------------------------------------------------------


def link_for(session: Session, person: Person, back: str, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """The token of a new one-use link. It is not kept: who loses it asks again."""
    token = secrets.token_urlsafe(32)
    session.add(SignInLink(token_hash=_hashed(token), person_id=person.id, next=local_path(back), expires_at=now + lasts))
    session.flush()
    return token


def address_of(person: Person, token: str) -> str:
    """Where the person's link leads, in their language."""
    return f"{settings().base_url}/{_language(person)}/sign-in/{token}"


def redeem(session: Session, token: str, now: datetime) -> tuple[str, str]:
    """Use a link up and open a session: (the session's token, where to go). Raises Spent; of many who try one link exactly one gets in."""
    unused = col(SignInLink.used_at).is_(None), col(SignInLink.expires_at) > now
    use = update(SignInLink).where(col(SignInLink.token_hash) == _hashed(token), *unused).values(used_at=now)
    used = session.connection().execute(use.returning(col(SignInLink.person_id), col(SignInLink.next))).first()
    if used is None:
        raise Spent
    person = session.get_one(Person, used.person_id)
    opened = secrets.token_urlsafe(32)
    session.add(PersonSession(token_hash=_hashed(opened), person_id=person.id, opened_at=now, expires_at=now + SESSION_LASTS))
    ledger.record(session, EventKind.SIGNED_IN, person, at=now, by=person, public=False)
    return opened, local_path(used.next)


def person_of(session: Session, token: str, now: datetime) -> Person | None:
    """Whose session this is, unless it ended."""
    theirs = select(Person).join(PersonSession, col(PersonSession.person_id) == col(Person.id))
    return session.exec(theirs.where(col(PersonSession.token_hash) == _hashed(token), col(PersonSession.expires_at) > now)).first()


def sign_out(session: Session, token: str, now: datetime) -> None:
    """End a session. One that ended already is no error."""
    person = person_of(session, token, now)
    ended = session.connection().execute(delete(PersonSession).where(col(PersonSession.token_hash) == _hashed(token)))
    if person and ended.rowcount == 1:
        ledger.record(session, EventKind.SIGNED_OUT, person, at=now, by=person, public=False)


def sessions_of(session: Session, person: Person, now: datetime) -> Sequence[PersonSession]:
    """The person's open sessions, the newest first."""
    mine = select(PersonSession).where(col(PersonSession.person_id) == person.id, col(PersonSession.expires_at) > now)
    return session.exec(mine.order_by(col(PersonSession.opened_at).desc())).all()


def sign_out_elsewhere(session: Session, person: Person, token: str, now: datetime) -> int:
    """End every session of the person but the one of `token`: how many ended."""
    others = col(PersonSession.person_id) == person.id, col(PersonSession.token_hash) != _hashed(token)
    ended = session.connection().execute(delete(PersonSession).where(*others)).rowcount
    if ended:
        ledger.record(session, EventKind.SIGNED_OUT, person, at=now, by=person, public=False, elsewhere=ended)
    return ended


def anybody_ever(session: Session) -> bool:
    """Whether any session was ever opened."""
    return session.exec(select(Event.id).where(col(Event.kind) == EventKind.SIGNED_IN).limit(1)).first() is not None


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _language(person: Person) -> str:
    return person.language if person.language in LANGUAGES else DEFAULT

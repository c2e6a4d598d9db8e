"""Signing in without a password: a request, a one-use link by mail, and the session it opens. Only hashes of secrets are kept."""

import hmac
import math
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network

from sqlalchemy import ColumnElement, bindparam, delete, update
from sqlmodel import Session, col, select

from models import Event, Membership, Person, PersonSession, SignInLink, SignInRequest
from models.event import EventKind
from relais import ledger
from relais.access import VISITOR, Reader
from relais.db import columns, hold, one_at_a_time
from relais.errors import Refused, TooMany
from relais.i18n import DEFAULT, LANGUAGES, N_
from relais.settings import settings

WINDOW = timedelta(minutes=15)
PER_ADDRESS, PER_CLIENT = 5, 20
LINK_LASTS, SESSION_LASTS, REQUEST_KEPT = timedelta(minutes=30), timedelta(days=30), timedelta(days=30)

# Any fixed number: on PostgreSQL it lets requests be counted and written one at a time.
REQUEST_LOCK = 20_161_101

# A path of this site in plain characters. Two slashes in a row or a backslash could name another host.
LOCAL = re.compile(r"(?!.*//)/[!-\[\]-~]{0,498}")

# Asked at every request of somebody signed in: built once.
_FIELDS = tuple(Person.model_fields)
_READER = (
    columns(Membership.group_id, Membership.role, *(getattr(Person, field) for field in _FIELDS))
    .select_from(Person)
    .join(PersonSession, col(PersonSession.person_id) == col(Person.id))
    .outerjoin(Membership, col(Membership.person_id) == col(Person.id))
    .where(col(PersonSession.token_hash) == bindparam("token_hash"), col(PersonSession.expires_at) > bindparam("now"))
)
_READERS = (
    select(PersonSession.token_hash, Person, Membership.group_id, Membership.role)
    .join(Person, col(Person.id) == col(PersonSession.person_id))
    .outerjoin(Membership, col(Membership.person_id) == col(Person.id))
)


class Spent(Refused):
    """The link was used, is too old, or never was."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("This link was used already or is too old. Ask for a new one."))


def local_path(path: str) -> str:
    """`path` when it stays on this site, else `/`."""
    return path if LOCAL.fullmatch(path) else "/"


# --- asking ----------------------------------------------------------------------------------------------------------


def ask(session: Session, address: str, client: str, language: str, back: str, now: datetime) -> SignInRequest:
    """Write down that `client` asks for a link to be sent to `address`. Nothing here depends on whether anybody has that address.

    Raises TooMany, also alike for all, when the address or the client asked too often; client and address are kept as keyed hashes,
    and the address itself until the worker has answered.
    """
    one_at_a_time(session, REQUEST_LOCK)
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


# --- links and sessions ----------------------------------------------------------------------------------------------


def link_for(session: Session, person: Person, back: str, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """The token of a new one-use link. It is not kept: who loses it asks again."""
    token = secrets.token_urlsafe(32)
    session.add(SignInLink(token_hash=hashed(token), person_id=person.id, next=local_path(back), expires_at=now + lasts))
    session.flush()
    return token


def address_of(person: Person, token: str) -> str:
    """Where the person's link leads, in their language."""
    return f"{settings().base_url}/{language_of(person)}/sign-in/{token}"


def redeem(session: Session, token: str, now: datetime) -> tuple[str, str]:
    """Use a link up and open a session: (the session's token, where to go). Raises Spent; of many who try one link exactly one gets in."""
    unused = col(SignInLink.used_at).is_(None), col(SignInLink.expires_at) > now
    use = update(SignInLink).where(col(SignInLink.token_hash) == hashed(token), *unused).values(used_at=now)
    used = session.connection().execute(use.returning(col(SignInLink.person_id), col(SignInLink.next))).first()
    if used is None:
        raise Spent
    return open_session(session, session.get_one(Person, used.person_id), now), local_path(used.next)


def open_session(session: Session, person: Person, now: datetime) -> str:
    """The token of a new session of somebody who has shown that their address is theirs. What is in the record by then is old to them."""
    opened = secrets.token_urlsafe(32)
    session.add(PersonSession(token_hash=hashed(opened), person_id=person.id, opened_at=now, expires_at=now + SESSION_LASTS))
    event_id = ledger.record(session, EventKind.SIGNED_IN, person, at=now, by=person, public=False)
    first = update(Person).where(col(Person.id) == person.id, col(Person.seen_event_id) == 0)
    session.connection().execute(first.values(seen_event_id=event_id))
    return opened


def person_of(session: Session, token: str, now: datetime) -> Person | None:
    """Whose session this is, unless it ended."""
    theirs = select(Person).join(PersonSession, col(PersonSession.person_id) == col(Person.id))
    return session.exec(theirs.where(col(PersonSession.token_hash) == hashed(token), col(PersonSession.expires_at) > now)).first()


def reader_of(session: Session, token: str, now: datetime) -> Reader:
    """Who reads under this session, with their roles, in one query; a visitor where it ended."""
    rows = session.connection().execute(_READER, {"token_hash": hashed(token), "now": now}).all()
    if not rows:
        return VISITOR
    person = Person(**dict(zip(_FIELDS, rows[0][2:], strict=True)))
    hold(session, person)
    return Reader(person, {group: role for group, role, *_ in rows if group})


def readers_of(session: Session, tokens: Iterable[str], now: datetime) -> dict[str, Reader]:
    """The same for many sessions at once, by token."""
    hashes = {hashed(token): token for token in tokens}
    open_still = col(PersonSession.token_hash).in_(hashes), col(PersonSession.expires_at) > now
    found: dict[str, Reader] = {}
    for row, person, group, role in session.execute(_READERS.where(*open_still)):
        reader = found.setdefault(hashes[row], Reader(person, {}))
        if group:
            reader.roles[group] = role
    return {token: found.get(token, VISITOR) for token in hashes.values()}


def sign_out(session: Session, token: str, now: datetime) -> None:
    """End a session. One that ended already is no error."""
    person = person_of(session, token, now)
    ended = session.connection().execute(delete(PersonSession).where(col(PersonSession.token_hash) == hashed(token)))
    if person and ended.rowcount == 1:
        ledger.record(session, EventKind.SIGNED_OUT, person, at=now, by=person, public=False)


def sessions_of(session: Session, person: Person, now: datetime) -> Sequence[PersonSession]:
    """The person's open sessions, the newest first."""
    mine = select(PersonSession).where(col(PersonSession.person_id) == person.id, col(PersonSession.expires_at) > now)
    return session.exec(mine.order_by(col(PersonSession.opened_at).desc())).all()


def sign_out_elsewhere(session: Session, person: Person, token: str, now: datetime) -> int:
    """End every session of the person but the one of `token`: how many ended."""
    others = col(PersonSession.person_id) == person.id, col(PersonSession.token_hash) != hashed(token)
    ended = session.connection().execute(delete(PersonSession).where(*others)).rowcount
    if ended:
        ledger.record(session, EventKind.SIGNED_OUT, person, at=now, by=person, public=False, elsewhere=ended)
    return ended


def anybody_ever(session: Session) -> bool:
    """Whether any session was ever opened."""
    return session.exec(select(Event.id).where(col(Event.kind) == EventKind.SIGNED_IN).limit(1)).first() is not None


def purge(session: Session, now: datetime) -> None:
    """Forget requests after 30 days, and links and sessions that have run out."""
    session.connection().execute(delete(SignInRequest).where(col(SignInRequest.asked_at) < now - REQUEST_KEPT))
    session.connection().execute(delete(SignInLink).where(col(SignInLink.expires_at) <= now))
    session.connection().execute(delete(PersonSession).where(col(PersonSession.expires_at) <= now))


def hashed(token: str) -> str:
    """All that is kept of a secret."""
    return sha256(token.encode()).hexdigest()


def language_of(person: Person) -> str:
    return person.language if person.language in LANGUAGES else DEFAULT

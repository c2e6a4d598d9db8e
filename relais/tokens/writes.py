"""What a token wrote lately: counted, so that a program run wild is stopped, and answered again to one that lost its answer."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from models import Token, TokenWrite
from relais.db import one_at_a_time
from relais.errors import Invalid, TooMany
from relais.i18n import N_

WINDOW, MOST = timedelta(minutes=1), 60
KEPT = timedelta(hours=24)
HEADER = "Idempotency-Key"

# With the number of the token: on PostgreSQL what is written with one token is written one after the other.
WRITE_LOCK = 20_161_200_000


class UsedUp(TooMany):
    """More than may be written with one token in a minute."""


@dataclass(frozen=True)
class Quota:
    """How many more writes there may be, for how many seconds."""

    left: int
    seconds: int


def begun(session: Session, token: Token, key: str | None, asked: str, now: datetime) -> TokenWrite | None:
    """What was answered when the same was asked under this key within a day. Of two who ask at once the second waits, and finds it.

    Raises Invalid where something else was asked under it.
    """
    one_at_a_time(session, WRITE_LOCK + token.id)
    if key is None:
        return None
    session.connection().execute(delete(TokenWrite).where(col(TokenWrite.token_id) == token.id, col(TokenWrite.written_at) <= now - KEPT))
    before = session.exec(select(TokenWrite).where(col(TokenWrite.token_id) == token.id, col(TokenWrite.key) == key)).first()
    if before and before.asked != asked:
        raise Invalid(N_("Something else was asked under this key"), field=HEADER)
    return before


def answered(session: Session, token: Token, key: str | None, now: datetime) -> bool:
    """Whether something was answered under this key within a day, asked without waiting for who writes."""
    if key is None:
        return False
    mine = col(TokenWrite.token_id) == token.id, col(TokenWrite.key) == key, col(TokenWrite.written_at) > now - KEPT
    return session.exec(select(TokenWrite.id).where(*mine)).first() is not None


def quota(session: Session, token: Token, now: datetime) -> Quota:
    """What is left for this token before one more write, which is counted. Raises UsedUp where nothing is."""
    lately = col(TokenWrite.token_id) == token.id, col(TokenWrite.written_at) > now - WINDOW
    count, oldest = session.exec(select(func.count(), func.min(col(TokenWrite.written_at))).where(*lately)).one()
    seconds = math.ceil(((oldest if count else now) + WINDOW - now).total_seconds())
    if count >= MOST:
        raise UsedUp(seconds)
    return Quota(MOST - count - 1, seconds)


def keep(
    session: Session, token: Token, key: str | None, asked: str, now: datetime, *, status: int, headers: dict[str, str], body: bytes
) -> None:
    """Note that something was written, and under a key how it was answered."""
    told = {"status": status, "headers": headers, "body": body.decode()} if key else {"status": status}
    session.add(TokenWrite(token_id=token.id, written_at=now, key=key, asked=asked, **told))


def fingerprint(method: str, path: str, body: bytes) -> str:
    """Stands for what was asked."""
    return sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


def purge(session: Session, now: datetime) -> None:
    """Forget after a day."""
    session.connection().execute(delete(TokenWrite).where(col(TokenWrite.written_at) <= now - KEPT))

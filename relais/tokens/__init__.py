"""Tokens: a program that carries one acts for the person who made it, or in their group as its editor or, where it may run the group, as
its coordinator (docs/decisions/0033, 0042)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlalchemy import bindparam, delete, or_, update
from sqlmodel import Session, col, select

from models import Group, Membership, Person, Token
from models.event import EventKind
from models.group import Role
from models.token import Scope
from relais import ledger
from relais.access import Reader
from relais.db import one_at_a_time, take
from relais.errors import Invalid, Missing, Refused
from relais.form import Form
from relais.i18n import N_
from relais.sign_in import hashed

PREFIX = "relais_"
LASTS = (30, 90, 365)
MOST = 20
USED_EVERY, KEPT = timedelta(minutes=1), timedelta(days=30)

# Any fixed number: on PostgreSQL it lets tokens be counted and written one at a time.
TOKEN_LOCK = 20_161_103

# Asked at every call with a token: built once.
_HOLDER = (
    select(Token, Person, Membership.group_id, Membership.role)
    .join(Person, col(Person.id) == col(Token.created_by))
    .outerjoin(Membership, col(Membership.person_id) == col(Person.id))
    .where(col(Token.token_hash) == bindparam("token_hash"), col(Token.ended_at).is_(None), col(Token.expires_at) > bindparam("now"))
)


class TokenForm(Form):
    name: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\n]*$")]
    scope: Scope = Scope.READ
    days: Annotated[int, Field(gt=0, lt=367)] = 90


class NoToken(Refused):
    """What a program carries is no token, or one that ended: it is not told which."""

    status = 401

    def __init__(self) -> None:
        super().__init__(N_("This token is not known, was ended, or is too old."))


@dataclass(frozen=True)
class Holder:
    """Who calls with a token: what they may see and do, whether they may write at all, and run what they coordinate."""

    token: Token
    reader: Reader

    @property
    def writes(self) -> bool:
        return self.token.scope is not Scope.READ

    @property
    def manages(self) -> bool:
        return self.token.scope is Scope.MANAGE


def make(session: Session, form: TokenForm, *, by: Person, now: datetime, group: Group | None = None) -> str:
    """The secret of a new token, of the group where one is given. It is not kept: who loses it makes another.

    Raises Invalid where so many are open already that nobody could tell them apart.
    """
    one_at_a_time(session, TOKEN_LOCK)
    if len(standing(session, by, group, now)) >= MOST:
        raise Invalid(N_("There are %(most)s tokens already. End one of them first."), field="name", most=MOST)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        token_hash=hashed(secret),
        name=form.name,
        scope=form.scope,
        group_id=group.id if group else None,
        created_by=by.id,
        created_at=now,
        expires_at=now + timedelta(days=form.days),
    )
    session.add(token)
    _record(session, EventKind.TOKEN_MADE, token, by, now)
    return secret


def end(session: Session, token: Token, *, by: Person, now: datetime) -> None:
    """From the next call on it opens nothing. One that ended already is no error."""
    if token.ended_at is None:
        take(session, token, token.version)
        token.ended_at = now
        _record(session, EventKind.TOKEN_ENDED, token, by, now)


def standing(session: Session, person: Person, group: Group | None, now: datetime) -> Sequence[tuple[Token, Person]]:
    """The tokens of the person, or of the group where one is given, that may still be used, each with who made it; the newest first."""
    mine = col(Token.group_id) == group.id if group else (col(Token.group_id).is_(None)) & (col(Token.created_by) == person.id)
    usable = col(Token.ended_at).is_(None), col(Token.expires_at) > now
    found = select(Token, Person).join(Person, col(Person.id) == col(Token.created_by)).where(mine, *usable)
    return session.exec(found.order_by(col(Token.id).desc())).all()


def find(session: Session, token_id: int, person: Person, group: Group | None = None) -> Token:
    """One of the person's own, or of the group where one is given. Raises Missing."""
    token = session.get(Token, token_id)
    if token is None or token.group_id != (group.id if group else None) or not (group or token.created_by == person.id):
        raise Missing
    return token


def holder(session: Session, secret: str, now: datetime) -> Holder:
    """Who calls with this secret, in one query. Raises NoToken.

    A group's token sees and edits what its group keeps, nothing else, for as long as whoever made it edits there; one that manages runs the
    group as well, for as long as they coordinate it.
    """
    rows = session.execute(_HOLDER, {"token_hash": hashed(secret), "now": now}).all()
    if not rows:
        raise NoToken
    token, person = rows[0][0], rows[0][1]
    roles = {group: Role(role) for _, _, group, role in rows if group}
    if token.group_id is not None:
        roles = {token.group_id: _in_the_group(token.scope, roles.get(token.group_id))}
    return Holder(token, Reader(person, roles))


def _in_the_group(scope: Scope, role: Role | None) -> Role:
    """As what a token of a group acts there, by the role of whoever made it."""
    if role is None or not role.may_edit or (scope is Scope.MANAGE and role is not Role.COORDINATOR):
        raise NoToken
    return Role.COORDINATOR if scope is Scope.MANAGE else Role.EDITOR


def used(session: Session, token_id: int, now: datetime) -> None:
    """Note that it was used, once a minute at most."""
    before = or_(col(Token.last_used_at).is_(None), col(Token.last_used_at) <= now - USED_EVERY)
    session.connection().execute(update(Token).where(col(Token.id) == token_id, before).values(last_used_at=now))


def purge(session: Session, now: datetime) -> None:
    """Forget tokens that ended or ran out 30 days ago."""
    gone = or_(col(Token.ended_at) < now - KEPT, col(Token.expires_at) < now - KEPT)
    session.connection().execute(delete(Token).where(gone))


def _record(session: Session, kind: EventKind, token: Token, by: Person, now: datetime) -> None:
    """Of a group its coordinators are told; of a person nobody."""
    ledger.record(session, kind, token, at=now, by=by, group_id=token.group_id, public=False, scope=token.scope.value)

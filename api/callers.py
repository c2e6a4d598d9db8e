"""Who calls: a visitor, or the holder of a token."""

from dataclasses import dataclass

from fastapi import Request
from sqlmodel import Session

from models import Token
from relais import ledger, tokens
from relais.access import VISITOR, Reader
from relais.db import state_of
from relais.errors import Forbidden, SignedOut
from relais.i18n import N_
from relais.settings import now
from relais.tokens import NoToken


@dataclass(frozen=True)
class Caller:
    """`token` is none for a visitor, who is told what is public and writes nothing."""

    reader: Reader = VISITOR
    token: Token | None = None
    writes: bool = False
    manages: bool = False

    def state(self, session: Session) -> str:
        """Changes with whatever this caller may be told: for visitors with public acts alone."""
        if self.reader.person is None:
            return str(state_of(session))
        roles = ",".join(f"{group}:{role.value}" for group, role in sorted(self.reader.roles.items()))
        return f"{ledger.newest(session)} {self.reader.person.id} {roles} {self.manages}"

    def must_write(self) -> Token:
        """Raises SignedOut without a token, Forbidden with one that only reads."""
        if self.token is None:
            raise SignedOut
        if not self.writes:
            raise Forbidden(N_("This token only reads"))
        return self.token

    def must_manage(self) -> None:
        """Raises SignedOut without a token, Forbidden with one that runs no group, whoever holds it."""
        if self.token is None:
            raise SignedOut
        if not self.manages:
            raise Forbidden(N_("This token runs no group: make one that may, with the scope manage"))


def called(request: Request, session: Session) -> Caller:
    """By the `Authorization` header. Raises NoToken for one that names no token: who means to be known is not taken for a visitor."""
    written = request.headers.get("Authorization")
    if written is None:
        return Caller()
    scheme, _, secret = written.strip().partition(" ")
    if scheme.lower() != "bearer":
        raise NoToken
    holder = tokens.holder(session, secret.strip(), now())
    request.state.token = holder.token.id, holder.token.last_used_at  # for behind the answer, when what was refused is rolled back
    return Caller(holder.reader, holder.token, holder.writes, holder.manages)

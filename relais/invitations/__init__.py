"""Invitations: somebody is asked into a group by letter, and gets the role, and an account, when they say yes."""

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from models import Event, Group, Invitation, Person
from models.event import EventKind
from models.group import Role
from relais import ledger, people, sign_in
from relais.access import Reader
from relais.db import one_at_a_time, take
from relais.errors import Missing, Refused, TooMany
from relais.form import Form
from relais.groups import roles
from relais.i18n import N_
from relais.people import Address

LASTS, KEPT = timedelta(days=14), timedelta(days=30)
WINDOW, PER_INVITER = timedelta(hours=1), 20
BETWEEN_LETTERS = timedelta(minutes=2)

# Any fixed number: on PostgreSQL it lets invitations be counted and written one at a time.
INVITATION_LOCK = 20_161_102


class InvitationForm(Form):
    email: Address
    role: Role
    language: Literal["fr", "en"] = "fr"


class Gone(Refused):
    """The link was used, withdrawn, is too old, or never was: nobody is told which."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("This invitation was accepted or withdrawn already, or is too old. Ask who invited you for a new one."))


@dataclass(frozen=True)
class Asked:
    """What the page behind the link shows: who invites to what, and the address it was sent to."""

    invitation: Invitation
    group: Group
    inviter: str


def invite(session: Session, group: Group, form: InvitationForm, *, by: Person, now: datetime) -> Invitation:
    """Owe somebody a letter with a link that is good for 14 days; one that waits already for the same address is written anew.

    Nothing here depends on whether anybody has that address. Raises TooMany when the inviter, or anybody for the address, asked too often.
    """
    _within_limits(session, form.email, by, now)
    waiting = select(Invitation).where(col(Invitation.group_id) == group.id, col(Invitation.email) == form.email, *_waiting())
    invitation = session.exec(waiting.with_for_update()).first()
    if invitation:
        invitation.sqlmodel_update({"role": form.role, "language": form.language, "version": invitation.version + 1})
        return _owe(session, invitation, by, now, again=True)
    invitation = Invitation(group_id=group.id, **form.model_dump(), invited_at=now, expires_at=now + LASTS)
    session.add(invitation)
    return _owe(session, invitation, by, now, again=False)


def send_again(session: Session, invitation: Invitation, *, version: int, by: Person, now: datetime) -> Invitation:
    """Owe the same letter once more, with a new link that is good for 14 days; the link sent before is void. Raises as `invite` does."""
    _still_waiting(invitation)
    _within_limits(session, invitation.email, by, now)
    take(session, invitation, version)
    return _owe(session, invitation, by, now, again=True)


def withdraw(session: Session, invitation: Invitation, *, version: int, by: Person, now: datetime) -> None:
    """Void the link and whatever letter is still owed. Raises Stale when the invitation was changed in between."""
    _still_waiting(invitation)
    take(session, invitation, version)
    invitation.sqlmodel_update({"withdrawn_at": now, "token_hash": None, "due_at": None})
    told: dict[str, Any] = {"role": invitation.role.value}
    ledger.record(
        session, EventKind.INVITATION_WITHDRAWN, invitation, at=now, by=by, group_id=invitation.group_id, public=False, **told
    )  # fmt: skip


def waiting(session: Session, reader: Reader, group: Group) -> Sequence[Invitation]:
    """Those nobody answered yet, the newest first: for the group's coordinators, and for as long as the address is kept."""
    if not reader.coordinates(group.id):
        return []
    theirs = select(Invitation).where(col(Invitation.group_id) == group.id, col(Invitation.email) != "", *_waiting())
    return session.exec(theirs.order_by(col(Invitation.invited_at).desc(), col(Invitation.id).desc())).all()


def find(session: Session, group: Group, invitation_id: int) -> Invitation:
    found = session.get(Invitation, invitation_id)
    if found is None or found.group_id != group.id:
        raise Missing
    return found


def behind(session: Session, token: str, now: datetime) -> Asked:
    """What the link of a letter leads to. Changes nothing. Raises Gone."""
    theirs = select(Invitation, Group, Person.name).join(Group).outerjoin(Person, col(Person.id) == col(Invitation.inviter_id))
    found = session.exec(theirs.where(*_open(token, now))).first()
    if found is None:
        raise Gone
    invitation, group, name = found
    return Asked(invitation, group, name or "")


def accept(session: Session, token: str, now: datetime) -> tuple[str, Group]:
    """Say yes: the token of a new session, and the group. Makes the account if there was none, and forgets the address here.

    Raises Gone; of many who try one link exactly one gets in. Somebody in the group already keeps the role they have.
    """
    use = update(Invitation).where(*_open(token, now)).values(accepted_at=now, token_hash=None, version=col(Invitation.version) + 1)
    used = session.connection().execute(use.returning(col(Invitation.id))).scalar()
    if used is None:
        raise Gone
    invitation = session.get_one(Invitation, used)
    group = session.get_one(Group, invitation.group_id)
    person = people.account(session, invitation.email, language=invitation.language, now=now)
    if roles.of(session, group, person) is None:
        roles.join(session, group, person, invitation.role, by=person, now=now)
    invitation.person_id, invitation.email, invitation.due_at = person.id, "", None
    return sign_in.open_session(session, person, now), group


def purge(session: Session, now: datetime) -> None:
    """Forget the address of what was never accepted, 30 days after its link ran out or it was withdrawn."""
    over = (col(Invitation.expires_at) < now - KEPT) | (col(Invitation.withdrawn_at) < now - KEPT)
    forgotten = update(Invitation).where(over, col(Invitation.email) != "", col(Invitation.accepted_at).is_(None))
    closed = {"email": "", "token_hash": None, "due_at": None}
    session.connection().execute(forgotten.where(col(Invitation.withdrawn_at).is_(None)).values(withdrawn_at=now, **closed))
    session.connection().execute(forgotten.values(**closed))


def new_token() -> str:
    return secrets.token_urlsafe(32)


def _owe(session: Session, invitation: Invitation, by: Person, now: datetime, *, again: bool) -> Invitation:
    fresh: dict[str, Any] = {"token_hash": None, "due_at": now, "attempts": 0, "sent_at": None}
    invitation.sqlmodel_update({"inviter_id": by.id, "invited_at": now, "expires_at": now + LASTS, **fresh})
    told: dict[str, Any] = {"role": invitation.role.value, "again": again}
    ledger.record(session, EventKind.MEMBER_INVITED, invitation, at=now, by=by, group_id=invitation.group_id, public=False, **told)
    return invitation


def _within_limits(session: Session, email: str, by: Person, now: datetime) -> None:
    """So many letters an hour from one person, counted in the ledger, and some minutes between two to one address, from whomever."""
    one_at_a_time(session, INVITATION_LOCK)
    mine = col(Event.kind) == EventKind.MEMBER_INVITED, col(Event.actor_id) == by.id, col(Event.recorded_at) > now - WINDOW
    sent = session.exec(select(Event.recorded_at).where(*mine).order_by(col(Event.id).desc()).limit(PER_INVITER)).all()
    if len(sent) == PER_INVITER:
        raise TooMany(math.ceil((sent[-1] + WINDOW - now).total_seconds()))
    same = select(Invitation.invited_at).where(col(Invitation.email) == email).order_by(col(Invitation.invited_at).desc()).limit(1)
    last = session.exec(same).first()
    if last is not None and last > now - BETWEEN_LETTERS:
        raise TooMany(math.ceil((last + BETWEEN_LETTERS - now).total_seconds()))


def _still_waiting(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(N_("This invitation was accepted or withdrawn already"))


def _waiting() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Invitation.accepted_at).is_(None), col(Invitation.withdrawn_at).is_(None)


def _open(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Invitation.token_hash) == sign_in.hashed(token), col(Invitation.expires_at) > now, *_waiting()

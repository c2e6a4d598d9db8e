"""Confirmations: an organisation is asked whether its position is recorded rightly. Its answer changes nothing until it is approved."""

import math
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, func, update
from sqlmodel import Session, col, select

from models import Actor, Confirmation, Person, Position, Proposal
from models.confirmation import Outcome, State
from models.event import EventKind
from relais import ledger
from relais.access import Reader
from relais.db import columns, one_at_a_time, take
from relais.errors import Invalid, Missing, Refused, TooMany
from relais.form import Form
from relais.i18n import N_
from relais.people import Address
from relais.sources import claims

LASTS, KEPT = timedelta(days=60), timedelta(days=30)
BETWEEN_LETTERS = timedelta(days=1)
WINDOW, PER_ASKER = timedelta(hours=1), 20
LOCK = 20_261_129  # any fixed number: on PostgreSQL requests are counted and written one at a time


class AskForm(Form):
    email: Address
    language: Literal["fr", "en"] = "fr"


class Overtaken(Refused):
    """What was asked about was corrected meanwhile: the answer is to something that does not stand any more."""

    def __init__(self) -> None:
        super().__init__(N_("The position was corrected after they were asked. Refuse the answer, then ask about what stands now."))


def ask(session: Session, position: Position, proposal: Proposal, form: AskForm, *, by: Person, now: datetime) -> Confirmation:
    """Owe the organisation a letter with a link that is good for 60 days.

    Raises Refused for what a visitor cannot see or was corrected, Invalid while another request is open, TooMany when one person asks too
    often, or one address was asked about the same position within a day.
    """
    one_at_a_time(session, LOCK)
    may_ask(session, position, proposal)
    if session.exec(select(Confirmation.id).where(col(Confirmation.position_id) == position.id, still_open(now))).first() is not None:
        raise Invalid(N_("They were asked already, and the request is still open"), field="email")
    _within_limits(session, position, form.email, by, now)
    asked: dict[str, Any] = {"asked_at": now, "expires_at": now + LASTS, "due_at": now, "asker_id": by.id}
    confirmation = Confirmation(position_id=position.id, link=secrets.randbelow(2**31), **form.model_dump(), **asked)
    session.add(confirmation)
    told(session, EventKind.CONFIRMATION_ASKED, confirmation, proposal, by, now, again=False)
    return confirmation


def send_again(session: Session, confirmation: Confirmation, proposal: Proposal, *, version: int, by: Person, now: datetime) -> None:
    """Owe the same letter once more: its link is good for another 60 days. Raises TooMany within a day, Refused once it was answered."""
    _waiting(confirmation, now)
    may_ask(session, session.get_one(Position, confirmation.position_id), proposal)
    _apart(confirmation.asked_at, BETWEEN_LETTERS, now)
    take(session, confirmation, version)
    confirmation.sqlmodel_update({"asked_at": now, "expires_at": now + LASTS, "due_at": now, "attempts": 0, "sent_at": None})
    told(session, EventKind.CONFIRMATION_ASKED, confirmation, proposal, by, now, again=True)


def withdraw(session: Session, confirmation: Confirmation, proposal: Proposal, *, version: int, by: Person, now: datetime) -> None:
    """End the link and whatever letter is still owed. Raises Refused once it was answered: then a coordinator decides."""
    _waiting(confirmation, now)
    take(session, confirmation, version)
    confirmation.sqlmodel_update({"outcome": Outcome.WITHDRAWN, "decided_at": now, "decider_id": by.id, "due_at": None})
    told(session, EventKind.CONFIRMATION_WITHDRAWN, confirmation, proposal, by, now)


def find(session: Session, confirmation_id: int, reader: Reader) -> tuple[Confirmation, Position, Proposal]:
    """With what it is about, for the members of the group. Raises Missing for everybody else."""
    confirmation = session.get(Confirmation, confirmation_id)
    if confirmation is None:
        raise Missing
    position = session.get_one(Position, confirmation.position_id)
    proposal = session.get_one(Proposal, position.proposal_id)
    if not reader.in_group(proposal.group_id):
        raise Missing
    return confirmation, position, proposal


def of_actor(session: Session, proposal: Proposal, actor_id: int, reader: Reader) -> Sequence[Row[Any]]:
    """What an organisation was asked of its positions on a proposal, the newest first, for the members of the group; no address."""
    if not reader.in_group(proposal.group_id):
        return []
    query = (
        columns(
            Confirmation.id, Confirmation.position_id, Confirmation.asked_at, Confirmation.expires_at, Confirmation.answer,
            Confirmation.answered_at, Confirmation.outcome, Confirmation.decided_at,
        )
        .join(Position, col(Position.id) == col(Confirmation.position_id))
        .where(col(Position.proposal_id) == proposal.id, col(Position.actor_id) == actor_id)
    )  # fmt: skip
    return session.execute(query.order_by(col(Confirmation.id).desc())).all()


def purge(session: Session, now: datetime) -> None:
    """Forget the address 60 days after it was asked, or 30 days after the decision where that is sooner; not while a letter is owed."""
    over = (col(Confirmation.expires_at) <= now) | (col(Confirmation.decided_at) <= now - KEPT)
    forgotten = update(Confirmation).where(over, col(Confirmation.email) != "", col(Confirmation.due_at).is_(None))
    session.connection().execute(forgotten.values(email=""))


def told(
    session: Session, kind: EventKind, confirmation: Confirmation, proposal: Proposal, by: Person | None, now: datetime, **details: Any
) -> None:
    """Tell the group: never the address, nor who answered."""
    session.flush()
    actor = select(Actor.slug).join(Position, col(Position.actor_id) == col(Actor.id))
    details |= {"actor": session.exec(actor.where(col(Position.id) == confirmation.position_id)).one()}
    path = f"/confirmations/{confirmation.id}"
    ledger.record(session, kind, confirmation, at=now, by=by, proposal=proposal, public=False, path=path, **details)


def still_open(now: datetime) -> ColumnElement[bool]:
    """A condition: somebody may still answer, or an answer waits."""
    waits = col(Confirmation.answer).is_not(None) | (col(Confirmation.expires_at) > now)
    return col(Confirmation.outcome).is_(None) & waits


def may_ask(session: Session, position: Position, proposal: Proposal) -> None:
    """Raises Refused for what a visitor cannot see or was corrected."""
    if not (proposal.public and position.public):
        raise Refused(N_("Only a public position on a public proposal can be confirmed: whoever has the link sees it"))
    if claims.standing(session, position).id != position.id:
        raise Refused(N_("This position was corrected: ask about what stands now"))


def _waiting(confirmation: Confirmation, now: datetime) -> None:
    match confirmation.state(now):
        case State.WAITING:
            return
        case State.ANSWERED:
            raise Refused(N_("They have answered: a coordinator decides on it"))
        case State.EXPIRED:
            raise Refused(N_("The time to answer is over: ask them anew"))
    raise Refused(N_("This request was decided or withdrawn already"))


def _within_limits(session: Session, position: Position, email: str, by: Person, now: datetime) -> None:
    mine = select(Confirmation.asked_at).where(col(Confirmation.asker_id) == by.id, col(Confirmation.asked_at) > now - WINDOW)
    sent = session.exec(mine.order_by(col(Confirmation.asked_at).desc()).limit(PER_ASKER)).all()
    if len(sent) == PER_ASKER:
        _apart(sent[-1], WINDOW, now)
    same = select(func.max(Confirmation.asked_at)).where(
        col(Confirmation.email) == email, col(Confirmation.position_id) == position.id
    )  # fmt: skip
    last = session.exec(same).one()
    if last is not None:
        _apart(last, BETWEEN_LETTERS, now)


def _apart(last: datetime, least: timedelta, now: datetime) -> None:
    if last > now - least:
        raise TooMany(math.ceil((last + least - now).total_seconds()))

"""The organisation's side: what stands behind the link of a letter, and the answer given there, which may be changed until it is decided.

The link is signed with the key of the settings and kept nowhere (decisions 0024, 0027).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from itsdangerous import BadData, URLSafeSerializer
from pydantic import StringConstraints, model_validator
from sqlmodel import Session, col

from models import Actor, Confirmation, Position, Proposal
from models.confirmation import Outcome, Reply
from models.dated import dates
from models.event import EventKind
from models.partial_date import UNDATED
from models.position import Stance
from relais import confirmations, positions
from relais.db import columns, take
from relais.errors import Invalid, Refused
from relais.form import Beside, Form, Note, Url, When
from relais.i18n import N_
from relais.settings import settings
from relais.sources import claims

Named = Annotated[str, StringConstraints(min_length=1, max_length=120)]
# “Absent” is what others say of somebody, never what they say themselves.
STANCES = tuple(stance for stance in Stance if stance is not Stance.ABSENT)


class AnswerForm(Form):
    """What is not asked for with one answer is left out of it, though it was typed."""

    answer: Reply
    stance: Stance | None = None
    on: When = UNDATED
    note: Note = ""
    url: Url = ""
    name: Named
    role: Named

    @model_validator(mode="after")
    def _whole(self) -> "AnswerForm":
        if self.answer is Reply.OTHER and self.stance not in STANCES:
            raise Beside("stance", N_("Choose one from the list"))
        if self.answer is not Reply.RIGHT and self.on.on is None:
            raise Beside("on", N_("Fill this in"))
        return self

    def columns(self) -> dict[str, Any]:
        kept = self.model_dump(exclude={"on", "stance"}) | dates(UNDATED if self.answer is Reply.RIGHT else self.on)
        return kept | {"stance": self.stance if self.answer is Reply.OTHER else None}


class Ended(Refused):
    """The link leads to nothing that could be answered."""

    status = 410


@dataclass(frozen=True)
class Asked:
    """What the page behind a link shows."""

    confirmation: Confirmation
    position: Position
    proposal: Proposal
    actor: Actor


def link(confirmation: Confirmation) -> str:
    """The address that stands in the letter."""
    return f"{settings().base_url}/{confirmation.language}/confirm/{token(confirmation)}"


def token(confirmation: Confirmation) -> str:
    return str(_signed().dumps([confirmation.id, confirmation.link]))


def behind(session: Session, written: str, now: datetime) -> Asked:
    """What a link is about. Changes nothing. Raises Ended, which says why."""
    confirmation = _of(session, written)
    if confirmation.outcome is Outcome.WITHDRAWN:
        raise Ended(N_("The working group has withdrawn this request. There is nothing left to answer."))
    if confirmation.outcome is not None:
        raise Ended(N_("The working group has decided on your answer. To change it, ask for a new letter."))
    if confirmation.expires_at <= now:
        raise Ended(N_("This link was good for 60 days, which are over. Ask the working group for a new letter."))
    position = session.get_one(Position, confirmation.position_id)
    proposal = session.get_one(Proposal, position.proposal_id)
    if claims.standing(session, position).id != position.id or not (proposal.public and position.public):
        raise Ended(N_("The working group has changed this entry since it asked. Ask it for a new letter."))
    return Asked(confirmation, position, proposal, session.get_one(Actor, position.actor_id))


def answer(session: Session, asked: Asked, form: AnswerForm, *, version: int, now: datetime) -> Confirmation:
    """Keep what the organisation says, for a coordinator to decide on. The same again changes nothing.

    Raises Stale when somebody answered through the same link in between, Invalid for a withdrawal from before the position.
    """
    confirmation, said = asked.confirmation, form.columns()
    if form.answer is Reply.WITHDRAWN and form.on.order() <= positions.order(asked.position):
        raise Invalid(N_("This is not after the day from which the position is recorded"), field="on")
    if confirmation.answer and all(getattr(confirmation, name) == value for name, value in said.items()):
        return confirmation
    take(session, confirmation, version)
    confirmation.sqlmodel_update(said | {"answered_at": now})
    details = {"answer": form.answer.value}
    confirmations.told(session, EventKind.CONFIRMATION_ANSWERED, confirmation, asked.proposal, None, now, **details)
    return confirmation


def _of(session: Session, written: str) -> Confirmation:
    try:
        number, drawn = _signed().loads(written)
    except (BadData, ValueError):
        raise Ended(N_("This is no link of a letter, or only part of one. Copy all of it from the letter.")) from None
    found = session.execute(columns(Confirmation).where(col(Confirmation.id) == number, col(Confirmation.link) == drawn)).scalar()
    if found is None:
        raise Ended(N_("This is no link of a letter, or only part of one. Copy all of it from the letter."))
    confirmation: Confirmation = found
    return confirmation


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(settings().key(), salt="relais.confirmations")

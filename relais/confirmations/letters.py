"""The worker's part in confirmations: the letter that asks an organisation, and the one that tells why its answer was not taken up."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from models import Actor, Confirmation, Group, Person, Position, Proposal
from models.confirmation import Outcome
from relais import errands, mail
from relais.access import VISITOR
from relais.confirmations import answering
from relais.errands import Errand
from relais.i18n import long_day, partial, said, say
from relais.mail import Letter
from relais.proposals import titles
from relais.settings import BRUSSELS, settings
from relais.words import Words


def any_due(session: Session, now: datetime) -> bool:
    return errands.any_due(session, Confirmation, *_due(now))


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the oldest that is due. Where the proposal is not public any more nothing is said of it, and no letter is owed."""
    confirmation = next(iter(errands.oldest(session, Confirmation, *_due(now))), None)
    if confirmation is None:
        return None
    letter = _letter(session, confirmation)
    if letter is None:
        confirmation.due_at = None
        return None
    errands.take_up(confirmation, now)
    return Errand(confirmation.id, letter)


def posted(session: Session, confirmation_id: int, now: datetime) -> None:
    """The letter left, unless another one has come to be owed since it was taken up."""
    if confirmation := _under_way(session, confirmation_id):
        confirmation.due_at, confirmation.sent_at = None, now


def refused(session: Session, confirmation_id: int, _now: datetime) -> None:
    """No letter will ever be taken: the group sees that none was sent."""
    if confirmation := _under_way(session, confirmation_id):
        confirmation.due_at = None


def put_off(session: Session, confirmation_id: int, now: datetime) -> None:
    confirmation = _under_way(session, confirmation_id)
    if confirmation and not errands.again(confirmation, confirmation.decided_at or confirmation.asked_at, now):
        confirmation.due_at = None


def _under_way(session: Session, confirmation_id: int) -> Confirmation | None:
    confirmation = session.get_one(Confirmation, confirmation_id, with_for_update=True)
    return confirmation if confirmation.due_at and confirmation.attempts else None


def _due(now: datetime) -> tuple[ColumnElement[bool]]:
    return (col(Confirmation.due_at) <= now,)


def _letter(session: Session, confirmation: Confirmation) -> Letter | None:
    language = confirmation.language
    position = session.get_one(Position, confirmation.position_id)
    proposal = session.get_one(Proposal, position.proposal_id)
    title = titles.of(session, VISITOR, language, [proposal.id]).get(proposal.id)
    if title is None:
        return None
    asker = session.get(Person, confirmation.asker_id) if confirmation.asker_id else None
    refusal = confirmation.outcome is Outcome.REFUSED
    ask = "Is the position of %(actor)s recorded rightly?"
    actor = session.get_one(Actor, position.actor_id).name(language)
    return mail.write(
        "confirmation_refused" if refusal else "confirmation",
        to=confirmation.email,
        language=language,
        subject=say(language, "Your answer on the position of %(actor)s" if refusal else ask, actor=actor),
        group=said(session.get_one(Group, proposal.group_id), "name", language)[0],
        asker=asker.name if asker else "",
        stance=Words(language).word(position.stance).lower(),
        when=partial(position.when(), language) if position.effective_on else "",
        title=title.words,
        reason=confirmation.reason,
        link=f"{settings().base_url}/{language}/proposals/{title.slug}" if refusal else answering.link(confirmation),
        until=long_day(confirmation.expires_at.astimezone(BRUSSELS).date(), language),
    )

"""What organisations were asked about their positions, and what they answered, in the order they were asked: for the proposal's group."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Actor, Confirmation, Person, Position, Proposal
from relais.access import Reader, visible_inside
from relais.db import columns


def of(session: Session, reader: Reader, chosen: Iterable[ColumnElement[bool]], after: int, limit: int) -> Sequence[Row[Any]]:
    """Requests as columns, with who asked and who decided; `after` is the number of the last one seen."""
    asker, decider = aliased(Person), aliased(Person)
    query = (
        columns(
            Confirmation.id, Confirmation.position_id, Confirmation.email, Confirmation.language, Confirmation.asked_at,
            Confirmation.expires_at, Confirmation.due_at, Confirmation.sent_at, Confirmation.answer, Confirmation.stance,
            Confirmation.effective_on, Confirmation.effective_until, Confirmation.precision, Confirmation.note, Confirmation.url,
            Confirmation.name, Confirmation.role, Confirmation.answered_at, Confirmation.outcome, Confirmation.decided_at,
            Confirmation.reason, Confirmation.became_id, Confirmation.version, Proposal.group_id,
            col(Proposal.slug).label("proposal"), col(Actor.slug).label("actor"),
            col(asker.name).label("asker"), col(decider.name).label("decider"),
        )
        .join(Position, col(Position.id) == col(Confirmation.position_id))
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .outerjoin(asker, col(asker.id) == col(Confirmation.asker_id))
        .outerjoin(decider, col(decider.id) == col(Confirmation.decider_id))
        .where(visible_inside(reader), col(Confirmation.id) > after, *chosen)
    )  # fmt: skip
    return session.execute(query.order_by(col(Confirmation.id)).limit(limit)).all()

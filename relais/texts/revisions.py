"""The saved versions of a proposal's texts, as read: each with who saved it, and the revision it translates."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Event, Membership, Person, Proposal, Revision, Text
from models.event import EventKind
from relais.errors import Missing


def listed(session: Session, proposal: Proposal, tongue: str = "") -> Sequence[Row[Any]]:
    """All revisions of all texts, or of one: the original language first, the newest first."""
    return session.execute(_query(proposal, tongue)).all()


def one(session: Session, proposal: Proposal, tongue: str, number: int) -> Row[Any]:
    """A revision with its words; Missing when there is none of that number."""
    row = session.execute(_query(proposal, tongue).where(col(Revision.number) == number)).first()
    if row is None:
        raise Missing
    return row


def started(session: Session, proposal: Proposal, revision_id: int) -> int | None:
    """The revision one was written on, when it is not the one before it: what others saved in between was merged into it."""
    about = (col(Event.proposal_id) == proposal.id, col(Event.kind) == EventKind.TEXT_SAVED, col(Event.subject_id) == str(revision_id))
    told = session.exec(select(Event.details).where(*about)).first()
    return (told or {}).get("started")


def _query(proposal: Proposal, tongue: str) -> Any:
    made = aliased(Revision)
    query = (
        select(  # type: ignore[call-overload]
            Text.language, col(Text.number).label("last"), Revision.id, Revision.number, Revision.title, Revision.summary, Revision.body,
            Revision.note, Revision.minor, Revision.saved_at, Revision.author_id, Person.name, Membership.role,
            col(made.number).label("translates"),
        )
        .join(Text, col(Text.id) == col(Revision.text_id))
        .outerjoin(Person, col(Person.id) == col(Revision.author_id))
        .outerjoin(Membership, (col(Membership.person_id) == col(Revision.author_id)) & (col(Membership.group_id) == proposal.group_id))
        .outerjoin(made, col(made.id) == col(Revision.translates_id))
        .where(col(Text.proposal_id) == proposal.id)
        .order_by(col(Text.language) != proposal.original_language, col(Text.language), col(Revision.number).desc())
    )  # fmt: skip
    return query.where(col(Text.language) == tongue) if tongue else query

"""The saved versions of a proposal's texts, as read: each with who saved it, who suggested it, and the revision it translates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Event, Membership, Person, Proposal, Revision, Text
from models.event import EventKind
from relais.errors import Missing


@dataclass(frozen=True)
class Run:
    """One line of a history: the last of an author's quick saves, and all of them, the newest first."""

    last: Any
    steps: list[Any]

    @property
    def first(self) -> Any:
        return self.steps[-1]

    @property
    def minor(self) -> bool:
        return all(step.minor for step in self.steps)


def listed(session: Session, proposal: Proposal, tongue: str = "") -> Sequence[Row[Any]]:
    """All revisions of all texts, or of one: the original language first, the newest first."""
    return session.execute(_query(proposal, tongue)).all()


def one(session: Session, proposal: Proposal, tongue: str, number: int) -> Row[Any]:
    """A revision with its words; Missing when there is none of that number."""
    row = session.execute(_query(proposal, tongue).where(col(Revision.number) == number)).first()
    if row is None:
        raise Missing
    return row


def runs(rows: Iterable[Any]) -> list[Run]:
    """Revisions of one text, the newest first, told as its history: what continues the one before is one with it."""
    told: list[list[Any]] = []
    going = False
    for row in rows:
        if going:
            told[-1].append(row)
        else:
            told.append([row])
        going = row.continues
    return [Run(steps[0], steps) for steps in told]


def told_as(session: Session, row: Any) -> int:
    """The revision that history tells this one as: itself, or the last of those that continue it."""
    later = select(Revision.number, Revision.continues).where(col(Revision.text_id) == row.text_id, col(Revision.number) > row.number)
    end: int = row.number
    for number, continues in session.exec(later.order_by(col(Revision.number))):
        if not continues:
            break
        end = number
    return end


def started(session: Session, proposal: Proposal, revision_id: int) -> int | None:
    """The revision one was written on, when it is not the one before it: what others saved in between was merged into it."""
    about = (col(Event.proposal_id) == proposal.id, col(Event.kind) == EventKind.TEXT_SAVED, col(Event.subject_id) == str(revision_id))
    told = session.exec(select(Event.details).where(*about)).first()
    return (told or {}).get("started")


def _query(proposal: Proposal, tongue: str) -> Any:
    made, suggester, theirs = aliased(Revision), aliased(Person), aliased(Membership)
    query = (
        select(  # type: ignore[call-overload]
            Text.language, col(Text.number).label("last"), Revision.id, Revision.text_id, Revision.number, Revision.title, Revision.summary,
            Revision.body, Revision.note, Revision.minor, Revision.continues, Revision.restores, Revision.saved_at, Revision.author_id,
            Person.name, Membership.role, Revision.suggester_id, col(suggester.name).label("suggester"),
            col(theirs.role).label("suggester_role"), col(made.number).label("translates"),
        )
        .join(Text, col(Text.id) == col(Revision.text_id))
        .outerjoin(Person, col(Person.id) == col(Revision.author_id))
        .outerjoin(Membership, (col(Membership.person_id) == col(Revision.author_id)) & (col(Membership.group_id) == proposal.group_id))
        .outerjoin(suggester, col(suggester.id) == col(Revision.suggester_id))
        .outerjoin(theirs, (col(theirs.person_id) == col(Revision.suggester_id)) & (col(theirs.group_id) == proposal.group_id))
        .outerjoin(made, col(made.id) == col(Revision.translates_id))
        .where(col(Text.proposal_id) == proposal.id)
        .order_by(col(Text.language) != proposal.original_language, col(Text.language), col(Revision.number).desc())
    )  # fmt: skip
    return query.where(col(Text.language) == tongue) if tongue else query

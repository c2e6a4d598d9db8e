"""What happened to proposals after an event somebody already knows: what a page that is open is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from models import Event, Membership, Person, Proposal
from models.event import EventKind
from models.group import Role
from relais.access import Reader, visible_events, visible_proposals
from relais.db import columns

TASKS = (EventKind.TASK_CHANGED, EventKind.TASK_DONE, EventKind.TASK_REOPENED)
LEGS = (EventKind.LEG_PLANNED, EventKind.LEG_CHANGED)
TOLD = (EventKind.COMMENT_POSTED, EventKind.TEXT_SAVED, EventKind.STAGE_MOVED, *TASKS, *LEGS)


@dataclass(frozen=True)
class News:
    """One act, by its event. `author_id`, `name` and `role` (in the proposal's group) are those of who did it."""

    id: int
    kind: EventKind
    proposal_id: int
    slug: str
    subject_id: str
    details: dict[str, Any]
    author_id: int | None
    name: str
    role: Role | None


def after(session: Session, reader: Reader, proposals: Iterable[int], event_id: int, upto: int) -> list[News]:
    """What this reader may know of these proposals, after one event and up to another, oldest first."""
    rows = session.execute(
        columns(
            Event.id, Event.kind, Event.proposal_id, Proposal.slug, Event.subject_id, Event.details, Event.actor_id, Person.name,
            Membership.role,
        )
        .join(Proposal, col(Proposal.id) == col(Event.proposal_id))
        .outerjoin(Person, col(Person.id) == col(Event.actor_id))
        .outerjoin(Membership, (col(Membership.person_id) == col(Event.actor_id)) & (col(Membership.group_id) == col(Proposal.group_id)))
        .where(col(Event.id) > event_id, col(Event.id) <= upto, col(Event.proposal_id).in_(list(proposals)))
        .where(col(Event.kind).in_(TOLD), visible_events(reader))
        .order_by(col(Event.id))
    )  # fmt: skip
    return [
        News(row.id, row.kind, row.proposal_id, row.slug, row.subject_id, row.details, row.actor_id, row.name or "", row.role)
        for row in rows
    ]


def seen_by(session: Session, reader: Reader, proposals: Iterable[int]) -> set[int]:
    """Those of the proposals that are there for this reader."""
    rows = session.execute(columns(Proposal.id).where(col(Proposal.id).in_(list(proposals)), visible_proposals(reader)))
    return set(rows.scalars())

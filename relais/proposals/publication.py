"""From in preparation, when only its group sees a proposal, to public: one deliberate step, and none back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Comment, Entry, EntryProposal, Move, Person, Position, Proposal, Revision, Text
from models.event import EventKind
from relais import ledger
from relais.db import take, uncorrected
from relais.errors import Refused
from relais.i18n import N_

ALREADY = N_("This proposal is public already")


@dataclass(frozen=True)
class Share:
    """Of one kind of thing how much anybody will see, and how much stays in the group."""

    shown: int
    kept: int


@dataclass(frozen=True)
class Publication:
    """What becomes visible with a proposal: its texts by language with their number of revisions, and the rest counted."""

    texts: list[tuple[str, str, int]]
    moves: int
    positions: Share
    entries: Share
    comments: Share


def of(session: Session, proposal: Proposal) -> Publication:
    """What making the proposal public would show, from the marks each thing bears. Hidden and removed comments show no words."""
    revisions = select(Text.language, Text.title, func.count(col(Revision.id))).join(Revision, col(Revision.text_id) == col(Text.id))
    written = revisions.where(col(Text.proposal_id) == proposal.id).group_by(col(Text.id), col(Text.language), col(Text.title))
    told = select(Entry.public).join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
    said = col(Comment.removed_at).is_(None), col(Comment.hidden_at).is_(None)
    return Publication(
        texts=[(language, title, number) for language, title, number in session.exec(written.order_by(Text.language)).all()],
        moves=len(session.exec(select(Move.id).where(col(Move.proposal_id) == proposal.id)).all()),
        positions=_share(session.exec(select(Position.public).where(col(Position.proposal_id) == proposal.id)).all()),
        entries=_share(
            session.exec(told.where(col(EntryProposal.proposal_id) == proposal.id, uncorrected(Entry))).all()
        ),
        comments=_share(session.exec(select(Comment.public).where(col(Comment.proposal_id) == proposal.id, *said)).all()),
    )  # fmt: skip


def publish(session: Session, proposal: Proposal, *, version: int, by: Person, now: datetime) -> Proposal:
    """Make a proposal public, for good. Raises Refused when it is already, Stale when it was changed in between."""
    if proposal.public:
        raise Refused(ALREADY)
    take(session, proposal, version)
    proposal.public = True
    ledger.record(session, EventKind.PROPOSAL_CHANGED, proposal, at=now, by=by, proposal=proposal, changed=["public"])
    return proposal


def _share(marks: Sequence[bool]) -> Share:
    return Share(sum(marks), len(marks) - sum(marks))

"""What readers report and coordinators hide. That something was hidden, and why, stays for all who could read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import Row, update
from sqlmodel import Session, col, select

from models import Comment, CommentReport, Group, Person, Proposal
from models.event import EventKind
from relais import ledger
from relais.db import columns
from relais.errors import Refused
from relais.form import Form


class ReasonForm(Form):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


@dataclass(frozen=True)
class Report:
    """What one reader told the coordinators of one comment, and has not been settled. `name` is empty where they chose none."""

    comment_id: int
    reason: str
    reported_at: datetime
    name: str


def report(session: Session, comment: Comment, proposal: Proposal, form: ReasonForm, *, by: Person, now: datetime) -> CommentReport:
    """Tell the coordinators. Whoever reports a comment again says it anew. Raises Refused when there is nothing to hide."""
    _there(comment)
    mine = select(CommentReport).where(col(CommentReport.comment_id) == comment.id, col(CommentReport.reporter_id) == by.id)
    told = session.exec(mine.with_for_update()).first()
    if told is None:
        told = CommentReport(comment_id=comment.id, reporter_id=by.id, reported_at=now)
        session.add(told)
    told.sqlmodel_update({"reason": form.reason, "reported_at": now, "settled_at": None, "settler_id": None})
    _record(session, EventKind.COMMENT_REPORTED, comment, proposal, by, now, public=False)
    return told


def settle(session: Session, comment: Comment, proposal: Proposal, *, by: Person, now: datetime) -> None:
    """A coordinator has looked at what was reported of a comment. Where nothing was, nothing changes."""
    if _settled(session, comment, by, now):
        _record(session, EventKind.REPORT_SETTLED, comment, proposal, by, now, public=False)


def hide(session: Session, comment: Comment, proposal: Proposal, form: ReasonForm, *, by: Person, now: datetime) -> None:
    """Keep what a comment says from all but the coordinators, and settle what was reported of it. A hidden one is no change."""
    _there(comment)
    unseen = update(Comment).where(col(Comment.id) == comment.id, col(Comment.hidden_at).is_(None))
    if session.connection().execute(unseen.values(hidden_at=now, hider_id=by.id, hidden_reason=form.reason)).rowcount:
        _settled(session, comment, by, now)
        _record(session, EventKind.COMMENT_HIDDEN, comment, proposal, by, now, public=comment.public)


def show(session: Session, comment: Comment, proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Let a hidden comment be read again. One that is not hidden is no change."""
    hidden = update(Comment).where(col(Comment.id) == comment.id, col(Comment.hidden_at).is_not(None))
    if session.connection().execute(hidden.values(hidden_at=None, hider_id=None, hidden_reason="")).rowcount:
        _record(session, EventKind.COMMENT_SHOWN, comment, proposal, by, now, public=comment.public)


def reported(session: Session, group: Group) -> Sequence[tuple[Comment, Proposal]]:
    """The comments of a group with something to settle, the longest waiting first."""
    waiting = select(CommentReport.comment_id).where(col(CommentReport.settled_at).is_(None))
    found = select(Comment, Proposal).join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
    return session.exec(found.where(col(Proposal.group_id) == group.id, col(Comment.id).in_(waiting)).order_by(col(Comment.id))).all()


def of(session: Session, ids: Sequence[int]) -> dict[int, list[Report]]:
    """What is to settle of these comments, the first told first."""
    rows = session.execute(
        select(CommentReport.comment_id, CommentReport.reason, CommentReport.reported_at, Person.name)
        .join(Person, col(Person.id) == col(CommentReport.reporter_id))
        .where(col(CommentReport.comment_id).in_(ids), col(CommentReport.settled_at).is_(None))
        .order_by(col(CommentReport.reported_at), col(CommentReport.id))
    )
    found: dict[int, list[Report]] = {}
    for row in rows:
        found.setdefault(row.comment_id, []).append(Report(*row))
    return found


def waiting(session: Session, group_id: int, after: int, limit: int) -> Sequence[Row[Any]]:
    """What is to settle in a group, one report after the other; `after` is the number of the last one seen."""
    told = (
        columns(
            CommentReport.id, CommentReport.comment_id, CommentReport.reason, CommentReport.reported_at, Person.name, Proposal.slug
        )
        .join(Comment, col(Comment.id) == col(CommentReport.comment_id))
        .join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
        .join(Person, col(Person.id) == col(CommentReport.reporter_id))
        .where(col(Proposal.group_id) == group_id, col(CommentReport.settled_at).is_(None), col(CommentReport.id) > after)
    )  # fmt: skip
    return session.execute(told.order_by(col(CommentReport.id)).limit(limit)).all()


def _settled(session: Session, comment: Comment, by: Person, now: datetime) -> int:
    waiting = update(CommentReport).where(col(CommentReport.comment_id) == comment.id, col(CommentReport.settled_at).is_(None))
    return session.connection().execute(waiting.values(settled_at=now, settler_id=by.id)).rowcount


def _there(comment: Comment) -> None:
    if comment.removed_at:
        raise Refused("This comment was removed")


def _record(session: Session, kind: EventKind, comment: Comment, proposal: Proposal, by: Person, now: datetime, *, public: bool) -> None:
    session.refresh(comment)
    ledger.record(session, kind, comment, at=now, by=by, proposal=proposal, public=public)

"""Threads: resolved when there is nothing more to say, and reopened. Any commenter of the group may do either."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from models import Comment, Person, Proposal
from models.event import EventKind
from relais import ledger
from relais.errors import Refused


def resolve(session: Session, comment: Comment, proposal: Proposal, *, by: Person, now: datetime) -> Comment:
    """Fold the thread that the comment began. One that is resolved already is no change. Raises Refused on an ended proposal."""
    _of_an_open_discussion(comment, proposal)
    unresolved = update(Comment).where(col(Comment.id) == comment.id, col(Comment.resolved_at).is_(None))
    if session.connection().execute(unresolved.values(resolved_at=now, resolver_id=by.id)).rowcount:
        _record(session, EventKind.COMMENT_RESOLVED, comment, proposal, by, now)
    return comment


def reopen(session: Session, comment: Comment, proposal: Proposal, *, by: Person, now: datetime) -> Comment:
    """Unfold the thread again. One that is open is no change. Raises Refused on an ended proposal."""
    _of_an_open_discussion(comment, proposal)
    resolved = update(Comment).where(col(Comment.id) == comment.id, col(Comment.resolved_at).is_not(None))
    if session.connection().execute(resolved.values(resolved_at=None, resolver_id=None)).rowcount:
        _record(session, EventKind.COMMENT_REOPENED, comment, proposal, by, now)
    return comment


def _of_an_open_discussion(comment: Comment, proposal: Proposal) -> None:
    if not proposal.open_to_comments():
        raise Refused("This proposal has ended: its discussion is closed")
    if comment.parent_id:
        raise Refused("Only the comment that began a thread can resolve it")


def _record(session: Session, kind: EventKind, comment: Comment, proposal: Proposal, by: Person, now: datetime) -> None:
    session.refresh(comment)
    ledger.record(session, kind, comment, at=now, by=by, proposal=proposal, public=comment.public)

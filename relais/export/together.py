"""Comments, next steps and acts, in the order they were recorded, as far as a reader may see them: how the record is worked on.

`after` is the number of the last item seen.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Comment, Event, Group, Person, Proposal, Task
from relais.access import Reader, visible_comments, visible_events, visible_proposals, visible_tasks
from relais.comments import mentions
from relais.export.parts import Part
from relais.export.read import columns, read
from relais.export.rows import Where


def comments(
    session: Session, reader: Reader, chosen: Iterable[Where], after: int, limit: int, *, traces: bool = False
) -> list[Part]:  # fmt: skip
    """Neither removed ones nor hidden ones. A parent is named when it is there for the reader.

    With `traces` they are there too, and what they said is left out: what is hidden is read on by coordinators.
    """
    parent, resolver = aliased(Comment), aliased(Person)
    above = select(col(parent.id)).where(col(parent.id) == col(Comment.parent_id), col(parent.public) | col(Comment.public).is_(False))
    if not traces:
        above = above.where(*_there(parent))
    said = columns(
        Comment, "id author_id body public posted_at edited_at passage resolved_at removed_at hidden_at hidden_reason version"
    )  # fmt: skip
    query = (
        select(*said, above.correlate(Comment).scalar_subquery().label("parent"), col(Person.name), col(resolver.name).label("resolver"))
        .add_columns(col(Proposal.slug), col(Proposal.group_id))
        .join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
        .join(Person, col(Person.id) == col(Comment.author_id))
        .outerjoin(resolver, col(resolver.id) == col(Comment.resolver_id))
        .where(col(Comment.id) > after, visible_proposals(reader), visible_comments(reader, traces=traces), *chosen)
    )
    if not traces:
        query = query.where(*_there(Comment))
    found = list(read(session, query.order_by(col(Comment.id)).limit(limit)))
    named = mentions.of(session, [row.id for row in found])
    return [_comment(row, dict(named.get(row.id, ())), reader) for row in found]


def tasks(session: Session, reader: Reader, chosen: Iterable[Where], after: int, limit: int) -> list[Part]:
    """Those of the reader's groups."""
    author, assignee = aliased(Person), aliased(Person)
    facts = columns(Task, "id text presidency due_on assignee_id added_at done_at version")
    query = (
        select(*facts, col(author.name).label("author"), col(assignee.name).label("assignee"), col(Proposal.slug))
        .join(Proposal, col(Proposal.id) == col(Task.proposal_id))
        .outerjoin(author, col(author.id) == col(Task.author_id))
        .outerjoin(assignee, col(assignee.id) == col(Task.assignee_id))
        .where(col(Task.id) > after, visible_tasks(reader), *chosen)
    )
    return [_task(row) for row in read(session, query.order_by(col(Task.id)).limit(limit))]


def acts(session: Session, reader: Reader, chosen: Iterable[Where], after: int, limit: int) -> list[Part]:
    """Of the ledger. No act with a smaller number is ever told later. Who did it is for members to know."""
    query = (
        select(*columns(Event, "id kind recorded_at subject subject_id public"), col(Proposal.slug), col(Group.slug), col(Person.name))
        .outerjoin(Proposal, col(Proposal.id) == col(Event.proposal_id))
        .outerjoin(Group, col(Group.id) == col(Event.group_id))
        .outerjoin(Person, col(Person.id) == col(Event.actor_id))
        .where(col(Event.id) > after, visible_events(reader), *chosen)
    )
    return [_act(row, reader) for row in read(session, query.order_by(col(Event.id)).limit(limit))]


def _there(comment: Any) -> tuple[Where, Where]:
    """Conditions: neither removed nor hidden."""
    return col(comment.removed_at).is_(None), col(comment.hidden_at).is_(None)


def _comment(row: Any, names: dict[int, str], reader: Reader) -> Part:
    read_on = row.hidden_at is None or reader.coordinates(row.group_id)
    return {
        "id": row.id,
        "proposal": row.slug,
        "parent": row.parent,
        "author": row.name,
        "body": mentions.plain(row.body, names, "member") if read_on else "",
        "public": row.public,
        "passage": row.passage if read_on else "",
        "posted_at": row.posted_at,
        "edited_at": row.edited_at,
        "resolved_at": row.resolved_at,
        "resolved_by": "" if reader.visitor else row.resolver or "",
        "removed_at": row.removed_at,
        "hidden_at": row.hidden_at,
        "hidden_reason": row.hidden_reason,
        "version": row.version,
    }


def _task(row: Any) -> Part:
    return {
        "id": row.id,
        "proposal": row.slug,
        "text": row.text,
        "presidency": row.presidency,
        "due_on": row.due_on,
        "assignee": {"id": row.assignee_id, "name": row.assignee or ""} if row.assignee_id else None,
        "author": row.author or "",
        "added_at": row.added_at,
        "done_at": row.done_at,
        "version": row.version,
    }


def _act(row: Any, reader: Reader) -> Part:
    key, kind, at, subject, subject_id, public, proposal, group, name = row
    return {
        "id": key,
        "kind": kind,
        "recorded_at": at,
        "subject": subject,
        "subject_id": subject_id,
        "proposal": proposal,
        "group": group,
        "who": "" if reader.visitor else name or "",
        "public": public,
    }

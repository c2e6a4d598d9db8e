"""What is said about a proposal, as one reader may hear it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import Comment, Entry, Group, Membership, Person, Proposal, Revision, Task, Text
from models.group import Role
from relais.access import Reader, visible_comments, visible_entries, visible_tasks
from relais.comments import mentions, moderation, passages
from relais.comments.mentions import Named
from relais.comments.moderation import Report
from relais.comments.passages import Passage
from relais.db import columns, uncorrected
from relais.rendered import excerpt

_Resolver, _Read = aliased(Person), aliased(Text)
# Asked for every page of a proposal: built once.
_ROWS = (
    columns(
        Comment.id, Comment.parent_id, Comment.author_id, Comment.body_html, Comment.public, Comment.removed_at, Comment.hidden_at,
        Comment.hidden_reason, Comment.posted_at, Comment.edited_at, Comment.resolved_at, Comment.version, Person.name, Membership.role,
        Group.name_fr, Group.name_en, col(_Resolver.name).label("resolver"),
        Comment.field, Comment.passage, Comment.begins, Revision.number, _Read.language,
    )
    .join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
    .join(Group, col(Group.id) == col(Proposal.group_id))
    .join(Person, col(Person.id) == col(Comment.author_id))
    .outerjoin(Membership, (col(Membership.person_id) == col(Comment.author_id)) & (col(Membership.group_id) == col(Proposal.group_id)))
    .outerjoin(_Resolver, col(_Resolver.id) == col(Comment.resolver_id))
    .outerjoin(Revision, col(Revision.id) == col(Comment.revision_id))
    .outerjoin(_Read, col(_Read.id) == col(Revision.text_id))
    .order_by(col(Comment.id))
)  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """A comment, and the answers to it. `name` is empty where the author chose none: role and group stand in for it.

    `html` leaves open by which names people go: `said` fills them in. Of a comment that was removed, or is `hidden` from this reader, it
    is empty. Coordinators read hidden ones, and what was `reported`. `mine`: the reader may change it; `recalls`: the reader may know its
    earlier wordings although it was removed. `entry_id` and `task_id` are what was made from it, as far as the reader may know.
    """

    id: int
    parent_id: int | None
    html: str
    public: bool
    removed: bool
    hidden: bool
    hidden_reason: str
    posted_at: datetime
    edited_at: datetime | None
    resolved_at: datetime | None
    resolver: str
    version: int
    name: str
    role: Role | None
    group_fr: str
    group_en: str
    mine: bool
    recalls: bool
    entry_id: int | None = None
    task_id: int | None = None
    names: tuple[Named, ...] = ()
    passage: Passage | None = None
    reported: tuple[Report, ...] = ()
    replies: list["Talk"] = field(default_factory=list, compare=False)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    def said(self, nameless: str) -> str:
        """What it says, with the names people go by now; `nameless` stands for one who chose none."""
        return mentions.shown(self.html, dict(self.names), nameless) if self.names else self.html

    def begins(self, nameless: str) -> str:
        return excerpt(self.said(nameless))

    @property
    def answerable(self) -> bool:
        return not self.removed and not self.hidden


def thread(session: Session, proposal: Any, reader: Reader) -> list[Talk]:
    """The comments this reader may see, two levels deep, oldest first. `proposal` needs `id` and `group_id`."""
    return _threaded(_talks(session, reader, proposal))


def one(session: Session, comment: Comment, proposal: Any, reader: Reader) -> Talk:
    """One comment as the reader sees it, its answers left out."""
    return _talks(session, reader, proposal, col(Comment.id) == comment.id)[0]


def began_by(session: Session, comment: Comment, proposal: Any, reader: Reader) -> Talk:
    """The whole thread that a comment began."""
    which = (col(Comment.id) == comment.id) | (col(Comment.parent_id) == comment.id)
    return _threaded(_talks(session, reader, proposal, which))[0]


def some(session: Session, proposal: Any, reader: Reader, ids: Sequence[int]) -> list[Talk]:
    """Those of the proposal's comments: answers in the threads they belong to where these are asked for too, or else by themselves."""
    talks = _talks(session, reader, proposal, col(Comment.id).in_(ids))
    threads = _threaded(talks)
    return threads + [talk for talk in talks if talk.parent_id and talk.parent_id not in {one.id for one in threads}]


def _threaded(talks: Sequence[Talk]) -> list[Talk]:
    firsts = {talk.id: talk for talk in talks if talk.parent_id is None}
    for talk in talks:
        if talk.parent_id in firsts:
            firsts[talk.parent_id].replies.append(talk)
    return list(firsts.values())


def _talks(session: Session, reader: Reader, proposal: Any, *which: Any) -> list[Talk]:
    query = _visible(tuple(sorted(reader.roles.items())))
    rows = session.execute(query.where(*which) if which else query, {"proposal_id": proposal.id}).all()
    keeps = reader.coordinates(proposal.group_id)
    told = moderation.of(session, [row.id for row in rows]) if keeps and rows else {}
    names = mentions.of(session, [row.id for row in rows]) if any("@{" in row.body_html for row in rows) else {}
    now = passages.current(session, proposal) if any(row.passage for row in rows) else {}
    return [_talk(row, reader, now, keeps=keeps, names=names.get(row.id, ()), reported=told.get(row.id, ())) for row in rows]


@lru_cache(maxsize=512)
def _visible(roles: tuple[tuple[int, Role], ...]) -> Select[Any]:
    """What somebody with these roles may see of a discussion: to put it into words takes as long as to ask it, so that is done once."""
    reader = Reader(roles=dict(roles))
    of_it = col(Comment.proposal_id) == bindparam("proposal_id")
    return _ROWS.where(of_it, visible_comments(reader, traces=True)).add_columns(*_made_of_it(reader))


def _made_of_it(reader: Reader) -> tuple[Any, Any]:
    """The last entry and the last task made from a comment that stand, and that this reader may see."""
    entries = columns(func.max(Entry.id)).where(col(Entry.comment_id) == col(Comment.id), visible_entries(reader))
    tasks = columns(func.max(Task.id)).where(col(Task.comment_id) == col(Comment.id), visible_tasks(reader))
    return (
        entries.where(uncorrected(Entry)).correlate(Comment).scalar_subquery().label("entry_id"),
        tasks.correlate(Comment, Proposal).scalar_subquery().label("task_id"),
    )


def _talk(
    row: Row[Any], reader: Reader, now: Mapping[str, Any], *, keeps: bool, names: tuple[Named, ...], reported: Iterable[Report]
) -> Talk:
    """`keeps`: whether the reader is a coordinator, who reads on in what is hidden."""
    hidden = row.hidden_at is not None
    author = reader.person is not None and reader.person.id == row.author_id
    return Talk(
        id=row.id,
        parent_id=row.parent_id,
        html="" if hidden and not keeps else row.body_html,
        public=row.public,
        removed=row.removed_at is not None,
        hidden=hidden,
        hidden_reason=row.hidden_reason,
        posted_at=row.posted_at,
        edited_at=row.edited_at,
        resolved_at=row.resolved_at,
        resolver=row.resolver or "",
        version=row.version,
        name=row.name,
        role=row.role,
        group_fr=row.name_fr,
        group_en=row.name_en,
        mine=author and row.removed_at is None and not hidden,
        recalls=keeps or (author and not hidden),
        entry_id=row.entry_id,
        task_id=row.task_id,
        names=names if keeps or not hidden else (),
        passage=passages.found(row, now) if row.passage and (keeps or not hidden) else None,
        reported=tuple(reported),
    )

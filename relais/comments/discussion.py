"""What is said about a proposal, as one reader may hear it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Comment, Group, Membership, Person, Proposal
from models.group import Role
from relais.access import Reader, visible_comments


@dataclass(frozen=True)
class Talk:
    """A comment, and the answers to it. `name` is empty where the author chose none: role and group stand in for it."""

    id: int
    parent_id: int | None
    html: str
    public: bool
    removed: bool
    posted_at: datetime
    edited_at: datetime | None
    version: int
    name: str
    role: Role | None
    group_fr: str
    group_en: str
    mine: bool
    replies: list["Talk"] = field(default_factory=list)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


def thread(session: Session, proposal: Any, reader: Reader) -> list[Talk]:
    """The comments this reader may see, two levels deep, oldest first, in one query. `proposal` needs `id`."""
    talks = _talks(session, reader, col(Comment.proposal_id) == proposal.id)
    firsts = {talk.id: talk for talk in talks if talk.parent_id is None}
    for talk in talks:
        if talk.parent_id in firsts:
            firsts[talk.parent_id].replies.append(talk)
    return list(firsts.values())


def one(session: Session, comment: Comment, reader: Reader) -> Talk:
    """One comment as the reader sees it, its answers left out."""
    return replace(_talks(session, reader, col(Comment.id) == comment.id)[0], replies=[])


def _talks(session: Session, reader: Reader, which: Any) -> list[Talk]:
    me = reader.person.id if reader.person else None
    rows = session.execute(
        select(Comment, Person.name, Membership.role, Group.name_fr, Group.name_en)  # type: ignore[call-overload]
        .join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
        .join(Group, col(Group.id) == col(Proposal.group_id))
        .join(Person, col(Person.id) == col(Comment.author_id))
        .outerjoin(Membership, (col(Membership.person_id) == col(Comment.author_id)) & (col(Membership.group_id) == col(Proposal.group_id)))
        .where(which, visible_comments(reader))
        .order_by(col(Comment.id))
    )
    return [_talk(comment, name, role, french, english, mine=comment.author_id == me) for comment, name, role, french, english in rows]


def _talk(comment: Comment, name: str, role: Role | None, french: str, english: str, *, mine: bool) -> Talk:
    return Talk(
        id=comment.id,
        parent_id=comment.parent_id,
        html=comment.body_html,
        public=comment.public,
        removed=comment.removed_at is not None,
        posted_at=comment.posted_at,
        edited_at=comment.edited_at,
        version=comment.version,
        name=name,
        role=role,
        group_fr=french,
        group_en=english,
        mine=mine and comment.removed_at is None,
    )

"""What a comment said before it was edited or removed, for those who may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from models import Comment, CommentVersion, Proposal
from relais.access import Reader
from relais.comments import mentions
from relais.errors import Missing


@dataclass(frozen=True)
class Wording:
    """One wording, as Markdown (`body`) and as it is shown; `until` is when it was replaced, None for the one that stands."""

    number: int
    body: str
    html: str
    since: datetime
    until: datetime | None


def of(session: Session, comment: Comment, proposal: Proposal, reader: Reader, nameless: str) -> list[Wording]:
    """Every wording of a comment this reader has found, the newest first; `nameless` stands for somebody named who chose no name.

    Of a removed comment only its author and the group's coordinators know them: for others this raises Missing.
    """
    author = reader.person is not None and reader.person.id == comment.author_id
    if comment.removed_at and not author and not reader.coordinates(proposal.group_id):
        raise Missing
    mine = select(CommentVersion).where(col(CommentVersion.comment_id) == comment.id)
    earlier: Sequence[CommentVersion] = session.exec(mine.order_by(col(CommentVersion.version))).all()
    names = mentions.names_of(session, comment.id)
    plain, shown = (partial(read, names=names, nameless=nameless) for read in (mentions.plain, mentions.shown))
    since = [comment.posted_at, *(version.replaced_at for version in earlier)]
    said = [
        Wording(number, plain(version.body), shown(mentions.marked(version.body, names)), begun, version.replaced_at)
        for number, (version, begun) in enumerate(zip(earlier, since, strict=False), 1)
    ]
    if not comment.removed_at:
        said.append(Wording(len(said) + 1, plain(comment.body), shown(comment.body_html), since[-1], None))
    return said[::-1]

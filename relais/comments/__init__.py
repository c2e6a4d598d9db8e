"""Comments: posted, edited and removed by their author; every earlier wording is kept."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints
from sqlalchemy import Select, bindparam
from sqlmodel import Session, col, select

from models import Comment, CommentVersion, Person, Proposal
from models.event import EventKind
from relais import ledger
from relais.access import Reader, visible_comments, visible_proposals
from relais.comments import mentions, passages
from relais.db import columns, put, take
from relais.errors import Forbidden, Invalid, Missing, Refused
from relais.form import Form

TWICE = timedelta(minutes=2)  # within which the same words are one comment sent twice


class CommentForm(Form):
    """`passage` are words of the text in the language `tongue` that it is about: in the field `part`, near a place, if given.

    `mention` is the account of somebody to name, where their name was chosen and not typed.
    """

    body: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    public: bool = False
    parent: Annotated[int, Field(gt=0, lt=2**31)] | None = None
    passage: Annotated[str, StringConstraints(max_length=1000)] = ""
    tongue: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = ""
    part: Literal["", "title", "summary", "body"] = ""
    near: Annotated[int, Field(ge=0, lt=2**31)] = 0
    mention: Annotated[int, Field(gt=0, lt=2**31)] | None = None


def find(session: Session, comment_id: int, reader: Reader, *, traces: bool = False) -> tuple[Comment, Proposal]:
    """The comment and its proposal, or Missing when not there for this reader. With `traces` a hidden one is there for all who knew it."""
    found = session.exec(
        select(Comment, Proposal)
        .join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
        .where(col(Comment.id) == comment_id, visible_comments(reader, traces=traces), visible_proposals(reader))
    ).first()
    if found is None:
        raise Missing
    return found


def post(session: Session, proposal: Proposal, form: CommentForm, *, by: Person, now: datetime) -> Comment:
    """Post a comment, or a reply to one. The same again within two minutes is the one that is there: its answer got lost on the way.

    Raises Refused when the proposal has ended, Invalid when parent or passage are not in it: before anything is written.
    """
    if not proposal.open_to_comments():
        raise Refused("This proposal has ended: its discussion is closed")
    said = mentions.said(session, proposal.group_id, form.body, chosen=form.mention)
    what = {
        "proposal_id": proposal.id,
        "parent_id": _thread(session, proposal, form),
        "author_id": by.id,
        "body": said.body,
        "public": form.public,
        "passage": "",
        **_anchor(session, proposal, form),
    }
    if before := _sent_before(session, what, now):
        return before
    comment = Comment(**what, body_html=said.html, posted_at=now)
    put(session, comment)
    told: dict[str, Any] = {"mentions": sorted(said.people)} if said.people else {}
    ledger.record(session, EventKind.COMMENT_POSTED, comment, at=now, by=by, proposal=proposal, public=form.public, **told)
    mentions.keep(session, comment.id, said.people)
    return comment


def _sent_before(session: Session, what: dict[str, Any], now: datetime) -> Comment | None:
    """The same comment, when it was posted just now: found by its words, so that it needs no key and no script to be sent twice safely.

    Of two who send it at once the second waits here, and finds what the first has written.
    """
    ledger.alone(session)
    found = session.connection().execute(_same(tuple(what)), {**what, "after": now - TWICE, "until": now}).scalar()
    return session.get(Comment, found) if found else None


@lru_cache
def _same(names: tuple[str, ...]) -> Select[Any]:
    """Put into words once for comments on a text and once for others: it is asked for every one that is posted, and looks through those of
    its proposal."""
    facts: list[tuple[Any, Any]] = [(Comment.__table__.c[name], bindparam(name)) for name in names]  # type: ignore[attr-defined]
    same = [fact.is_not_distinct_from(given) if fact.nullable else fact == given for fact, given in facts]
    lately = col(Comment.posted_at) > bindparam("after"), col(Comment.posted_at) <= bindparam("until"), col(Comment.removed_at).is_(None)
    return columns(Comment.id).where(*same, *lately).order_by(col(Comment.id)).limit(1)


def edit(session: Session, comment: Comment, proposal: Proposal, form: CommentForm, *, version: int, by: Person, now: datetime) -> Comment:
    """The author changes the words. Raises Stale when they were changed in between, Forbidden for anybody else."""
    own(comment, by)
    _replace(session, comment, version, now)
    before = mentions.names_of(session, comment.id)
    said = mentions.said(session, proposal.group_id, form.body, chosen=form.mention, already=before)
    comment.sqlmodel_update({"body": said.body, "body_html": said.html, "edited_at": now})
    added = sorted(said.people.difference(before))
    told: dict[str, Any] = {"mentions": added} if added else {}
    ledger.record(session, EventKind.COMMENT_EDITED, comment, at=now, by=by, proposal=proposal, public=comment.public, **told)
    mentions.keep(session, comment.id, added)
    return comment


def remove(session: Session, comment: Comment, proposal: Proposal, *, version: int, by: Person, now: datetime) -> Comment:
    """The author takes the words back; that there was a comment stays."""
    own(comment, by)
    _replace(session, comment, version, now)
    comment.sqlmodel_update({"body": "", "body_html": "", "removed_at": now})
    ledger.record(session, EventKind.COMMENT_REMOVED, comment, at=now, by=by, proposal=proposal, public=comment.public)
    return comment


def _replace(session: Session, comment: Comment, version: int, now: datetime) -> None:
    take(session, comment, version)
    session.add(CommentVersion(comment_id=comment.id, version=version, body=comment.body, replaced_at=now))


def own(comment: Comment, by: Person) -> None:
    """Raises Forbidden for anybody but the author, Refused once the comment was removed."""
    if comment.author_id != by.id:
        raise Forbidden("Only its author can change a comment")
    if comment.removed_at:
        raise Refused("This comment was removed")


def _thread(session: Session, proposal: Proposal, form: CommentForm) -> int | None:
    """Threads are two levels deep: a reply to a reply joins the thread of the first. A public reply needs a public parent."""
    if form.parent is None:
        return None
    parent = session.get(Comment, form.parent)
    if parent is None or parent.proposal_id != proposal.id:
        raise Invalid("The comment you answer is not here", field="parent")
    if form.public and not parent.public:
        raise Invalid("An answer to a group-only comment stays in the group", field="public")
    return parent.parent_id or parent.id


def _anchor(session: Session, proposal: Proposal, form: CommentForm) -> dict[str, Any]:
    """The columns of the passage; a thread is about the words of its first comment."""
    if not form.passage:
        return {}
    if form.parent is not None:
        raise Invalid("An answer is about what its thread is about", field="passage")
    return vars(passages.anchor(session, proposal, form.passage, language=form.tongue, field=form.part, near=form.near))

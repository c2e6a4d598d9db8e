"""What a member says of a proposal, in Markdown; for the group only unless said otherwise."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


def _where_given(column: str) -> Index:
    """An index of those that have it. Most comments have none of these: each then costs a page less to write."""
    given = text(f"{column} IS NOT NULL")
    return Index(f"ix_comments_{column}", column, sqlite_where=given, postgresql_where=given)


class Comment(SQLModel, table=True):
    """A comment on a passage keeps its words (`passage`), and where they began in a field of a revision, in characters."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("body <> '' OR removed_at IS NOT NULL", name="says_something"),
        CheckConstraint("(passage = '') = (revision_id IS NULL)", name="passage_of_a_revision"),
        CheckConstraint("(hidden_at IS NULL) = (hider_id IS NULL)", name="hidden_by_somebody"),
        CheckConstraint("(resolved_at IS NULL) = (resolver_id IS NULL)", name="resolved_by_somebody"),
        Index("ix_comments_seen", "id", "public", "hidden_at"),  # of what is found: who may see it, without its words
        *map(_where_given, ("parent_id", "revision_id", "resolver_id", "hider_id")),
    )

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    parent_id: int | None = Field(default=None, foreign_key="comments.id", ondelete="RESTRICT")
    author_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")
    body: str
    body_html: str
    public: bool = Field(default=False)
    posted_at: datetime = Field(sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision_id: int | None = Field(default=None, foreign_key="revisions.id", ondelete="RESTRICT")
    field: str = Field(default="", max_length=20)
    passage: str = Field(default="", max_length=1000)
    begins: int = Field(default=0)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolver_id: int | None = Field(default=None, foreign_key="persons.id", ondelete="RESTRICT")
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hider_id: int | None = Field(default=None, foreign_key="persons.id", ondelete="RESTRICT")
    hidden_reason: str = Field(default="", max_length=500)
    version: int = Field(default=1)


class CommentVersion(SQLModel, table=True):
    """What a comment said before it was edited or removed, so that nothing typed is lost."""

    __tablename__ = "comment_versions"

    comment_id: int = Field(foreign_key="comments.id", primary_key=True, ondelete="RESTRICT")
    version: int = Field(primary_key=True)
    body: str
    replaced_at: datetime = Field(sa_type=UtcDateTime)


class Mention(SQLModel, table=True):
    """A comment names a person."""

    __tablename__ = "mentions"

    comment_id: int = Field(foreign_key="comments.id", primary_key=True, ondelete="RESTRICT")
    person_id: int = Field(foreign_key="persons.id", primary_key=True, index=True, ondelete="RESTRICT")


class CommentReport(SQLModel, table=True):
    """A reader tells the coordinators of a comment; settled once one of them has looked at it."""

    __tablename__ = "comment_reports"
    __table_args__ = (UniqueConstraint("comment_id", "reporter_id"),)

    id: int = Field(default=None, primary_key=True)
    comment_id: int = Field(foreign_key="comments.id", ondelete="RESTRICT")
    reporter_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")
    reason: str = Field(default="", max_length=500)
    reported_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settler_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

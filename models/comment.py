"""What a member says of a proposal, in Markdown; for the group only unless said otherwise."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Comment(SQLModel, table=True):
    __tablename__ = "comments"
    __table_args__ = (CheckConstraint("body <> '' OR removed_at IS NOT NULL", name="says_something"),)

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    parent_id: int | None = Field(default=None, foreign_key="comments.id", index=True, ondelete="RESTRICT")
    author_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")
    body: str
    body_html: str
    public: bool = Field(default=False)
    posted_at: datetime = Field(sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class CommentVersion(SQLModel, table=True):
    """What a comment said before it was edited or removed, so that nothing typed is lost."""

    __tablename__ = "comment_versions"

    comment_id: int = Field(foreign_key="comments.id", primary_key=True, ondelete="RESTRICT")
    version: int = Field(primary_key=True)
    body: str
    replaced_at: datetime = Field(sa_type=UtcDateTime)

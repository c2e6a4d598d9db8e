"""Somebody is asked by letter into a working group. No account is made before they say yes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, enum_column
from models.group import Role

OPEN = text("accepted_at IS NULL AND withdrawn_at IS NULL")


class Invitation(SQLModel, table=True):
    """At most one is open for an address in a group. Only the hash of the link is kept; the worker writes it with the letter."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        Index("uq_invitations_open", "group_id", "email", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="groups.id", index=True, ondelete="RESTRICT")
    email: str = Field(default="", max_length=254)
    role: Role = Field(sa_column=Column(enum_column(Role), nullable=False))
    language: str = Field(max_length=2)
    inviter_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    invited_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    token_hash: str | None = Field(default=None, unique=True, max_length=64)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = Field(default=0)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    version: int = Field(default=1)

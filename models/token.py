"""A key for a program that acts for a person, or in a group as its editor or coordinator. Only a hash of it is kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime, enum_column


class Scope(StrEnum):
    """Each allows what those before it do; the last also what only coordinators of a group may."""

    READ = "read"
    WRITE = "write"
    MANAGE = "manage"


class Token(SQLModel, table=True):
    """Of a person where `group_id` is null; of a group it is made by one of its coordinators, whose name its acts bear."""

    __tablename__ = "tokens"

    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=80)
    scope: Scope = Field(sa_column=Column(enum_column(Scope, "scope"), nullable=False))
    group_id: int | None = Field(default=None, foreign_key="groups.id", index=True, ondelete="CASCADE")
    created_by: int = Field(foreign_key="persons.id", index=True, ondelete="CASCADE")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class TokenWrite(SQLModel, table=True):
    """What was written with a token and how it was answered, for a day: asked again under the same key, it is answered from here."""

    __tablename__ = "token_writes"
    __table_args__ = (UniqueConstraint("token_id", "key"), Index("ix_token_writes_token_id_written_at", "token_id", "written_at"))

    id: int = Field(default=None, primary_key=True)
    token_id: int = Field(foreign_key="tokens.id", ondelete="CASCADE")
    written_at: datetime = Field(sa_type=UtcDateTime)
    key: str | None = Field(default=None, max_length=255)
    asked: str = Field(max_length=64)
    status: int
    headers: dict[str, str] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    body: str = Field(default="")

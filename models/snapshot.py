"""A report frozen on a day: its bytes as they were, citable for good."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, LargeBinary, Text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Snapshot(SQLModel, table=True):
    """Append-only. `key` is its address for good and tells nothing; `digest` is the SHA-256 of `content`, the JSON as it was written.

    `query` is the selection as an address says it, `as_of` the day in the world it speaks of, `known_event` the last public act of the
    record it knows of and `known_at` when that was recorded, `software` the version of Relais that wrote it.
    """

    __tablename__ = "snapshots"
    __table_args__ = (CheckConstraint("title <> ''", name="titled"),)

    id: int = Field(default=None, primary_key=True)
    key: str = Field(max_length=16, unique=True)
    title: str = Field(max_length=160)
    language: str = Field(max_length=2)
    query: str = Field(sa_column=Column(Text, nullable=False))
    as_of: date | None = None
    known_event: int
    known_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    software: str = Field(max_length=40)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    size: int
    digest: str = Field(max_length=64, index=True)
    frozen_at: datetime = Field(sa_type=UtcDateTime)
    author_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")


class SnapshotWithdrawal(SQLModel, table=True):
    """That a snapshot is not told any more, and why. Append-only: what was withdrawn stays withdrawn."""

    __tablename__ = "snapshot_withdrawals"
    __table_args__ = (CheckConstraint("reason <> ''", name="reasoned"),)

    id: int = Field(default=None, primary_key=True)
    snapshot_id: int = Field(foreign_key="snapshots.id", unique=True, ondelete="RESTRICT")
    reason: str = Field(max_length=500)
    withdrawn_at: datetime = Field(sa_type=UtcDateTime)
    author_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")

"""An import: a file somebody brought, how it is read, and what it made of which of its rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime


class Kind(StrEnum):
    """What a row of a file becomes. Its value is the table that keeps it."""

    SOURCE = "sources"
    ACTOR = "actors"
    PROPOSAL = "proposals"
    POSITION = "positions"
    ENTRY = "entries"
    COMMENT = "comments"


class Import(SQLModel, table=True):
    """`content` is the file until it is applied or expires, `form` what kind of file that is, `columns` which column is which field.

    `origin` names where its ids are from: a row with the same id of the same origin is known to the group for good. `counts` tells what
    became of its rows, `last_event` is the last act of applying it.
    """

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("(content IS NULL) = (applied_at IS NOT NULL)", name="kept_until_applied"),
        CheckConstraint("(applied_at IS NULL) = (last_event IS NULL)", name="applied_by_acts"),
        CheckConstraint("undone_at IS NULL OR (applied_at IS NOT NULL AND undoer_id IS NOT NULL)", name="undone_after"),
    )

    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="groups.id", index=True, ondelete="RESTRICT")
    person_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")
    form: str = Field(max_length=20)
    name: str = Field(max_length=200)
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    digest: str = Field(max_length=64)
    size: int
    origin: str = Field(max_length=120)
    language: str = Field(max_length=2)
    kind: str = Field(default="", max_length=20)
    columns: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    public: bool = Field(default=False)
    counts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    uploaded_at: datetime = Field(sa_type=UtcDateTime)
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_event: int | None = None
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undoer_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    version: int = Field(default=1)


class Imported(SQLModel, table=True):
    """That a row of some origin is a record of the group: `kind` is the table and `record_id` the row there, `print` what the file said."""

    __tablename__ = "imported"
    __table_args__ = (UniqueConstraint("group_id", "origin", "kind", "external_id"),)

    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="groups.id", ondelete="RESTRICT")
    origin: str = Field(max_length=120)
    kind: str = Field(max_length=20)
    external_id: str = Field(max_length=200)
    import_id: int = Field(foreign_key="imports.id", index=True, ondelete="RESTRICT")
    record_id: int
    print: str = Field(max_length=16)

"""A public dump of the record: one for each day, made by one worker."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime


class Dump(SQLModel, table=True):
    """`due_at` is when a worker may take it up, empty once it is made; `files` tells what is in it, by name, with size and SHA-256."""

    __tablename__ = "dumps"
    __table_args__ = (CheckConstraint("(due_at IS NULL) = (made_at IS NOT NULL)", name="made_or_due"),)

    id: int = Field(default=None, primary_key=True)
    day: date = Field(unique=True)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: int = 0
    size: int = 0
    digest: str = Field(default="", max_length=64)
    files: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(Json, nullable=False))

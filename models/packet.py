"""A hand-over brief frozen on a day: what was known then, citable for good."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime


class Packet(SQLModel, table=True):
    """Append-only: a later correction is the next number beside it. `digest` is the SHA-256 of the content as it is written in JSON."""

    __tablename__ = "packets"
    __table_args__ = (UniqueConstraint("presidency", "number"), CheckConstraint("number > 0", name="numbered"))

    id: int = Field(default=None, primary_key=True)
    presidency: str = Field(foreign_key="presidencies.slug", max_length=12, ondelete="RESTRICT")
    number: int
    content: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    digest: str = Field(max_length=64)
    reason: str = Field(default="", max_length=500)
    frozen_at: datetime = Field(sa_type=UtcDateTime)
    author_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

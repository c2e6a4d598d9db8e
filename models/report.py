"""A saved report: a selection with a name, kept by a member for themselves or for their group."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Text
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Report(SQLModel, table=True):
    """`query` is the selection as an address says it, `language` that of the name. `public`: whether readers without an account see it."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("(person_id IS NULL) <> (group_id IS NULL)", name="owned"),
        CheckConstraint("NOT public OR group_id IS NOT NULL", name="public_of_a_group"),
    )

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    language: str = Field(max_length=2)
    query: str = Field(sa_column=Column(Text, nullable=False))
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    group_id: int | None = Field(default=None, foreign_key="groups.id", index=True, ondelete="RESTRICT")
    public: bool = False
    saved_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)

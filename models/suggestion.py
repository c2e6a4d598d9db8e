"""A change to a text proposed by somebody who may not make it: kept as whole words on the revision it was written from."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, enum_column


class SuggestionState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    AMENDED = "amended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def taken(self) -> bool:
        """Whether it became a revision, as it was or amended."""
        return self in (SuggestionState.ACCEPTED, SuggestionState.AMENDED)


class Suggestion(SQLModel, table=True):
    """`base_number` is the revision it was written from; `revision_id` the one it became. For the proposal's group only."""

    __tablename__ = "suggestions"
    __table_args__ = (
        CheckConstraint("title <> ''", name="titled"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_or_open"),
        CheckConstraint("(state IN ('accepted', 'amended')) = (revision_id IS NOT NULL)", name="taken_as_a_revision"),
    )

    id: int = Field(default=None, primary_key=True)
    text_id: int = Field(foreign_key="texts.id", index=True, ondelete="RESTRICT")
    base_number: int
    title: str = Field(max_length=160)
    summary: str = Field(default="", max_length=2000)
    body: str = Field(default="")
    note: str = Field(default="", max_length=300)
    author_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")
    made_at: datetime = Field(sa_type=UtcDateTime)
    state: SuggestionState = Field(default=SuggestionState.OPEN, sa_column=Column(enum_column(SuggestionState, "state"), nullable=False))
    reason: str = Field(default="", max_length=1000)
    decider_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision_id: int | None = Field(default=None, foreign_key="revisions.id", unique=True, ondelete="RESTRICT")
    version: int = Field(default=1)

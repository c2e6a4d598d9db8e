"""One half-year of the Council presidency, as a decision of the Council sets it."""

from datetime import date

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field, SQLModel

from models.columns import Json


class Presidency(SQLModel, table=True):
    """`slug` is year and state: `2026-ie`. `known_on` is the day the decision that sets it was taken."""

    __tablename__ = "presidencies"
    __table_args__ = (CheckConstraint("starts_on < ends_on", name="ends_after"),)

    slug: str = Field(primary_key=True, max_length=12)
    actor_id: int = Field(foreign_key="actors.id", index=True, ondelete="RESTRICT")
    code: str = Field(max_length=2)
    starts_on: date = Field(unique=True)
    ends_on: date
    trio: list[str] = Field(sa_column=Column(Json, nullable=False))
    source_id: int = Field(foreign_key="sources.id", index=True, ondelete="RESTRICT")
    known_on: date
    note_fr: str = Field(default="", max_length=500)
    note_en: str = Field(default="", max_length=500)

    @property
    def year(self) -> int:
        return self.starts_on.year

    @property
    def half(self) -> int:
        return 1 if self.starts_on.month < 7 else 2

"""What moves, positions, entries and sources share: an effective date with its precision."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import enum_column
from models.partial_date import PartialDate, Precision


class Dated(SQLModel):
    effective_on: date | None = Field(default=None)
    effective_until: date | None = Field(default=None)
    precision: Precision = Field(default=Precision.UNDATED, sa_type=enum_column(Precision))

    def when(self) -> PartialDate:
        return PartialDate(self.effective_on, self.effective_until, self.precision)


def dates(when: PartialDate) -> dict[str, Any]:
    """The three columns a `Dated` row keeps of a partial date."""
    return {"effective_on": when.on, "effective_until": when.until, "precision": when.precision}


def date_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("(precision = 'undated') = (effective_on IS NULL)", name="dated_or_not"),
        CheckConstraint("effective_until IS NULL OR (precision = 'day' AND effective_until > effective_on)", name="ends_after"),
    )

"""A contested claim is settled, or opened again, with a reason; both sides stay on show."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.citation import ONE_CLAIM
from models.columns import UtcDateTime


class Settlement(SQLModel, table=True):
    """Append-only: the last one of a claim holds. `settled` false opens it again."""

    __tablename__ = "settlements"
    __table_args__ = (
        CheckConstraint(ONE_CLAIM, name="one_claim"),
        CheckConstraint("reason_fr <> '' OR reason_en <> ''", name="with_a_reason"),
    )

    id: int = Field(default=None, primary_key=True)
    move_id: int | None = Field(default=None, foreign_key="moves.id", index=True, ondelete="RESTRICT")
    position_id: int | None = Field(default=None, foreign_key="positions.id", index=True, ondelete="RESTRICT")
    entry_id: int | None = Field(default=None, foreign_key="entries.id", index=True, ondelete="RESTRICT")
    settled: bool = Field(default=True)
    reason_fr: str = Field(default="", max_length=1000)
    reason_en: str = Field(default="", max_length=1000)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorder_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

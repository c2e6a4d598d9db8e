"""One use of a source: where it says so, in our words, and whether it supports or contradicts the claim."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime

CLAIMS = ("move_id", "position_id", "entry_id")
ONE_CLAIM = (
    "(move_id IS NOT NULL AND position_id IS NULL AND entry_id IS NULL)"
    " OR (move_id IS NULL AND position_id IS NOT NULL AND entry_id IS NULL)"
    " OR (move_id IS NULL AND position_id IS NULL AND entry_id IS NOT NULL)"
)


class Citation(SQLModel, table=True):
    """Belongs to exactly one claim: a move, a position or an entry."""

    __tablename__ = "citations"
    __table_args__ = (CheckConstraint(ONE_CLAIM, name="one_claim"),)

    id: int = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="sources.id", index=True, ondelete="RESTRICT")
    move_id: int | None = Field(default=None, foreign_key="moves.id", index=True, ondelete="RESTRICT")
    position_id: int | None = Field(default=None, foreign_key="positions.id", index=True, ondelete="RESTRICT")
    entry_id: int | None = Field(default=None, foreign_key="entries.id", index=True, ondelete="RESTRICT")
    supports: bool = Field(default=True)
    locator: str = Field(default="", max_length=300)
    summary_fr: str = Field(default="", max_length=1000)
    summary_en: str = Field(default="", max_length=1000)
    quote: str = Field(default="", max_length=1000)
    quote_language: str = Field(default="", max_length=2)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorder_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

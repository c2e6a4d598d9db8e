"""A position or an entry taken back: it was never so. It stays in the record, and is shown nowhere; the ledger tells that it was."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Withdrawal(SQLModel, table=True):
    """Append-only."""

    __tablename__ = "withdrawals"
    __table_args__ = (CheckConstraint("(position_id IS NULL) <> (entry_id IS NULL)", name="one_claim"),)

    id: int = Field(default=None, primary_key=True)
    position_id: int | None = Field(default=None, foreign_key="positions.id", unique=True, ondelete="RESTRICT")
    entry_id: int | None = Field(default=None, foreign_key="entries.id", unique=True, ondelete="RESTRICT")
    withdrawn_at: datetime = Field(sa_type=UtcDateTime)
    withdrawer_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

"""One change of stage. Append-only: a correction is a new row that supersedes the old one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field

from models.columns import UtcDateTime, enum_column
from models.dated import Dated, date_checks
from models.proposal import Stage


class Move(Dated, table=True):
    __tablename__ = "moves"
    __table_args__ = (*date_checks(), CheckConstraint("from_stage IS NULL OR from_stage <> to_stage", name="moves"))

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    from_stage: Stage | None = Field(default=None, sa_column=Column(enum_column(Stage, "from_stage"), nullable=True))
    to_stage: Stage = Field(sa_column=Column(enum_column(Stage, "to_stage"), nullable=False))
    reason_fr: str = Field(default="", max_length=1000)
    reason_en: str = Field(default="", max_length=1000)
    label_fr: str = Field(default="", max_length=20)
    label_en: str = Field(default="", max_length=20)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorder_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    supersedes_id: int | None = Field(default=None, foreign_key="moves.id", unique=True, ondelete="RESTRICT")

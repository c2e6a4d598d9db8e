"""What one proposal asks of one presidency: who carries it, to whom, and what came of it."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Leg(SQLModel, table=True):
    """For the proposal's group, unless `public`. `carried_from_id` is the leg of an earlier presidency whose ask goes on in this one."""

    __tablename__ = "legs"
    __table_args__ = (UniqueConstraint("proposal_id", "presidency"),)

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", ondelete="RESTRICT")
    presidency: str = Field(foreign_key="presidencies.slug", index=True, max_length=12, ondelete="RESTRICT")
    ask_fr: str = Field(default="", max_length=2000)
    ask_en: str = Field(default="", max_length=2000)
    note_fr: str = Field(default="", max_length=4000)
    note_en: str = Field(default="", max_length=4000)
    outcome_fr: str = Field(default="", max_length=2000)
    outcome_en: str = Field(default="", max_length=2000)
    lead_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    lead_group_id: int | None = Field(default=None, foreign_key="groups.id", index=True, ondelete="RESTRICT")
    carried_from_id: int | None = Field(default=None, foreign_key="legs.id", index=True, ondelete="RESTRICT")
    public: bool = Field(default=False)
    planned_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)

    @property
    def closed(self) -> bool:
        """Whether it is told what came of it."""
        return bool(self.outcome_fr or self.outcome_en)


class LegTarget(SQLModel, table=True):
    """Whom a leg addresses: a permanent representation, a ministry, a committee, a directorate-general."""

    __tablename__ = "leg_targets"

    leg_id: int = Field(foreign_key="legs.id", primary_key=True, ondelete="CASCADE")
    actor_id: int = Field(foreign_key="actors.id", primary_key=True, index=True, ondelete="RESTRICT")

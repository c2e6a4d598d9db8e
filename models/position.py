"""What an actor says of a proposal, from a date on. Append-only; pinned to the revision it was given on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field

from models.columns import UtcDateTime, enum_column
from models.dated import Dated, date_checks


class Side(StrEnum):
    """Where somebody stands as a coalition is counted: `open` has taken no side, `unknown` is not on record."""

    SUPPORTS = "supports"
    CONDITIONS = "conditions"
    OPPOSES = "opposes"
    OPEN = "open"
    UNKNOWN = "unknown"

    @property
    def taken(self) -> bool:
        """For, for with conditions, or against."""
        return self in (Side.SUPPORTS, Side.CONDITIONS, Side.OPPOSES)

    @property
    def mark(self) -> str:
        return {Side.OPPOSES: "oppose", Side.OPEN: "neutral", Side.UNKNOWN: "unknown"}.get(self, "support")


class Stance(StrEnum):
    INITIATED = "initiated"
    SUPPORTS = "supports"
    SUPPORTS_WITH_RESERVATIONS = "supports_with_reservations"
    TOOK_PART = "took_part"
    NEUTRAL = "neutral"
    ABSENT = "absent"
    OPPOSES = "opposes"

    @property
    def favourable(self) -> bool:
        """Support is typed: taking part in a working group is not support."""
        return self in (Stance.INITIATED, Stance.SUPPORTS, Stance.SUPPORTS_WITH_RESERVATIONS)

    @property
    def side(self) -> Side:
        if self is Stance.SUPPORTS_WITH_RESERVATIONS:
            return Side.CONDITIONS
        if self.favourable:
            return Side.SUPPORTS
        return Side.OPPOSES if self is Stance.OPPOSES else Side.OPEN

    @property
    def risky(self) -> bool:
        """A presiding state that opposes or is absent is a strong risk."""
        return self in (Stance.OPPOSES, Stance.ABSENT)

    @property
    def mark(self) -> str:
        """The shape it is drawn with: support, oppose, neutral or absent."""
        if self.favourable:
            return "support"
        return {Stance.OPPOSES: "oppose", Stance.ABSENT: "absent"}.get(self, "neutral")


class Position(Dated, table=True):
    __tablename__ = "positions"
    __table_args__ = date_checks()

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    actor_id: int = Field(foreign_key="actors.id", index=True, ondelete="RESTRICT")
    stance: Stance = Field(sa_column=Column(enum_column(Stance), nullable=False))
    note_fr: str = Field(default="", max_length=1000)
    note_en: str = Field(default="", max_length=1000)
    revision_id: int | None = Field(default=None, foreign_key="revisions.id", index=True, ondelete="RESTRICT")
    public: bool = Field(default=True)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorder_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    supersedes_id: int | None = Field(default=None, foreign_key="positions.id", unique=True, ondelete="RESTRICT")

"""A proposal: one ask, and the stages it may pass through."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, enum_column


class Level(StrEnum):
    EU = "eu"
    NATIONAL = "national"


class Stage(StrEnum):
    DRAFTED = "drafted"
    PUBLISHED = "published"
    BACKED = "backed"
    TAKEN_UP = "taken_up"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    DROPPED = "dropped"
    MERGED = "merged"

    @property
    def step(self) -> int:
        """1 to 6 on the ladder; 0 for the two ends."""
        return LADDER.index(self) + 1 if self in LADDER else 0

    @property
    def ended(self) -> bool:
        return self in (Stage.DROPPED, Stage.MERGED)


LADDER = (Stage.DRAFTED, Stage.PUBLISHED, Stage.BACKED, Stage.TAKEN_UP, Stage.ADOPTED, Stage.IN_FORCE)
FIRST = frozenset({Stage.DRAFTED, Stage.PUBLISHED})

# The whole state machine, readable aloud. A step back, an end and a reopening want a reason.
NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFTED: frozenset({*LADDER[1:], Stage.DROPPED, Stage.MERGED}),
    Stage.PUBLISHED: frozenset({*LADDER[2:], Stage.DROPPED, Stage.MERGED}),
    Stage.BACKED: frozenset({*LADDER[3:], Stage.PUBLISHED, Stage.DROPPED, Stage.MERGED}),
    Stage.TAKEN_UP: frozenset({*LADDER[4:], Stage.BACKED, Stage.DROPPED, Stage.MERGED}),
    Stage.ADOPTED: frozenset({Stage.IN_FORCE, Stage.TAKEN_UP, Stage.DROPPED}),
    Stage.IN_FORCE: frozenset({Stage.ADOPTED, Stage.DROPPED}),
    Stage.DROPPED: frozenset({Stage.DRAFTED, Stage.PUBLISHED, Stage.BACKED, Stage.TAKEN_UP}),
    Stage.MERGED: frozenset(),
}


def may_move(start: Stage | None, end: Stage) -> bool:
    """Whether the table allows the step; a first move (from None) may only draft or publish."""
    return end in (FIRST if start is None else NEXT[start])


def wants_reason(start: Stage | None, end: Stage) -> bool:
    return end.ended or start is Stage.DROPPED or (start is not None and end.step < start.step)


class Proposal(SQLModel, table=True):
    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint("(stage = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_one"),
        CheckConstraint("slug <> '' AND slug = lower(slug)", name="slug_lower"),
        # The order of a list, and what it is narrowed by most. Both hold all it filters by: it is counted without a look at the table.
        Index("ix_proposals_ordered", "origin_id", "rank", "id", "stage", "level", "public", "group_id"),
        Index("ix_proposals_listed", "level", "stage", "origin_id", "public", "group_id"),
        Index("ix_proposals_seen", "id", "public", "group_id", "stage"),  # of what is found: who may see it, without the rest
    )

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=80)
    original_language: str = Field(max_length=2)
    level: Level = Field(sa_column=Column(enum_column(Level), nullable=False))
    instrument_fr: str = Field(default="", max_length=200)
    instrument_en: str = Field(default="", max_length=200)
    procedure: str = Field(default="", max_length=40)
    rank: int = Field(default=0)
    group_id: int = Field(foreign_key="groups.id", index=True, ondelete="RESTRICT")
    origin_id: int | None = Field(default=None, foreign_key="sources.id", ondelete="RESTRICT")
    stage: Stage = Field(sa_column=Column(enum_column(Stage), nullable=False))
    merged_into_id: int | None = Field(default=None, foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    public: bool = Field(default=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)

    def open_to_comments(self) -> bool:
        return not self.stage.ended


class ProposalTheme(SQLModel, table=True):
    __tablename__ = "proposal_themes"

    proposal_id: int = Field(foreign_key="proposals.id", primary_key=True, ondelete="CASCADE")
    theme: str = Field(foreign_key="themes.slug", primary_key=True, index=True, max_length=80, ondelete="RESTRICT")

"""Something dated on the timeline, done, planned or cancelled, that may concern several proposals."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, enum_column
from models.dated import Dated, date_checks


class Family(StrEnum):
    INSTITUTIONAL = "institutional"
    ADVOCACY = "advocacy"
    DEADLINE = "deadline"


class EntryKind(StrEnum):
    PUBLICATION = "publication"
    CONSULTATION = "consultation"
    VOTE = "vote"
    DECISION = "decision"
    CONFERENCE = "conference"
    HANDOVER = "handover"
    MEETING = "meeting"
    LETTER = "letter"
    EVENT = "event"
    ANSWER = "answer"
    DEADLINE = "deadline"


KINDS: dict[Family, tuple[EntryKind, ...]] = {
    Family.INSTITUTIONAL: (
        EntryKind.PUBLICATION,
        EntryKind.CONSULTATION,
        EntryKind.VOTE,
        EntryKind.DECISION,
        EntryKind.CONFERENCE,
        EntryKind.HANDOVER,
        EntryKind.EVENT,
        EntryKind.MEETING,
        EntryKind.ANSWER,
    ),
    Family.ADVOCACY: (
        EntryKind.MEETING,
        EntryKind.LETTER,
        EntryKind.EVENT,
        EntryKind.PUBLICATION,
        EntryKind.ANSWER,
        EntryKind.CONFERENCE,
        EntryKind.CONSULTATION,
    ),
    Family.DEADLINE: (EntryKind.DEADLINE,),
}


class EntryState(StrEnum):
    DONE = "done"
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Entry(Dated, table=True):
    """Append-only: a correction is a new row that supersedes the old one. `key` names it for good across exports.

    `comment_id` is the comment it was made from.
    """

    __tablename__ = "entries"
    __table_args__ = (
        *date_checks(),
        CheckConstraint("title_fr <> '' OR title_en <> ''", name="titled"),
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=80)
    family: Family = Field(sa_column=Column(enum_column(Family), nullable=False))
    kind: EntryKind = Field(sa_column=Column(enum_column(EntryKind, "kind"), nullable=False))
    state: EntryState = Field(sa_column=Column(enum_column(EntryState, "state"), nullable=False))
    title_fr: str = Field(default="", max_length=200)
    title_en: str = Field(default="", max_length=200)
    label_fr: str = Field(default="", max_length=20)
    label_en: str = Field(default="", max_length=20)
    note_fr: str = Field(default="", max_length=2000)
    note_en: str = Field(default="", max_length=2000)
    public: bool = Field(default=True)
    group_id: int | None = Field(default=None, foreign_key="groups.id", index=True, ondelete="RESTRICT")
    comment_id: int | None = Field(default=None, foreign_key="comments.id", index=True, ondelete="RESTRICT")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorder_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    supersedes_id: int | None = Field(default=None, foreign_key="entries.id", unique=True, ondelete="RESTRICT")


class EntryProposal(SQLModel, table=True):
    """That an entry concerns a proposal: surely, or as a lead until an editor confirms or rejects it."""

    __tablename__ = "entry_proposals"
    __table_args__ = (CheckConstraint("NOT (lead AND rejected)", name="lead_or_rejected"),)

    entry_id: int = Field(foreign_key="entries.id", primary_key=True, ondelete="RESTRICT")
    proposal_id: int = Field(foreign_key="proposals.id", primary_key=True, index=True, ondelete="RESTRICT")
    lead: bool = Field(default=False)
    rejected: bool = Field(default=False)
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    checker_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

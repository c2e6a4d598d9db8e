"""Something dated on the timeline, done, planned or cancelled, that may concern several proposals."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index
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

    `comment_id` is the comment it was made from; `actor_id` whom a letter or a meeting was with, `answers_id` the entry it answers;
    `notice_days` how many days before it work on it must begin, or after a letter its answer is waited for.
    """

    __tablename__ = "entries"
    __table_args__ = (
        *date_checks(),
        CheckConstraint("title_fr <> '' OR title_en <> ''", name="titled"),
        Index("ix_entries_seen", "id", "public", "group_id"),  # of what is found: who may see it, without its words
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
    outcome_fr: str = Field(default="", max_length=1000)
    outcome_en: str = Field(default="", max_length=1000)
    actor_id: int | None = Field(default=None, foreign_key="actors.id", index=True, ondelete="RESTRICT")
    answers_id: int | None = Field(default=None, foreign_key="entries.id", index=True, ondelete="RESTRICT")
    notice_days: int | None = Field(default=None)
    public: bool = Field(default=True)
    group_id: int | None = Field(default=None, foreign_key="groups.id", index=True, ondelete="RESTRICT")
    comment_id: int | None = Field(default=None, foreign_key="comments.id", index=True, ondelete="RESTRICT")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorder_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    supersedes_id: int | None = Field(default=None, foreign_key="entries.id", unique=True, ondelete="RESTRICT")


class Extent(StrEnum):
    """How far an act, a body or a programme answers a proposal."""

    FULLY = "fully"
    PARTLY = "partly"
    IN_NAME = "in_name"


class EntryProposal(SQLModel, table=True):
    """That an entry concerns a proposal: surely, or as a lead until an editor confirms or rejects it.

    With an `extent` it answers the proposal that far, for the reason told. A contact names the `presidency` whose leg it was for, which
    may begin later.
    """

    __tablename__ = "entry_proposals"
    __table_args__ = (CheckConstraint("NOT (lead AND rejected)", name="lead_or_rejected"),)

    entry_id: int = Field(foreign_key="entries.id", primary_key=True, ondelete="RESTRICT")
    proposal_id: int = Field(foreign_key="proposals.id", primary_key=True, index=True, ondelete="RESTRICT")
    lead: bool = Field(default=False)
    rejected: bool = Field(default=False)
    extent: Extent | None = Field(default=None, sa_column=Column(enum_column(Extent, "extent"), nullable=True))
    extent_fr: str = Field(default="", max_length=1000)
    extent_en: str = Field(default="", max_length=1000)
    presidency: str | None = Field(default=None, foreign_key="presidencies.slug", index=True, max_length=12, ondelete="RESTRICT")
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    checker_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

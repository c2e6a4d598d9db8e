"""What a member is told of: an act that concerns them, and which of that they want by letter."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime, enum_column


class NoticeKind(StrEnum):
    MENTION = "mention"
    REPLY = "reply"
    TASK = "task"
    WAITING = "waiting"
    DECIDED = "decided"
    FOUND = "found"


class NoticePace(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Notice(SQLModel, table=True):
    """One act told to one member, once. A letter is owed while `due_at` is set; then `mailing_id` carries it, unless it was read first."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "event_id"),
        Index("ix_notices_person_id_read_at", "person_id", "read_at"),
        Index("ix_notices_person_id_due_at", "person_id", "due_at"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", ondelete="CASCADE")
    event_id: int = Field(foreign_key="events.id", index=True, ondelete="RESTRICT")
    kind: NoticeKind = Field(sa_column=Column(enum_column(NoticeKind, "kind"), nullable=False))
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mailing_id: int | None = Field(default=None, foreign_key="mailings.id", index=True, ondelete="SET NULL")


class NoticeChoice(SQLModel, table=True):
    """Which notices a member wants by letter, and when: for who never chose, all of them, as they happen.

    `paused_until` holds letters back: what is unread by then comes in the first one after.
    """

    __tablename__ = "notice_choices"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="a_day_of_the_week"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(unique=True, foreign_key="persons.id", ondelete="CASCADE")
    kinds: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    pace: NoticePace = Field(sa_column=Column(enum_column(NoticePace, "pace"), nullable=False))
    weekday: int = Field(default=0)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)

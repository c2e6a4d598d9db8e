"""What is owed outside: one event to one address, and the letters that carry what is owed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Mailing(SQLModel, table=True):
    """One letter of news to a subscriber or a person: composed once, posted until it is taken or given up.

    `message_id` is the letter's for good, so that a second handing over is known as the same letter. It is owed while `due_at` is set;
    then it was `sent_at`, or `ended_at` with a reason.
    """

    __tablename__ = "mailings"
    __table_args__ = (
        CheckConstraint("(subscriber_id IS NULL) <> (person_id IS NULL)", name="to_one_of_them"),
        CheckConstraint("sent_at IS NULL OR ended_at IS NULL", name="one_end"),
        CheckConstraint("(due_at IS NULL) = (sent_at IS NOT NULL OR ended_at IS NOT NULL)", name="owed_or_over"),
    )

    id: int = Field(default=None, primary_key=True)
    subscriber_id: int | None = Field(default=None, foreign_key="subscribers.id", index=True, ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="CASCADE")
    message_id: str = Field(unique=True, max_length=200)
    composed_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = Field(default=0)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_why: str = Field(default="", max_length=200)


class Delivery(SQLModel, table=True):
    """One event owed to one subscriber, once. No `due_at` is owed at the next handover, whose day is not known yet.

    `subscription_id` tells why; it may have ended since. `mailing_id` is the letter that carries it.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("event_id", "subscriber_id"),
        Index("ix_deliveries_subscriber_id_due_at", "subscriber_id", "due_at"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="events.id", ondelete="RESTRICT")
    subscriber_id: int = Field(foreign_key="subscribers.id", ondelete="CASCADE")
    subscription_id: int | None = Field(default=None, foreign_key="subscriptions.id", index=True, ondelete="SET NULL")
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mailing_id: int | None = Field(default=None, foreign_key="mailings.id", index=True, ondelete="SET NULL")


class Bookmark(SQLModel, table=True):
    """How far somebody has read the ledger: what is owed for an event is written in the transaction that moves it past the event."""

    __tablename__ = "bookmarks"

    reader: str = Field(primary_key=True, max_length=40)
    event_id: int = Field(default=0)

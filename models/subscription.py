"""Somebody outside follows something by letter, without an account."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime, enum_column
from models.topic import TopicKind


class Pace(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    HANDOVER = "handover"


class Subscriber(SQLModel, table=True):
    """One address that may get letters. `links` counts the signed links made anew: those of a smaller number have ended.

    `paused_until` holds letters back, `ended_at` ends them: the address refused them (`ended_why` is what the mail server said).
    """

    __tablename__ = "subscribers"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (ended_why = '')", name="ended_with_a_reason"),)

    id: int = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    language: str = Field(max_length=2)
    created_at: datetime = Field(sa_type=UtcDateTime)
    links: int = Field(default=1)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when the last letter of news was taken
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_why: str = Field(default="", max_length=200)
    version: int = Field(default=1)


class Subscription(SQLModel, table=True):
    """What one address follows. Nothing is sent for it before `confirmed_at`; then only what the ledger holds after `since_event`.

    Consent is kept with it: the version of the words agreed to, when, and the network the answer came from (the address shortened).
    The letter that asks for it is owed while `due_at` is set; only the hash of its link is kept.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("subscriber_id", "kind", "key"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="a_day_of_the_week"),
        CheckConstraint("(confirmed_at IS NULL) = (consent = '')", name="confirmed_to_words"),
        Index("ix_subscriptions_kind_key", "kind", "key"),
    )

    id: int = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscribers.id", ondelete="CASCADE")
    kind: TopicKind = Field(sa_column=Column(enum_column(TopicKind, "kind"), nullable=False))
    key: str = Field(default="", max_length=500)
    news: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    pace: Pace = Field(sa_column=Column(enum_column(Pace, "pace"), nullable=False))
    weekday: int = Field(default=0)
    since_event: int = Field(default=0)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = Field(default=0)
    token_hash: str | None = Field(default=None, unique=True, max_length=64)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    consent: str = Field(default="", max_length=20)
    network: str = Field(default="", max_length=45)
    version: int = Field(default=1)

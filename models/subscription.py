"""Somebody outside follows something by letter, without an account."""

from datetime import datetime
from enum import StrEnum
from secrets import randbelow

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime, enum_column
from models.topic import TopicKind


class Pace(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    HANDOVER = "handover"


def new_number() -> int:
    """A number for signed links: at random, for the number of a row may be given again once the row is gone."""
    return randbelow(2**31)


class Subscriber(SQLModel, table=True):
    """One address that may get letters. `links` is a number every link signed for it carries: another number ends those made before.

    The letter that asks for consent, or says where to change what is followed, is owed while `due_at` is set and was last posted
    `asked_at`. `paused_until` holds news back, `ended_at` ends it: the address refused it (`ended_why` is what the mail server said).
    """

    __tablename__ = "subscribers"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (ended_why = '')", name="ended_with_a_reason"),)

    id: int = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    language: str = Field(max_length=2)
    created_at: datetime = Field(sa_type=UtcDateTime)
    links: int = Field(default_factory=new_number)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = Field(default=0)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when the last letter of news was taken
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_why: str = Field(default="", max_length=200)
    version: int = Field(default=1)


class Subscription(SQLModel, table=True):
    """What one address follows. Nothing is sent for it before `confirmed_at`; then only what the ledger holds after `since_event`.

    Consent is kept with it: the version of the words agreed to, when, and the network the answer came from (the address shortened).
    `asked_from` is the network it was last asked from, as a keyed hash, by which too many are noticed.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("subscriber_id", "kind", "key"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="a_day_of_the_week"),
        CheckConstraint("(confirmed_at IS NULL) = (consent = '')", name="confirmed_to_words"),
        Index("ix_subscriptions_kind_key", "kind", "key"),
        Index("ix_subscriptions_asked_from_asked_at", "asked_from", "asked_at"),
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
    asked_from: str = Field(default="", max_length=64)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    consent: str = Field(default="", max_length=20)
    network: str = Field(default="", max_length=45)
    version: int = Field(default=1)

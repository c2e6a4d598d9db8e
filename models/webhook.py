"""An address of a program that a working group has told of what happens, signed as Standard Webhooks (standardwebhooks.com) says."""

from datetime import datetime
from enum import StrEnum
from secrets import token_hex

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime, enum_column
from models.topic import TopicKind

PER_GROUP = 20
KEYS = 3  # how many may be in use at once, while a receiver changes from one to the next


class WebhookEnd(StrEnum):
    GONE = "gone"  # the receiver answered 410
    FAILING = "failing"  # no call was taken for days


class Webhook(SQLModel, table=True):
    """Told of the news `kinds` of a topic, as a visitor may know it, after `since_event`: while it is neither stopped, ended nor removed.

    A coordinator stops it, and removes it for good; it ends by itself, `ended_why`. One call at a time: a worker has it in hand until
    `busy_until`, and after a failure it rests until `rest_until`. `failing_since` is the first failure after its last success.
    """

    __tablename__ = "webhooks"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ended_with_a_reason"),)

    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="groups.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=120)
    url: str = Field(max_length=1000)
    topic: TopicKind = Field(sa_column=Column(enum_column(TopicKind, "topic"), nullable=False))
    key: str = Field(default="", max_length=200)
    kinds: list[str] = Field(default_factory=list, sa_column=Column(Json, nullable=False))
    added_at: datetime = Field(sa_type=UtcDateTime)
    since_event: int
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_why: WebhookEnd | None = Field(default=None, sa_column=Column(enum_column(WebhookEnd, "ended_why"), nullable=True))
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    busy_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rest_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)

    @property
    def running(self) -> bool:
        return self.stopped_at is None and self.ended_at is None and self.removed_at is None


class WebhookKey(SQLModel, table=True):
    """What a secret of a webhook is made from, with the key of the house: the secret itself is not kept."""

    __tablename__ = "webhook_keys"

    id: int = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhooks.id", index=True, ondelete="CASCADE")
    salt: str = Field(default_factory=lambda: token_hex(32), unique=True, max_length=64)
    added_at: datetime = Field(sa_type=UtcDateTime)


class WebhookMessage(SQLModel, table=True):
    """One thing told to one webhook: `name` is the same at every try, `body` the very words that are signed and sent.

    A call is owed while `due_at` is set; then it was `taken_at`, or given up. `event_id` is None for a test somebody asked for.
    """

    __tablename__ = "webhook_messages"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_messages_webhook_id_due_at", "webhook_id", "due_at"),
    )

    id: int = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhooks.id", ondelete="CASCADE")
    event_id: int | None = Field(default=None, foreign_key="events.id", index=True, ondelete="RESTRICT")
    name: str = Field(default_factory=lambda: f"msg_{token_hex(16)}", unique=True, max_length=40)
    kind: str = Field(max_length=60)
    body: str = Field(sa_column=Column(Text, nullable=False))
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = Field(default=0)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WebhookAttempt(SQLModel, table=True):
    """One call: the status that came back, None where none did, and why not. What the receiver wrote besides is not kept."""

    __tablename__ = "webhook_attempts"

    id: int = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="webhook_messages.id", index=True, ondelete="CASCADE")
    at: datetime = Field(sa_type=UtcDateTime)
    status: int | None = Field(default=None)
    why: str = Field(default="", max_length=200)
    ms: int

"""Shapes of the programs a group has told of what happens, and of what was told to them."""

from datetime import datetime
from typing import Literal

from models.topic import NewsKind
from models.webhook import WebhookEnd
from relais.export.claims import Shape


class Webhook(Shape):
    id: int
    name: str
    url: str
    """Where it is told."""
    topic: str
    """What about: `everything`, `group/…` or `proposal/…` with a slug."""
    kinds: list[NewsKind]
    added_at: datetime
    running: bool
    stopped_at: datetime | None
    """When a coordinator stopped it."""
    ended_at: datetime | None
    """When it ended by itself, and why, in `ended_why`."""
    ended_why: WebhookEnd | None
    failing_since: datetime | None
    """The first failure after its last success."""
    version: int


class Key(Shape):
    """What its messages are signed with."""

    added_at: datetime
    secret: str


class Keys(Shape):
    items: list[Key]
    """Those in use, the newest first."""


class Call(Shape):
    at: datetime
    status: int | None
    """What came back; null where nothing did, and then `why`."""
    why: str
    ms: int


class Message(Shape):
    """One thing it was told."""

    id: int
    name: str
    """Its `webhook-id`, the same at every try."""
    kind: str
    made_at: datetime
    state: Literal["taken", "waiting", "given_up"]
    due_at: datetime | None
    taken_at: datetime | None
    calls: list[Call]
    """The newest first."""


class SentMessage(Message):
    body: str
    """The very words that are signed and sent."""

"""Shapes of what a member is told of, and which of it comes by letter."""

from datetime import date, datetime
from typing import Literal

from api.shapes import Act
from models.notice import NoticeKind, NoticePace
from relais.export.claims import Shape


class Notice(Shape):
    """One act that concerns the holder of the token."""

    id: int
    kind: NoticeKind
    """Why it is told."""
    read_at: datetime | None
    act: Act


class Letters(Shape):
    """Which notices come by letter, and when."""

    kinds: list[NoticeKind]
    pace: NoticePace
    weekday: Literal[0, 1, 2, 3, 4, 5, 6]
    """Of weekly letters, from 0 for Monday."""
    paused_until: date | None
    """The day from which on letters are sent again; null where they are not held back."""
    version: int

"""Shapes of what only a group sees: who is in it and who is asked in."""

from datetime import datetime
from typing import Literal

from models.group import Role
from relais.export.claims import Shape


class Member(Shape):
    """Somebody in a working group."""

    id: int
    """Of the membership: in its address."""
    person: int
    """Of the person: as in `assignee` of a next step."""
    name: str
    """Empty where none is given."""
    hint: str
    """For coordinators, of a member without a name: enough of the address to know whose it is."""
    role: Role
    me: bool
    """Whether it is the holder of the token."""
    joined: bool
    """Whether they ever signed in."""
    version: int
    """Grows with every change: for `If-Match`."""


class Invitation(Shape):
    """Somebody is asked into a group by letter, and did not answer yet."""

    id: int
    email: str
    role: Role
    language: Literal["fr", "en"]
    """That of the letter."""
    invited_at: datetime
    expires_at: datetime
    """Until when the link is good."""
    sent_at: datetime | None
    """When the letter left; null while it is owed, or when no machine would take it."""
    version: int
    """Grows with every change: for `If-Match`."""

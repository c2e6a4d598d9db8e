"""The shape of what an organisation is asked about its position, for the proposal's group alone."""

from datetime import datetime
from typing import Literal

from models.confirmation import Reply, State
from models.position import Stance
from relais.export.claims import Shape, When


class Confirmation(Shape):
    """An organisation was asked by letter whether its position is recorded rightly."""

    id: int
    proposal: str
    """Slug of the proposal."""
    actor: str
    """Slug of the organisation."""
    position: int
    """Id of the position it was asked about."""
    state: State
    email: str
    """Address of the contact, for editors, as long as it is kept."""
    language: Literal["fr", "en"]
    """That of the letter."""
    asked_by: str
    """The name of who asked; empty when none is given."""
    asked_at: datetime
    expires_at: datetime
    """Until when the link is good."""
    owed: bool
    """Whether a letter is still to leave: the one that asks, or after a refusal the one that says why."""
    sent_at: datetime | None
    """When it left; null while it is owed, or when no machine would take it."""
    answer: Reply | None
    stance: Stance | None
    """The position they say they hold, where it is another."""
    since: When | None
    """Since when that is so."""
    note: str
    url: str
    """A page of theirs that says so."""
    name: str
    """Of who answered; nothing proves it."""
    role: str
    answered_at: datetime | None
    decided_by: str
    """The name of who approved, refused or withdrew; empty when none is given."""
    decided_at: datetime | None
    reason: str
    """Why the answer was refused."""
    became: int | None
    """Id of the position the approved answer stands behind."""
    version: int
    """Grows with every change: for `If-Match`."""

"""An organisation is asked by letter whether its position is recorded rightly, and answers without an account."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field

from models.columns import UtcDateTime, enum_column
from models.dated import Dated, date_checks
from models.position import Stance


class Reply(StrEnum):
    """What the organisation says of the position as recorded."""

    RIGHT = "right"
    OTHER = "other"  # this is our position instead
    WITHDRAWN = "withdrawn"  # it was ours, and is no more


class Outcome(StrEnum):
    """How a request ended: what was answered is approved or refused, what nobody answered may be withdrawn."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    WAITING = "waiting"  # for an answer
    ANSWERED = "answered"  # it waits for a coordinator
    EXPIRED = "expired"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Confirmation(Dated, table=True):
    """Its effective date is since when the answer says that it is so. `link` is drawn at random and stands in the address of the letter.

    A letter is owed while `due_at` is set: the one that tells a refusal once it was refused, else the one that asks. `position_id` is what
    was asked about, `became_id` what the approved answer stands behind. The address of the contact is emptied in time; who answered stays.
    """

    __tablename__ = "confirmations"
    __table_args__ = (
        *date_checks(),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_some_time"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("outcome IS NULL OR (outcome = 'withdrawn') = (answer IS NULL)", name="an_answer_is_decided_on"),
        CheckConstraint("(stance IS NOT NULL) = (answer IS NOT NULL AND answer = 'other')", name="another_stance"),
    )

    id: int = Field(default=None, primary_key=True)
    position_id: int = Field(foreign_key="positions.id", index=True, ondelete="RESTRICT")
    email: str = Field(default="", max_length=254)
    language: str = Field(max_length=2)
    link: int
    asker_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = Field(default=0)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: Reply | None = Field(default=None, sa_column=Column(enum_column(Reply), nullable=True))
    stance: Stance | None = Field(default=None, sa_column=Column(enum_column(Stance), nullable=True))
    note: str = Field(default="", max_length=1000)
    url: str = Field(default="", max_length=1000)
    name: str = Field(default="", max_length=120)
    role: str = Field(default="", max_length=120)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: Outcome | None = Field(default=None, sa_column=Column(enum_column(Outcome), nullable=True))
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decider_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    reason: str = Field(default="", max_length=500)
    became_id: int | None = Field(default=None, foreign_key="positions.id", index=True, ondelete="RESTRICT")
    version: int = Field(default=1)

    def state(self, now: datetime) -> State:
        return state_of(self, now)


def state_of(row: Any, now: datetime) -> State:
    """Of a request, or the columns that tell it. An answer may be decided on however long it took."""
    if row.outcome:
        return State(row.outcome.value)
    if row.answer:
        return State.ANSWERED
    return State.WAITING if row.expires_at > now else State.EXPIRED

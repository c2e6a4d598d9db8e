"""The address at which a member's calendar fetches their next steps. Only a hash of it is kept."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class TaskCalendar(SQLModel, table=True):
    """One for each person who wants it; renewed, the address before leads nowhere."""

    __tablename__ = "task_calendars"

    person_id: int = Field(primary_key=True, foreign_key="persons.id", ondelete="CASCADE")
    token_hash: str = Field(unique=True, max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime)

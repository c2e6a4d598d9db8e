"""That somebody is at work on a text right now. Forgotten when it is over; nothing in the record depends on it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Presence(SQLModel, table=True):
    __tablename__ = "presences"

    proposal_id: int = Field(foreign_key="proposals.id", primary_key=True, ondelete="CASCADE")
    language: str = Field(primary_key=True, max_length=2)
    person_id: int = Field(foreign_key="persons.id", primary_key=True, index=True, ondelete="CASCADE")
    seen_at: datetime = Field(sa_type=UtcDateTime)

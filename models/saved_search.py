"""A search a member follows: they are told of what is found by it from then on."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class SavedSearch(SQLModel, table=True):
    """`key` is the query of the search page, in the order `relais.topics` gives it; told is what the ledger holds after `since_event`."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", ondelete="CASCADE")
    key: str = Field(max_length=500)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    since_event: int = Field(default=0)

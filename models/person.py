"""An account. The address is private and never leaves the record; `name` is what others see; `seen_event_id` the last event seen."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime


class Person(SQLModel, table=True):
    __tablename__ = "persons"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: int = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    name: str = Field(default="", max_length=120)
    language: str = Field(default="fr", max_length=2)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_event_id: int = Field(default=0)
    version: int = Field(default=1)

"""A document or a page that something in the record rests on."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime
from models.dated import Dated, date_checks


class Source(Dated, table=True):
    """Its effective date is the day it was published; `retrieved_on` the day somebody read it."""

    __tablename__ = "sources"
    __table_args__ = date_checks()

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    title: str = Field(max_length=300)
    publisher: str = Field(default="", max_length=200)
    language: str = Field(max_length=2)
    url: str = Field(default="", max_length=1000)
    retrieved_on: date | None = Field(default=None)
    note_fr: str = Field(default="", max_length=1000)
    note_en: str = Field(default="", max_length=1000)
    version: int = Field(default=1)


class SourceCheck(SQLModel, table=True):
    """Somebody looked whether a source is still where it was. Append-only."""

    __tablename__ = "source_checks"

    id: int = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="sources.id", index=True, ondelete="RESTRICT")
    checked_on: date
    reachable: bool
    note: str = Field(default="", max_length=500)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorder_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")

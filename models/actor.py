"""Who can take a position: a state, an institution, an organisation, or several together of a stated number."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column
from sqlmodel import Field, SQLModel

from models.columns import Json, enum_column


class ActorKind(StrEnum):
    MEMBER_STATE = "member_state"
    INSTITUTION = "institution"
    DIRECTORATE_GENERAL = "directorate_general"
    PERMANENT_REPRESENTATION = "permanent_representation"
    MINISTRY = "ministry"
    COMMITTEE = "committee"
    ASSOCIATION = "association"
    COOPERATIVE = "cooperative"
    COMPANY = "company"
    NETWORK = "network"
    PUBLIC_BODY = "public_body"
    COMMUNITY = "community"


class Actor(SQLModel, table=True):
    """`names` holds one name per language, French and English at least; `size` the stated number of a collective actor.

    `since` and `until` are the first and the last day it was there, where known; `part_of_id` the body or state it belongs to.
    """

    __tablename__ = "actors"
    __table_args__ = (
        CheckConstraint("size IS NULL OR size > 1", name="several"),
        CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="ends_after"),
    )

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=80)
    kind: ActorKind = Field(sa_column=Column(enum_column(ActorKind), nullable=False))
    code: str | None = Field(default=None, unique=True, max_length=12)
    names: dict[str, Any] = Field(sa_column=Column(Json, nullable=False))
    size: int | None = Field(default=None)
    since: date | None = Field(default=None)
    until: date | None = Field(default=None)
    part_of_id: int | None = Field(default=None, foreign_key="actors.id", index=True, ondelete="RESTRICT")
    note_fr: str = Field(default="", max_length=1000)
    note_en: str = Field(default="", max_length=1000)
    version: int = Field(default=1)

    def name(self, language: str) -> str:
        return str(self.names.get(language) or self.names["en"])

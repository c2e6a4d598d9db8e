"""A working group, and the role a person has in it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, enum_column


class Role(StrEnum):
    OBSERVER = "observer"
    COMMENTER = "commenter"
    EDITOR = "editor"
    COORDINATOR = "coordinator"

    @property
    def may_comment(self) -> bool:
        return self is not Role.OBSERVER

    @property
    def may_edit(self) -> bool:
        return self in (Role.EDITOR, Role.COORDINATOR)


class Group(SQLModel, table=True):
    __tablename__ = "groups"

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=80)
    name_fr: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    description_fr: str = Field(default="", max_length=1000)
    description_en: str = Field(default="", max_length=1000)
    version: int = Field(default=1)


class Membership(SQLModel, table=True):
    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="groups.id", ondelete="RESTRICT")
    person_id: int = Field(foreign_key="persons.id", index=True, ondelete="RESTRICT")
    role: Role = Field(sa_column=Column(enum_column(Role), nullable=False))
    joined_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)

"""The words of a proposal in one language, and every saved version of them."""

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime

FIELDS = ("title", "summary", "body")

# The official languages of the Union, the two of the interface first.
Tongue = Literal[
    "fr", "en", "bg", "cs", "da", "de", "el", "es", "et", "fi", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
]  # fmt: skip


class Text(SQLModel, table=True):
    """What readers see now: the words of its last revision, with the Markdown rendered once, and folded once to be looked for in."""

    __tablename__ = "texts"
    __table_args__ = (UniqueConstraint("proposal_id", "language"), CheckConstraint("title <> ''", name="titled"))

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", ondelete="RESTRICT")
    language: str = Field(max_length=2)
    title: str = Field(max_length=160)
    summary: str = Field(default="", max_length=2000)
    body: str = Field(default="")
    body_html: str = Field(default="")
    search_text: str = Field(default="", sa_column_kwargs={"server_default": ""})
    number: int = Field(default=0)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class Revision(SQLModel, table=True):
    """One saved version of a Text. Append-only; numbered per text from 1; `translates_id` is the revision it was made from.

    One that `continues` the one before was saved by the same author soon after: a history tells the two as one. `restores` is the number
    of the earlier revision whose words came back, `suggester_id` who proposed the words that the author took.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("text_id", "number"), CheckConstraint("number > 0", name="numbered"))

    id: int = Field(default=None, primary_key=True)
    text_id: int = Field(foreign_key="texts.id", ondelete="RESTRICT")
    number: int
    title: str = Field(max_length=160)
    summary: str = Field(default="", max_length=2000)
    body: str = Field(default="")
    note: str = Field(default="", max_length=300)
    minor: bool = Field(default=False)
    continues: bool = Field(default=False)
    restores: int | None = Field(default=None)
    author_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    suggester_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    translates_id: int | None = Field(default=None, foreign_key="revisions.id", index=True, ondelete="RESTRICT")
    saved_at: datetime = Field(sa_type=UtcDateTime)

"""What is looked for: one row of words for each record, folded and stemmed, at its place in the order of hits."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import enum_column


class RecordKind(StrEnum):
    """What can be found, each the table of its rows. A proposal is found by its texts, in whatever language."""

    PROPOSAL = "proposal"
    ENTRY = "entry"
    COMMENT = "comment"
    SOURCE = "source"
    ACTOR = "actor"


def place(day: date, kind: RecordKind, record_id: int) -> int:
    """A number that grows with the day; of one day with the kind, from actors up to proposals, and of one kind with the id."""
    return day.toordinal() << 40 | (len(RecordKind) - list(RecordKind).index(kind)) << 36 | record_id


def placed(number: int) -> tuple[RecordKind, int]:
    """The kind and the id that `place` wrote so."""
    return _KINDS[-(number >> 36 & 0xF)], number & (1 << 36) - 1


_KINDS = tuple(RecordKind)


class SearchRow(SQLModel, table=True):
    """Made from a record, never by hand: `python -m relais reindex` makes all of them again. The id is its place.

    `search_text` is what relais.index wrote, indexed by FTS5 on SQLite and by GIN on PostgreSQL; `languages` those of its words.
    """

    __tablename__ = "search_rows"
    __table_args__ = (
        UniqueConstraint("kind", "record_id"),
        Index("ix_search_rows_facts", "id", "kind", "record_id", "proposal_id", "languages"),  # a hit is looked at without its words
    )

    id: int = Field(default=None, sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    kind: RecordKind = Field(sa_column=Column(enum_column(RecordKind, "kind"), nullable=False))
    record_id: int
    proposal_id: int | None = Field(default=None, foreign_key="proposals.id", index=True, ondelete="CASCADE")
    languages: str = Field(default="", max_length=80)
    search_text: str

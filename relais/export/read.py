"""How the export reads: plain values instead of objects, a batch of rows in memory at a time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Enum, Select, String, type_coerce
from sqlalchemy.types import UserDefinedType
from sqlmodel import Session

from models.columns import UtcDateTime

BATCH = 200


def read(session: Session, statement: Select[Any]) -> Iterator[Any]:
    """The rows of a statement, fetched as they are asked for, on both engines; who stops early leaves no cursor open."""
    with session.connection().execute(statement, execution_options={"yield_per": BATCH}) as result:
        for batch in result.partitions():
            yield from batch


class Merge:
    """Rows ordered by their first column, handed out by its value: `take(7)` gives the rows of 7 and forgets those before."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self.rows = rows
        self.row = next(rows, None)

    def take(self, key: int) -> list[Any]:
        taken, row = [], self.row
        while row is not None and row[0] <= key:
            if row[0] == key:
                taken.append(row)
            row = next(self.rows, None)
        self.row = row
        return taken


def columns(table: Any, names: str) -> list[Any]:
    return [_plain(getattr(table, name), name) for name in names.split()]


class Instant(UserDefinedType[str]):
    """An instant as ISO 8601 in UTC, to the second. SQLite keeps it as text, in UTC, so that it need not be taken apart."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:  # noqa: ARG002  as SQLAlchemy calls it
        return _cut if dialect.name == "sqlite" else _written


def _cut(kept: str | None) -> str | None:
    return f"{kept[:10]}T{kept[11:19]}Z" if kept else None


def _written(kept: datetime | None) -> str | None:
    return kept.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if kept else None


def _plain(column: Any, name: str) -> Any:
    """Enums and instants as the text they are kept as: making objects of them takes as long as all the rest."""
    if isinstance(column.type, Enum):
        return type_coerce(column, String).label(name)
    if isinstance(column.type, UtcDateTime):
        return type_coerce(column, Instant).label(name)
    return column

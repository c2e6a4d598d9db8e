"""Tables changed in place on either engine.

SQLite can add no constraint to a table and change none: there a table is made again from its own words, changed, with the rows, the
indexes and the triggers it had. Alembic's batch mode would forget its CHECKs and the guards of what is append-only.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from alembic import op


@dataclass(frozen=True)
class Addition:
    """Columns of a table as (type, default in SQL or None for one that may be null), those that point to another, and CHECKs by name.

    A pointer names a table, whose `id` is meant, or the column of one: `presidencies.slug`.
    """

    table: str
    columns: Mapping[str, tuple[Any, str | None]]
    pointers: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)

    def add(self) -> None:
        if _postgresql():
            for words in (*self._columns(), *self._constraints()):
                op.execute(f"ALTER TABLE {self.table} ADD {words}")
        else:
            _remake(self.table, self._widened)
        for column in self.pointers:
            op.create_index(op.f(f"ix_{self.table}_{column}"), self.table, [column])

    def drop(self) -> None:
        for column in self.pointers:
            op.drop_index(op.f(f"ix_{self.table}_{column}"), self.table)
        if _postgresql():
            for column in self.columns:
                op.execute(f"ALTER TABLE {self.table} DROP COLUMN {column}")
        else:
            _remake(self.table, self._narrowed)

    def _columns(self) -> list[str]:
        dialect = op.get_bind().dialect
        return [
            f"{name} {kind.compile(dialect=dialect)}" + (f" DEFAULT {default} NOT NULL" if default else "")
            for name, (kind, default) in self.columns.items()
        ]

    def _constraints(self) -> list[str]:
        points = [
            f"CONSTRAINT fk_{self.table}_{column}_{other} FOREIGN KEY({column}) REFERENCES {other} ({key or 'id'}) ON DELETE RESTRICT"
            for column, (other, _, key) in ((column, target.partition(".")) for column, target in self.pointers.items())
        ]
        return points + [f"CONSTRAINT ck_{self.table}_{name} CHECK ({condition})" for name, condition in self.checks.items()]

    def _widened(self, words: str) -> str:
        """Columns stand before the first constraint of a table, constraints at its end."""
        head, first, tail = words.partition(", \n\tCONSTRAINT")
        columns = "".join(f", \n\t{column}" for column in self._columns())
        rules = "".join(f", \n\t{rule}" for rule in self._constraints())
        return f"{head}{columns}{first}{tail.rstrip().removesuffix(')').rstrip()}{rules}\n)"

    def _narrowed(self, words: str) -> str:
        for line in (*self._columns(), *self._constraints()):
            words = words.replace(f", \n\t{line}", "")
        return words


def remove(table: str, *columns: str) -> None:
    """Take columns away, with the UNIQUE constraint of one of them; their indexes must be gone."""

    def narrowed(words: str) -> str:
        *lines, last = words.rstrip().removesuffix(")").rstrip().split(", \n\t")
        unique = tuple(f"UNIQUE ({column})" for column in columns)
        return ", \n\t".join(line for line in (*lines, last) if line.split()[0] not in columns and not line.endswith(unique)) + "\n)"

    if _postgresql():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    else:
        _remake(table, narrowed)


def allow(table: str, column: str, check: str, values: tuple[str, ...]) -> None:
    """Replace the list of values the CHECK allows. Rows with other values go: nothing could read them."""
    listed = ", ".join(f"'{value}'" for value in values)
    if _postgresql():
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        op.execute(f"DELETE FROM {table} WHERE {column} NOT IN ({listed})")
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {check}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {check} CHECK ({column} IN ({listed}))")
    else:
        rule = re.compile(rf"(CONSTRAINT {check} CHECK \({column} IN )\([^)]*\)")
        _remake(table, lambda words: rule.sub(rf"\1({listed})", words), f"WHERE {column} IN ({listed})")


def allow_also(table: str, column: str, check: str, *values: str) -> None:
    """Let the CHECK allow these values too, whatever it allows so far."""
    allow(table, column, check, (*_allowed(table, check), *values))


def forbid(table: str, column: str, check: str, *values: str) -> None:
    """Let the CHECK allow these values no more. Rows that have them go."""
    allow(table, column, check, tuple(value for value in _allowed(table, check) if value not in values))


def _allowed(table: str, check: str) -> list[str]:
    """What the CHECK lists, in its order."""
    if _postgresql():
        made = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :check AND conrelid = CAST(:table AS regclass)")
        words = op.get_bind().execute(made, {"check": check, "table": table}).scalar_one()
    else:
        made = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
        found = re.search(rf"CONSTRAINT {check} CHECK \([^(]*\(([^)]*)\)", op.get_bind().execute(made, {"table": table}).scalar_one())
        words = found[1] if found else ""
    return re.findall(r"'([^']*)'", words)


def one_of(name: str, *values: str) -> sa.Enum:
    """Text with a CHECK of that name."""
    return sa.Enum(*values, name=op.f(name), native_enum=False, create_constraint=True, length=32)


def append_only(table: str) -> None:
    """Let the database itself refuse to change or remove a row."""
    if _postgresql():
        op.execute(f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
        op.execute(f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()")
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{act.lower()} BEFORE {act} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END"
        )


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _remake(table: str, change: Callable[[str], str], which: str = "") -> None:
    """Make a table again from its own words, with the rows, indexes and triggers it had."""
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY type = 'table' DESC"
    words, *others = op.get_bind().execute(sa.text(made), {"table": table}).scalars().all()
    had = _names(table)
    op.execute(change(re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE new_{table}", words)))
    kept = ", ".join(name for name in had if name in _names(f"new_{table}"))
    op.execute(f"INSERT INTO new_{table} ({kept}) SELECT {kept} FROM {table} {which}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    for other in others:
        op.execute(other)


def _names(table: str) -> list[str]:
    return list(op.get_bind().execute(sa.text(f"SELECT name FROM pragma_table_info('{table}')")).scalars())

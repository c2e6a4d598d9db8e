"""A PostgreSQL database made as it was after its migrations: rows and numbers gone, when nothing but those had changed."""

from contextlib import suppress
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

# Everything a test may change of a database but the rows: tables, columns, what they check, what guards them, and its settings.
_SHAPE = """
SELECT md5(string_agg(said, '|' ORDER BY said)) FROM (
  SELECT concat_ws(' ', 'class', oid, relname, relkind) FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT concat_ws(' ', 'column', attrelid, attname, atttypid, attnotnull, attisdropped) FROM pg_attribute
  WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
  UNION ALL SELECT concat_ws(' ', 'default', adrelid, adnum, adbin) FROM pg_attrdef
  UNION ALL SELECT concat_ws(' ', 'constraint', oid, conname, convalidated) FROM pg_constraint
  UNION ALL SELECT concat_ws(' ', 'trigger', oid, tgname, tgenabled) FROM pg_trigger
  UNION ALL SELECT concat_ws(' ', 'function', oid, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'setting', setconfig::text) FROM pg_db_role_setting
    WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
) AS everything(said)
"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
_USED = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

Kept = tuple[tuple[str, str], ...]
Shape = tuple[str, Kept]


class Emptied:
    """One database that is emptied again and again. The connection it is done by stays: a new one has the whole catalogue to read first."""

    def __init__(self, address: str) -> None:
        self.address, self.times = address, 0
        self._connection: psycopg.Connection[Any] | None = None

    def shape(self) -> Shape:
        """How the database is built, and the rows its migrations put there, by table."""
        connection = self._connected()
        return _built(connection), tuple((table, _rows(connection, table)) for table in _filled(connection))

    def cleared(self, wanted: Shape) -> bool:
        """Make it as it was; False where more than rows has changed, or rows of the migrations have."""
        self.times += 1
        with suppress(psycopg.Error):
            return _clear(self._connected(), *wanted)
        return False

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = psycopg.connect(self.address, autocommit=True)
            self._connection.execute("SET session_replication_role = replica")  # neither guards nor foreign keys stand in the way
        return self._connection


def _clear(connection: psycopg.Connection[Any], built: str, kept: Kept) -> bool:
    connection.execute(_OTHERS)
    if _built(connection) != built:
        return False
    for table in set(_filled(connection)) - {name for name, _ in kept}:
        connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
    for (sequence,) in connection.execute(_USED).fetchall():
        connection.execute(SQL("ALTER SEQUENCE {} RESTART").format(Identifier(sequence)))
    return all(_rows(connection, table) == rows for table, rows in kept)


def _built(connection: psycopg.Connection[Any]) -> str:
    return str(_one(connection.execute(_SHAPE)))


def _filled(connection: psycopg.Connection[Any]) -> list[str]:
    """The tables that hold a row."""
    tables = [table for (table,) in connection.execute(_TABLES).fetchall()]
    each = SQL(" UNION ALL ").join(SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(table, Identifier(table)) for table in tables)
    return [table for (table,) in connection.execute(each).fetchall()]


def _rows(connection: psycopg.Connection[Any], table: str) -> str:
    said = SQL("SELECT string_agg(t::text, '|' ORDER BY t::text) FROM {} AS t").format(Identifier(table))
    return str(_one(connection.execute(said)))


def _one(cursor: psycopg.Cursor[Any]) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None

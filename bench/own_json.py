"""The database's own JSON of the tables an export is made from, row by row: what it writes without any program of ours."""

from typing import Any

from sqlalchemy import Engine

TABLES = (
    "groups", "themes", "sources", "actors", "presidencies", "proposals", "proposal_themes", "texts", "moves", "positions", "entries",
    "entry_proposals", "citations", "comments",
)  # fmt: skip


def dumped(engine: Engine) -> tuple[int, int]:
    """How many proposals there are, and how many bytes all rows took."""
    connection = engine.raw_connection()
    try:
        size = sum((_copied if engine.dialect.name == "postgresql" else _selected)(connection.driver_connection, table) for table in TABLES)
        cursor = connection.cursor()
        cursor.execute("SELECT count(*) FROM proposals")
        return int(cursor.fetchall()[0][0]), size
    finally:
        connection.close()


def _selected(connection: Any, table: str) -> int:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    members = ", ".join(f"'{name}', {name}" for name in names)
    return sum(len(row[0]) + 1 for row in connection.execute(f"SELECT json_object({members}) FROM {table}"))


def _copied(connection: Any, table: str) -> int:
    with connection.cursor() as cursor, cursor.copy(f"COPY (SELECT row_to_json(t) FROM {table} t) TO STDOUT") as rows:
        return sum(len(block) for block in rows)

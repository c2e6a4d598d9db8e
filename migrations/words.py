"""The index of words, emptied: `relais migrate` makes it again."""

from alembic import op

ADDED = "INSERT INTO search_words (rowid, search_text) VALUES (new.id, new.search_text);"
GONE = "INSERT INTO search_words (search_words, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
FOLLOWS = {"insert": ADDED, "delete": GONE, "update": f"{GONE} {ADDED}"}


def forget() -> None:
    """All at once: one row after the other, SQLite would note of each word that it is gone."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("TRUNCATE search_rows")
        return
    for act in FOLLOWS:
        op.execute(f"DROP TRIGGER search_rows_after_{act}")
    op.execute("DELETE FROM search_rows")
    op.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    follow()


def follow() -> None:
    """SQLite keeps the words of the rows by triggers."""
    for act, what in FOLLOWS.items():
        op.execute(f"CREATE TRIGGER search_rows_after_{act} AFTER {act.upper()} ON search_rows BEGIN {what} END")

"""The words of records are written in another way: `relais migrate` makes the index again. And what may be seen stands beside ids."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

INDEXES = {
    "proposals": ("ix_proposals_seen", ["id", "public", "group_id", "stage"]),
    "entries": ("ix_entries_seen", ["id", "public", "group_id"]),
    "comments": ("ix_comments_seen", ["id", "public", "hidden_at"]),
}
ADDED = "INSERT INTO search_words (rowid, search_text) VALUES (new.id, new.search_text);"
GONE = "INSERT INTO search_words (search_words, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
FOLLOWS = {"insert": ADDED, "delete": GONE, "update": f"{GONE} {ADDED}"}


def upgrade() -> None:
    _empty()
    for table, (name, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for table, (name, _) in INDEXES.items():
        op.drop_index(name, table)
    _empty()


def _empty() -> None:
    """All at once: one row after the other, SQLite would note of each word that it is gone."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("TRUNCATE search_rows")
        return
    for act in FOLLOWS:
        op.execute(f"DROP TRIGGER search_rows_after_{act}")
    op.execute("DELETE FROM search_rows")
    op.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    for act, what in FOLLOWS.items():
        op.execute(f"CREATE TRIGGER search_rows_after_{act} AFTER {act.upper()} ON search_rows BEGIN {what} END")

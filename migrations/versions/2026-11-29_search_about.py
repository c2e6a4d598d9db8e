"""The words of records are written in another way: `relais migrate` makes the index again. And what may be seen stands beside ids."""

from alembic import op

from migrations.words import forget

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

INDEXES = {
    "proposals": ("ix_proposals_seen", ["id", "public", "group_id", "stage"]),
    "entries": ("ix_entries_seen", ["id", "public", "group_id"]),
    "comments": ("ix_comments_seen", ["id", "public", "hidden_at"]),
}


def upgrade() -> None:
    forget()
    for table, (name, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for table, (name, _) in INDEXES.items():
        op.drop_index(name, table)
    forget()

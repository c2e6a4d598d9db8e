"""Searches that members follow, and what is found by a search as something to follow."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import allow_also, forbid

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FOUND = (("subscriptions", "kind"), ("webhooks", "topic"), ("notices", "kind"))


def upgrade() -> None:
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_saved_searches_person_id_persons"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_saved_searches_person_id_key")),
    )
    for table, column in FOUND:
        allow_also(table, column, f"ck_{table}_{column}", "found")


def downgrade() -> None:
    for table, column in FOUND:
        forbid(table, column, f"ck_{table}_{column}", "found")
    op.drop_table("saved_searches")

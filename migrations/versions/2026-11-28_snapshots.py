"""Reports frozen as snapshots, those withdrawn, and the acts of doing so."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import allow_also, append_only, forbid

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW_KINDS = ("snapshot_frozen", "snapshot_withdrawn")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("known_event", sa.Integer(), nullable=False),
        sa.Column("known_at", MOMENT, nullable=True),
        sa.Column("software", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_snapshots_titled")),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_snapshots_author_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("key", name=op.f("uq_snapshots_key")),
    )
    op.create_index("ix_snapshots_author_id", "snapshots", ["author_id"])
    op.create_index("ix_snapshots_digest", "snapshots", ["digest"])
    op.create_table(
        "snapshot_withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_snapshot_withdrawals_reasoned")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_snapshot_withdrawals_snapshot_id_snapshots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_snapshot_withdrawals_author_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_withdrawals")),
        sa.UniqueConstraint("snapshot_id", name=op.f("uq_snapshot_withdrawals_snapshot_id")),
    )
    op.create_index("ix_snapshot_withdrawals_author_id", "snapshot_withdrawals", ["author_id"])
    for table in ("snapshots", "snapshot_withdrawals"):
        append_only(table)
    allow_also("events", "kind", "ck_events_kind", *NEW_KINDS)


def downgrade() -> None:
    forbid("events", "kind", "ck_events_kind", *NEW_KINDS)
    op.drop_table("snapshot_withdrawals")
    op.drop_table("snapshots")

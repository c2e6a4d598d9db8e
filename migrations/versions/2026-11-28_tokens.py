"""Tokens for programs, and the acts of making and ending one."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import allow_also, forbid, one_of

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NEW_KINDS = ("token_made", "token_ended")


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scope", one_of("ck_tokens_scope", "read", "write"), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_tokens_group_id_groups"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["created_by"], ["persons.id"], name=op.f("fk_tokens_created_by_persons"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_tokens_token_hash")),
    )
    op.create_index("ix_tokens_group_id", "tokens", ["group_id"])
    op.create_index("ix_tokens_created_by", "tokens", ["created_by"])
    allow_also("events", "kind", "ck_events_kind", *NEW_KINDS)


def downgrade() -> None:
    forbid("events", "kind", "ck_events_kind", *NEW_KINDS)
    op.drop_table("tokens")

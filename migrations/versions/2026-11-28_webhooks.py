"""Working groups have programs told of what happens: addresses, the keys their messages are signed with, messages, and calls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.tables import allow_also, forbid, one_of

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NEW_KINDS = ("webhook_added", "webhook_changed", "webhook_ended", "webhook_removed")
TOPICS = ("everything", "proposal", "group", "theme", "actor", "presidency", "search")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("topic", one_of("ck_webhooks_topic", *TOPICS), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kinds", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("since_event", sa.Integer(), nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_why", one_of("ck_webhooks_ended_why", "gone", "failing"), nullable=True),
        sa.Column("failing_since", MOMENT, nullable=True),
        sa.Column("busy_until", MOMENT, nullable=True),
        sa.Column("rest_until", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name=op.f("ck_webhooks_ended_with_a_reason")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_webhooks_group_id_groups"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index("ix_webhooks_group_id", "webhooks", ["group_id"])
    op.create_table(
        "webhook_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_keys_webhook_id_webhooks"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_keys")),
        sa.UniqueConstraint("salt", name=op.f("uq_webhook_keys_salt")),
    )
    op.create_index("ix_webhook_keys_webhook_id", "webhook_keys", ["webhook_id"])
    op.create_table(
        "webhook_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_messages_webhook_id_webhooks"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_webhook_messages_event_id_events"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_messages")),
        sa.UniqueConstraint("webhook_id", "event_id", name=op.f("uq_webhook_messages_webhook_id_event_id")),
        sa.UniqueConstraint("name", name=op.f("uq_webhook_messages_name")),
    )
    for column in ("event_id", "made_at", "due_at"):
        op.create_index(f"ix_webhook_messages_{column}", "webhook_messages", [column])
    op.create_index("ix_webhook_messages_webhook_id_due_at", "webhook_messages", ["webhook_id", "due_at"])
    op.create_table(
        "webhook_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["webhook_messages.id"], name=op.f("fk_webhook_attempts_message_id_webhook_messages"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_attempts")),
    )
    op.create_index("ix_webhook_attempts_message_id", "webhook_attempts", ["message_id"])
    allow_also("events", "kind", "ck_events_kind", *NEW_KINDS)


def downgrade() -> None:
    for table in ("webhook_attempts", "webhook_messages", "webhook_keys", "webhooks"):
        op.drop_table(table)
    forbid("events", "kind", "ck_events_kind", *NEW_KINDS)

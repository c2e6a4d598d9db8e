"""Stakeholders follow without an account: subscribers, what they follow, and what is owed them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.tables import one_of

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = ("everything", "proposal", "group", "theme", "actor", "presidency", "search")
PACES = ("at_once", "daily", "weekly", "handover")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    for create in (_subscribers, _subscriptions, _mailings, _deliveries, _bookmarks):
        create()


def downgrade() -> None:
    for table in ("bookmarks", "deliveries", "mailings", "subscriptions", "subscribers"):
        op.drop_table(table)


def _subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.Column("paused_until", INSTANT, nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_why = '')", name=op.f("ck_subscribers_ended_with_a_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        sa.UniqueConstraint("email", name=op.f("uq_subscribers_email")),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("ck_subscriptions_kind", *KINDS), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("news", JSON, nullable=False),
        sa.Column("pace", one_of("ck_subscriptions_pace", *PACES), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("since_event", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("network", sa.String(length=45), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_subscriptions_a_day_of_the_week")),
        sa.CheckConstraint("(confirmed_at IS NULL) = (consent = '')", name=op.f("ck_subscriptions_confirmed_to_words")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name=op.f("fk_subscriptions_subscriber_id_subscribers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("subscriber_id", "kind", "key", name=op.f("uq_subscriptions_subscriber_id_kind_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_subscriptions_token_hash")),
    )
    op.create_index("ix_subscriptions_kind_key", "subscriptions", ["kind", "key"])
    op.create_index(op.f("ix_subscriptions_due_at"), "subscriptions", ["due_at"])


def _mailings() -> None:
    op.create_table(
        "mailings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("composed_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(subscriber_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_mailings_to_one_of_them")),
        sa.CheckConstraint("sent_at IS NULL OR ended_at IS NULL", name=op.f("ck_mailings_one_end")),
        sa.CheckConstraint("(due_at IS NULL) = (sent_at IS NOT NULL OR ended_at IS NOT NULL)", name=op.f("ck_mailings_owed_or_over")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name=op.f("fk_mailings_subscriber_id_subscribers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_mailings_person_id_persons"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mailings_message_id")),
    )
    for column in ("due_at", "person_id", "subscriber_id"):
        op.create_index(op.f(f"ix_mailings_{column}"), "mailings", [column])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_deliveries_event_id_events"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name=op.f("fk_deliveries_subscriber_id_subscribers"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_deliveries_subscription_id_subscriptions"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailings.id"], name=op.f("fk_deliveries_mailing_id_mailings"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("event_id", "subscriber_id", name=op.f("uq_deliveries_event_id_subscriber_id")),
    )
    op.create_index("ix_deliveries_subscriber_id_due_at", "deliveries", ["subscriber_id", "due_at"])
    for column in ("mailing_id", "subscription_id"):
        op.create_index(op.f(f"ix_deliveries_{column}"), "deliveries", [column])


def _bookmarks() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name=op.f("pk_bookmarks")),
    )

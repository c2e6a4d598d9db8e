"""One letter asks for consent to all that an address would follow: it is owed by the address."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import Addition, remove

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OWED = {"due_at": (INSTANT, None), "attempts": (sa.Integer(), "0")}
BY_ADDRESS = Addition("subscribers", {**OWED, "asked_at": (INSTANT, None)})
BY_TOPIC = Addition("subscriptions", {**OWED, "token_hash": (sa.String(64), None)})
ASKED_FROM = Addition("subscriptions", {"asked_from": (sa.String(64), "''")})


def upgrade() -> None:
    op.drop_index(op.f("ix_subscriptions_due_at"), "subscriptions")
    op.drop_index("ix_subscriptions_token_hash", "subscriptions", if_exists=True)  # a downgrade makes one
    remove("subscriptions", *BY_TOPIC.columns)
    ASKED_FROM.add()
    op.create_index("ix_subscriptions_asked_from_asked_at", "subscriptions", ["asked_from", "asked_at"])
    BY_ADDRESS.add()
    op.create_index(op.f("ix_subscribers_due_at"), "subscribers", ["due_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_subscribers_due_at"), "subscribers")
    BY_ADDRESS.drop()
    op.drop_index("ix_subscriptions_asked_from_asked_at", "subscriptions")
    ASKED_FROM.drop()
    BY_TOPIC.add()
    op.create_index("ix_subscriptions_token_hash", "subscriptions", ["token_hash"], unique=True)
    op.create_index(op.f("ix_subscriptions_due_at"), "subscriptions", ["due_at"])

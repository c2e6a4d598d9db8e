"""Organisations are asked by letter to confirm their positions; their answers wait for a coordinator."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import allow_also, forbid, one_of

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NEW_KINDS = (
    "confirmation_asked", "confirmation_withdrawn", "confirmation_answered", "confirmation_approved", "confirmation_refused",
)  # fmt: skip
STANCES = ("initiated", "supports", "supports_with_reservations", "took_part", "neutral", "absent", "opposes")
PRECISIONS = ("day", "by", "month", "half_year", "year", "undated")
POINTERS = {"position_id": "positions", "asker_id": "persons", "decider_id": "persons", "became_id": "positions"}
CHECKS = {
    "dated_or_not": "(precision = 'undated') = (effective_on IS NULL)",
    "ends_after": "effective_until IS NULL OR (precision = 'day' AND effective_until > effective_on)",
    "answered_at_some_time": "(answer IS NULL) = (answered_at IS NULL)",
    "decided_at_some_time": "(outcome IS NULL) = (decided_at IS NULL)",
    "an_answer_is_decided_on": "outcome IS NULL OR (outcome = 'withdrawn') = (answer IS NULL)",
    "another_stance": "(stance IS NOT NULL) = (answer IS NOT NULL AND answer = 'other')",
}


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("precision", one_of("ck_confirmations_precision", *PRECISIONS), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("link", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("due_at", instant, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", instant, nullable=True),
        sa.Column("answer", one_of("ck_confirmations_reply", "right", "other", "withdrawn"), nullable=True),
        sa.Column("stance", one_of("ck_confirmations_stance", *STANCES), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("answered_at", instant, nullable=True),
        sa.Column("outcome", one_of("ck_confirmations_outcome", "approved", "refused", "withdrawn"), nullable=True),
        sa.Column("decided_at", instant, nullable=True),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("became_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_confirmations_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_confirmations_{name}_{table}"), ondelete="RESTRICT")
            for name, table in POINTERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    for name in ("due_at", *POINTERS):
        op.create_index(f"ix_confirmations_{name}", "confirmations", [name])
    allow_also("events", "kind", "ck_events_kind", *NEW_KINDS)


def downgrade() -> None:
    forbid("events", "kind", "ck_events_kind", *NEW_KINDS)
    op.drop_table("confirmations")

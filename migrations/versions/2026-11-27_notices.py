"""Members are told of the acts that concern them: on a page of their own, and by letter as they choose."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.tables import one_of

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = ("mention", "reply", "task", "waiting", "decided")
PACES = ("at_once", "daily", "weekly", "never")


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("ck_notices_kind", *KINDS), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_notices_person_id_persons"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_notices_event_id_events"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailings.id"], name=op.f("fk_notices_mailing_id_mailings"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "event_id", name=op.f("uq_notices_person_id_event_id")),
    )
    op.create_index("ix_notices_event_id", "notices", ["event_id"])
    op.create_index("ix_notices_mailing_id", "notices", ["mailing_id"])
    op.create_index("ix_notices_person_id_read_at", "notices", ["person_id", "read_at"])
    op.create_index("ix_notices_person_id_due_at", "notices", ["person_id", "due_at"])
    op.create_table(
        "notice_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("pace", one_of("ck_notice_choices_pace", *PACES), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_notice_choices_a_day_of_the_week")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_notice_choices_person_id_persons"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_choices")),
        sa.UniqueConstraint("person_id", name=op.f("uq_notice_choices_person_id")),
    )


def downgrade() -> None:
    op.drop_table("notice_choices")
    op.drop_table("notices")

"""Reports saved with a name, and the acts of doing so."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import allow_also, forbid

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEW_KINDS = ("report_saved", "report_changed", "report_removed", "report_restored")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_reports_named")),
        sa.CheckConstraint("(person_id IS NULL) <> (group_id IS NULL)", name=op.f("ck_reports_owned")),
        sa.CheckConstraint("NOT public OR group_id IS NOT NULL", name=op.f("ck_reports_public_of_a_group")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_reports_person_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_reports_group_id_groups"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index("ix_reports_person_id", "reports", ["person_id"])
    op.create_index("ix_reports_group_id", "reports", ["group_id"])
    allow_also("events", "kind", "ck_events_kind", *NEW_KINDS)


def downgrade() -> None:
    forbid("events", "kind", "ck_events_kind", *NEW_KINDS)
    op.drop_table("reports")

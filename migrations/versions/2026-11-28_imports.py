"""Imports, what they made of which rows, claims taken back, and the acts of doing so."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.tables import allow_also, append_only, forbid

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NEW_KINDS = ("import_applied", "import_undone", "position_withdrawn", "entry_withdrawn")
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    _imports()
    _imported()
    _withdrawals()
    allow_also("events", "kind", "ck_events_kind", *NEW_KINDS)


def downgrade() -> None:
    forbid("events", "kind", "ck_events_kind", *NEW_KINDS)
    for table in ("withdrawals", "imported", "imports"):
        op.drop_table(table)


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_event", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undoer_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(content IS NULL) = (applied_at IS NOT NULL)", name=op.f("ck_imports_kept_until_applied")),
        sa.CheckConstraint("(applied_at IS NULL) = (last_event IS NULL)", name=op.f("ck_imports_applied_by_acts")),
        sa.CheckConstraint("undone_at IS NULL OR (applied_at IS NOT NULL AND undoer_id IS NOT NULL)", name=op.f("ck_imports_undone_after")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_imports_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_imports_person_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["undoer_id"], ["persons.id"], name=op.f("fk_imports_undoer_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    for column in ("group_id", "person_id", "undoer_id"):
        op.create_index(f"ix_imports_{column}", "imports", [column])


def _imported() -> None:
    op.create_table(
        "imported",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("print", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_imported_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_imported_import_id_imports"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported")),
        sa.UniqueConstraint("group_id", "origin", "kind", "external_id", name=op.f("uq_imported_group_id_origin_kind_external_id")),
    )
    op.create_index("ix_imported_import_id", "imported", ["import_id"])


def _withdrawals() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(position_id IS NULL) <> (entry_id IS NULL)", name=op.f("ck_withdrawals_one_claim")),
        sa.ForeignKeyConstraint(["position_id"], ["positions.id"], name=op.f("fk_withdrawals_position_id_positions"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_withdrawals_entry_id_entries"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["withdrawer_id"], ["persons.id"], name=op.f("fk_withdrawals_withdrawer_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawals")),
        sa.UniqueConstraint("position_id", name=op.f("uq_withdrawals_position_id")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_withdrawals_entry_id")),
    )
    op.create_index("ix_withdrawals_withdrawer_id", "withdrawals", ["withdrawer_id"])
    append_only("withdrawals")

"""A member's calendar may fetch their next steps, at an address only they know."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_calendars",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_task_calendars_person_id_persons"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_task_calendars")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_task_calendars_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("task_calendars")

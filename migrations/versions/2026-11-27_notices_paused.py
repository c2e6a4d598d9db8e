"""A member may hold letters of notices back until a day."""

import sqlalchemy as sa

from migrations.tables import Addition

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PAUSE = Addition("notice_choices", {"paused_until": (sa.DateTime(timezone=True), None)})


def upgrade() -> None:
    PAUSE.add()


def downgrade() -> None:
    PAUSE.drop()

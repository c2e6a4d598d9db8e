"""Which presidency a contact was for: a letter may go out before the presidency it is written to begins."""

import sqlalchemy as sa

from migrations.tables import Addition

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ADDED = Addition("entry_proposals", {"presidency": (sa.String(length=12), None)}, {"presidency": "presidencies.slug"})


def upgrade() -> None:
    ADDED.add()


def downgrade() -> None:
    ADDED.drop()

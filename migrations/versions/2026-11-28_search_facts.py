"""What is asked of a hit besides its words, beside each other: it is looked at without them."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_search_rows_facts", "search_rows", ["id", "kind", "record_id", "proposal_id", "languages"])


def downgrade() -> None:
    op.drop_index("ix_search_rows_facts", "search_rows")

"""Indexes of comments hold only those that have what they are of, and the newest act that is no comment is found at once."""

from alembic import op
from sqlalchemy import text

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SELDOM = ("parent_id", "revision_id", "resolver_id", "hider_id")


def upgrade() -> None:
    for column in SELDOM:
        _again(column, text(f"{column} IS NOT NULL"))
    others = text("subject <> 'comments'")
    op.create_index("ix_events_but_comments", "events", ["id"], sqlite_where=others, postgresql_where=others)


def downgrade() -> None:
    op.drop_index("ix_events_but_comments", "events")
    for column in SELDOM:
        _again(column, None)


def _again(column: str, given: object) -> None:
    name = f"ix_comments_{column}"
    op.drop_index(name, "comments")
    op.create_index(name, "comments", [column], sqlite_where=given, postgresql_where=given)

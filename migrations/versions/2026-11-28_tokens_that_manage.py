"""Tokens that run a group as its coordinator."""

from alembic import op

from migrations.tables import allow_also, forbid

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow_also("tokens", "scope", "ck_tokens_scope", "manage")


def downgrade() -> None:
    # Foreign keys are off while SQLite makes the table again: nothing else would take these rows along.
    op.execute("DELETE FROM token_writes WHERE token_id IN (SELECT id FROM tokens WHERE scope = 'manage')")
    forbid("tokens", "scope", "ck_tokens_scope", "manage")

"""The words of records are written in another way, with what is told of them crossed: `relais migrate` makes the index again."""

from migrations.words import forget

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    forget()


def downgrade() -> None:
    forget()

"""The index of words. It is filled by `python -m relais migrate` once the tables are there, and kept by triggers of the engine."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import one_of
from migrations.words import follow

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = ("proposal", "entry", "comment", "source", "actor")
# What is between spaces is a word: `ascii` takes every sign beyond ASCII for part of one.
WORDS = """
CREATE VIRTUAL TABLE search_words USING fts5(
  search_text, content='search_rows', content_rowid='id', tokenize='ascii', prefix='4 5 6', columnsize=1
)
"""


def upgrade() -> None:
    op.create_table(
        "search_rows",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", one_of("ck_search_rows_kind", *KINDS), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("languages", sa.String(length=80), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_search_rows_proposal_id_proposals"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_rows")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_search_rows_kind_record_id")),
    )
    op.create_index("ix_search_rows_proposal_id", "search_rows", ["proposal_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE search_rows ADD search_vector tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, search_text)) STORED"
        )
        op.execute("CREATE INDEX ix_search_rows_search_vector ON search_rows USING gin (search_vector)")
        return
    op.execute(WORDS)
    follow()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
    op.drop_table("search_rows")

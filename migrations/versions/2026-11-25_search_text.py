"""The words of a text as people look for them, kept beside it; the order of the list of proposals as an index."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 500
# As relais.wording folded on the day of this migration: whoever changes that folds every text again in a migration of its own.
UNDONE = str.maketrans({"’": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ł": "l", "Ł": "l"})


def upgrade() -> None:
    op.add_column("texts", sa.Column("search_text", sa.String(), server_default="", nullable=False))
    _fold_all()
    op.drop_index(op.f("ix_proposals_origin_id"), "proposals")
    op.create_index("ix_proposals_ordered", "proposals", ["origin_id", "rank", "id", "stage", "level", "public", "group_id"])
    op.create_index("ix_proposals_listed", "proposals", ["level", "stage", "origin_id", "public", "group_id"])


def downgrade() -> None:
    op.drop_index("ix_proposals_listed", "proposals")
    op.drop_index("ix_proposals_ordered", "proposals")
    op.create_index(op.f("ix_proposals_origin_id"), "proposals", ["origin_id"])
    op.drop_column("texts", "search_text")


def _fold_all() -> None:
    """Text by text in the order of their numbers, some at a time: there may be more than memory holds."""
    texts = sa.table("texts", *(sa.column(name) for name in ("id", "title", "summary", "body", "search_text")))
    some = sa.select(texts.c.id, texts.c.title, texts.c.summary, texts.c.body).order_by(texts.c.id).limit(AT_ONCE)
    fold = sa.update(texts).where(texts.c.id == sa.bindparam("text")).values(search_text=sa.bindparam("folded"))
    last = 0
    while rows := op.get_bind().execute(some.where(texts.c.id > last)).all():
        last = rows[-1].id
        op.get_bind().execute(fold, [{"text": row.id, "folded": _folded(f"{row.title}\n{row.summary}\n{row.body}")} for row in rows])


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(UNDONE))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()

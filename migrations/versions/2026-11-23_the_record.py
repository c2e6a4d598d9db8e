"""The record: every table of Relais, and the guards that keep what is append-only as it was written."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("moves", "positions", "entries", "revisions", "events", "comment_versions")


def upgrade() -> None:
    for create in (
        _actors,
        _groups,
        _persons,
        _sign_in_requests,
        _sources,
        _themes,
        _entries,
        _memberships,
        _presidencies,
        _proposals,
        _sessions,
        _sign_in_links,
        _comments,
        _entry_proposals,
        _events,
        _moves,
        _proposal_themes,
        _texts,
        _comment_versions,
        _revisions,
        _positions,
        _citations,
    ):
        create()
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    guard()


def downgrade() -> None:
    for table in (
        "citations",
        "positions",
        "revisions",
        "comment_versions",
        "texts",
        "proposal_themes",
        "moves",
        "events",
        "entry_proposals",
        "comments",
        "sign_in_links",
        "sessions",
        "proposals",
        "presidencies",
        "memberships",
        "entries",
        "themes",
        "sources",
        "sign_in_requests",
        "persons",
        "groups",
        "actors",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _guard_sqlite() -> None:
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{act.lower()} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END"
            )


def _guard_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    for table in APPEND_ONLY:
        op.execute(f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
        op.execute(f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()")


def _one_of(name: str, *values: str) -> sa.Enum:
    """Text with a CHECK of that name."""
    return sa.Enum(*values, name=op.f(name), native_enum=False, create_constraint=True, length=32)


def _actors() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                "ck_actors_actorkind",
                "member_state",
                "institution",
                "directorate_general",
                "association",
                "cooperative",
                "company",
                "network",
                "public_body",
                "community",
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=12), nullable=True),
        sa.Column("names", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("note_fr", sa.String(length=1000), nullable=False),
        sa.Column("note_en", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("size IS NULL OR size > 1", name=op.f("ck_actors_several")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
        sa.UniqueConstraint("code", name=op.f("uq_actors_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_actors_slug")),
    )


def _groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name_fr", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("description_fr", sa.String(length=1000), nullable=False),
        sa.Column("description_en", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("slug", name=op.f("uq_groups_slug")),
    )


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_persons_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("email", name=op.f("uq_persons_email")),
    )


def _sign_in_requests() -> None:
    op.create_table(
        "sign_in_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("client_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("next", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_requests")),
    )
    op.create_index("ix_sign_in_requests_address_hash_asked_at", "sign_in_requests", ["address_hash", "asked_at"])
    op.create_index(op.f("ix_sign_in_requests_answered_at"), "sign_in_requests", ["answered_at"])
    op.create_index("ix_sign_in_requests_client_hash_asked_at", "sign_in_requests", ["client_hash", "asked_at"])


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("precision", _one_of("ck_sources_precision", "day", "by", "month", "half_year", "year", "undated"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.Column("note_fr", sa.String(length=1000), nullable=False),
        sa.Column("note_en", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(precision = 'undated') = (effective_on IS NULL)", name=op.f("ck_sources_dated_or_not")),
        sa.CheckConstraint(
            "effective_until IS NULL OR (precision = 'day' AND effective_until > effective_on)", name=op.f("ck_sources_ends_after")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("slug", name=op.f("uq_sources_slug")),
    )


def _themes() -> None:
    op.create_table(
        "themes",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name_fr", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_themes")),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("precision", _one_of("ck_entries_precision", "day", "by", "month", "half_year", "year", "undated"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("family", _one_of("ck_entries_family", "institutional", "advocacy", "deadline"), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                "ck_entries_kind",
                "publication",
                "consultation",
                "vote",
                "decision",
                "conference",
                "handover",
                "meeting",
                "letter",
                "event",
                "answer",
                "deadline",
            ),
            nullable=False,
        ),
        sa.Column("state", _one_of("ck_entries_state", "done", "planned", "cancelled"), nullable=False),
        sa.Column("title_fr", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("label_fr", sa.String(length=20), nullable=False),
        sa.Column("label_en", sa.String(length=20), nullable=False),
        sa.Column("note_fr", sa.String(length=2000), nullable=False),
        sa.Column("note_en", sa.String(length=2000), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(precision = 'undated') = (effective_on IS NULL)", name=op.f("ck_entries_dated_or_not")),
        sa.CheckConstraint(
            "effective_until IS NULL OR (precision = 'day' AND effective_until > effective_on)", name=op.f("ck_entries_ends_after")
        ),
        sa.CheckConstraint("title_fr <> '' OR title_en <> ''", name=op.f("ck_entries_titled")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_entries_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["recorder_id"], ["persons.id"], name=op.f("fk_entries_recorder_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["supersedes_id"], ["entries.id"], name=op.f("fk_entries_supersedes_id_entries"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_entries_key")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_entries_supersedes_id")),
    )
    op.create_index(op.f("ix_entries_group_id"), "entries", ["group_id"])
    op.create_index(op.f("ix_entries_recorder_id"), "entries", ["recorder_id"])


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", _one_of("ck_memberships_role", "observer", "commenter", "editor", "coordinator"), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_memberships_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_memberships_person_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_memberships_group_id_person_id")),
    )
    op.create_index(op.f("ix_memberships_person_id"), "memberships", ["person_id"])


def _presidencies() -> None:
    op.create_table(
        "presidencies",
        sa.Column("slug", sa.String(length=12), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("trio", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("note_fr", sa.String(length=500), nullable=False),
        sa.Column("note_en", sa.String(length=500), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_presidencies_ends_after")),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_presidencies_actor_id_actors"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_presidencies_source_id_sources"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_presidencies")),
        sa.UniqueConstraint("starts_on", name=op.f("uq_presidencies_starts_on")),
    )
    op.create_index(op.f("ix_presidencies_actor_id"), "presidencies", ["actor_id"])
    op.create_index(op.f("ix_presidencies_source_id"), "presidencies", ["source_id"])


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("original_language", sa.String(length=2), nullable=False),
        sa.Column("level", _one_of("ck_proposals_level", "eu", "national"), nullable=False),
        sa.Column("instrument_fr", sa.String(length=200), nullable=False),
        sa.Column("instrument_en", sa.String(length=200), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            _one_of("ck_proposals_stage", "drafted", "published", "backed", "taken_up", "adopted", "in_force", "dropped", "merged"),
            nullable=False,
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stage = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_proposals_merged_into_one")),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_proposals_slug_lower")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_proposals_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["proposals.id"], name=op.f("fk_proposals_merged_into_id_proposals"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["origin_id"], ["sources.id"], name=op.f("fk_proposals_origin_id_sources"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("slug", name=op.f("uq_proposals_slug")),
    )
    op.create_index(op.f("ix_proposals_group_id"), "proposals", ["group_id"])
    op.create_index(op.f("ix_proposals_merged_into_id"), "proposals", ["merged_into_id"])
    op.create_index(op.f("ix_proposals_origin_id"), "proposals", ["origin_id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_sessions_person_id_persons"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"])


def _sign_in_links() -> None:
    op.create_table(
        "sign_in_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("next", sa.String(length=500), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_sign_in_links_person_id_persons"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_links")),
    )
    op.create_index(op.f("ix_sign_in_links_person_id"), "sign_in_links", ["person_id"])


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("body <> '' OR removed_at IS NOT NULL", name=op.f("ck_comments_says_something")),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_comments_author_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id_comments"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_comments_proposal_id_proposals"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_author_id"), "comments", ["author_id"])
    op.create_index(op.f("ix_comments_parent_id"), "comments", ["parent_id"])
    op.create_index(op.f("ix_comments_proposal_id"), "comments", ["proposal_id"])


def _entry_proposals() -> None:
    op.create_table(
        "entry_proposals",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checker_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("NOT (lead AND rejected)", name=op.f("ck_entry_proposals_lead_or_rejected")),
        sa.ForeignKeyConstraint(["checker_id"], ["persons.id"], name=op.f("fk_entry_proposals_checker_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_proposals_entry_id_entries"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_entry_proposals_proposal_id_proposals"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("entry_id", "proposal_id", name=op.f("pk_entry_proposals")),
    )
    op.create_index(op.f("ix_entry_proposals_checker_id"), "entry_proposals", ["checker_id"])
    op.create_index(op.f("ix_entry_proposals_proposal_id"), "entry_proposals", ["proposal_id"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                "ck_events_kind",
                "proposal_added",
                "proposal_changed",
                "text_saved",
                "stage_moved",
                "move_corrected",
                "position_recorded",
                "position_corrected",
                "entry_added",
                "entry_corrected",
                "lead_confirmed",
                "lead_rejected",
                "source_added",
                "source_changed",
                "citation_added",
                "actor_added",
                "actor_changed",
                "comment_posted",
                "comment_edited",
                "comment_removed",
                "group_added",
                "member_joined",
                "role_changed",
                "member_left",
                "person_changed",
                "presidency_added",
                "signed_in",
                "signed_out",
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("details", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["persons.id"], name=op.f("fk_events_actor_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_events_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_events_proposal_id_proposals"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_actor_id"), "events", ["actor_id"])
    op.create_index("ix_events_group_id_id", "events", ["group_id", "id"])
    op.create_index("ix_events_proposal_id_id", "events", ["proposal_id", "id"])
    op.create_index("ix_events_public_id", "events", ["id"], sqlite_where=sa.text("public"), postgresql_where=sa.text("public"))


def _moves() -> None:
    op.create_table(
        "moves",
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("precision", _one_of("ck_moves_precision", "day", "by", "month", "half_year", "year", "undated"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_stage",
            _one_of("ck_moves_from_stage", "drafted", "published", "backed", "taken_up", "adopted", "in_force", "dropped", "merged"),
            nullable=True,
        ),
        sa.Column(
            "to_stage",
            _one_of("ck_moves_to_stage", "drafted", "published", "backed", "taken_up", "adopted", "in_force", "dropped", "merged"),
            nullable=False,
        ),
        sa.Column("reason_fr", sa.String(length=1000), nullable=False),
        sa.Column("reason_en", sa.String(length=1000), nullable=False),
        sa.Column("label_fr", sa.String(length=20), nullable=False),
        sa.Column("label_en", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(precision = 'undated') = (effective_on IS NULL)", name=op.f("ck_moves_dated_or_not")),
        sa.CheckConstraint(
            "effective_until IS NULL OR (precision = 'day' AND effective_until > effective_on)", name=op.f("ck_moves_ends_after")
        ),
        sa.CheckConstraint("from_stage IS NULL OR from_stage <> to_stage", name=op.f("ck_moves_moves")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_moves_proposal_id_proposals"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["recorder_id"], ["persons.id"], name=op.f("fk_moves_recorder_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["supersedes_id"], ["moves.id"], name=op.f("fk_moves_supersedes_id_moves"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moves")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_moves_supersedes_id")),
    )
    op.create_index(op.f("ix_moves_proposal_id"), "moves", ["proposal_id"])
    op.create_index(op.f("ix_moves_recorder_id"), "moves", ["recorder_id"])


def _proposal_themes() -> None:
    op.create_table(
        "proposal_themes",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_themes_proposal_id_proposals"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme"], ["themes.slug"], name=op.f("fk_proposal_themes_theme_themes"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("proposal_id", "theme", name=op.f("pk_proposal_themes")),
    )
    op.create_index(op.f("ix_proposal_themes_theme"), "proposal_themes", ["theme"])


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_texts_titled")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_texts_proposal_id_proposals"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sa.UniqueConstraint("proposal_id", "language", name=op.f("uq_texts_proposal_id_language")),
    )


def _comment_versions() -> None:
    op.create_table(
        "comment_versions",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_versions_comment_id_comments"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("comment_id", "version", name=op.f("pk_comment_versions")),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("translates_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_revisions_numbered")),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_revisions_author_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_revisions_text_id_texts"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["translates_id"], ["revisions.id"], name=op.f("fk_revisions_translates_id_revisions"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("text_id", "number", name=op.f("uq_revisions_text_id_number")),
    )
    op.create_index(op.f("ix_revisions_author_id"), "revisions", ["author_id"])
    op.create_index(op.f("ix_revisions_translates_id"), "revisions", ["translates_id"])


def _positions() -> None:
    op.create_table(
        "positions",
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("precision", _one_of("ck_positions_precision", "day", "by", "month", "half_year", "year", "undated"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            _one_of(
                "ck_positions_stance", "initiated", "supports", "supports_with_reservations", "took_part", "neutral", "absent", "opposes"
            ),
            nullable=False,
        ),
        sa.Column("note_fr", sa.String(length=1000), nullable=False),
        sa.Column("note_en", sa.String(length=1000), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(precision = 'undated') = (effective_on IS NULL)", name=op.f("ck_positions_dated_or_not")),
        sa.CheckConstraint(
            "effective_until IS NULL OR (precision = 'day' AND effective_until > effective_on)", name=op.f("ck_positions_ends_after")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_positions_actor_id_actors"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_positions_proposal_id_proposals"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["recorder_id"], ["persons.id"], name=op.f("fk_positions_recorder_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_positions_revision_id_revisions"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["positions.id"], name=op.f("fk_positions_supersedes_id_positions"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_positions_supersedes_id")),
    )
    op.create_index(op.f("ix_positions_actor_id"), "positions", ["actor_id"])
    op.create_index(op.f("ix_positions_proposal_id"), "positions", ["proposal_id"])
    op.create_index(op.f("ix_positions_recorder_id"), "positions", ["recorder_id"])
    op.create_index(op.f("ix_positions_revision_id"), "positions", ["revision_id"])


def _citations() -> None:
    op.create_table(
        "citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("move_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("supports", sa.Boolean(), nullable=False),
        sa.Column("locator", sa.String(length=300), nullable=False),
        sa.Column("summary_fr", sa.String(length=1000), nullable=False),
        sa.Column("summary_en", sa.String(length=1000), nullable=False),
        sa.Column("quote", sa.String(length=1000), nullable=False),
        sa.Column("quote_language", sa.String(length=2), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(move_id IS NOT NULL AND position_id IS NULL AND entry_id IS NULL)"
            " OR (move_id IS NULL AND position_id IS NOT NULL AND entry_id IS NULL)"
            " OR (move_id IS NULL AND position_id IS NULL AND entry_id IS NOT NULL)",
            name=op.f("ck_citations_one_claim"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_citations_entry_id_entries"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["move_id"], ["moves.id"], name=op.f("fk_citations_move_id_moves"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["position_id"], ["positions.id"], name=op.f("fk_citations_position_id_positions"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["recorder_id"], ["persons.id"], name=op.f("fk_citations_recorder_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_citations_source_id_sources"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
    )
    op.create_index(op.f("ix_citations_entry_id"), "citations", ["entry_id"])
    op.create_index(op.f("ix_citations_move_id"), "citations", ["move_id"])
    op.create_index(op.f("ix_citations_position_id"), "citations", ["position_id"])
    op.create_index(op.f("ix_citations_recorder_id"), "citations", ["recorder_id"])
    op.create_index(op.f("ix_citations_source_id"), "citations", ["source_id"])

"""Working together: suggestions, tasks, invitations, presences; comments on passages, resolved and hidden; saves that continue others."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import Addition, allow, one_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = (
    "proposal_added", "proposal_changed", "text_saved", "stage_moved", "move_corrected", "position_recorded",
    "position_corrected", "entry_added", "entry_corrected", "lead_confirmed", "lead_rejected", "source_added", "source_changed",
    "citation_added", "actor_added", "actor_changed", "comment_posted", "comment_edited", "comment_removed", "comment_resolved",
    "comment_reopened", "comment_reported", "comment_hidden", "comment_shown", "report_settled", "suggestion_made",
    "suggestion_taken", "suggestion_declined", "suggestion_withdrawn", "task_added", "task_changed", "task_done",
    "task_reopened", "task_removed", "group_added", "group_changed", "member_invited", "invitation_withdrawn", "member_joined",
    "role_changed", "member_left", "person_changed", "presidency_added", "signed_in", "signed_out",
)  # fmt: skip
NEW_KINDS = frozenset({
    "comment_resolved", "comment_reopened", "comment_reported", "comment_hidden", "comment_shown", "report_settled",
    "suggestion_made", "suggestion_taken", "suggestion_declined", "suggestion_withdrawn", "task_added", "task_changed",
    "task_done", "task_reopened", "task_removed", "group_changed", "member_invited", "invitation_withdrawn",
})  # fmt: skip

INSTANT = sa.DateTime(timezone=True)
ADDED = (
    Addition(
        "comments",
        {
            "revision_id": (sa.Integer(), None),
            "field": (sa.String(length=20), "''"),
            "passage": (sa.String(length=1000), "''"),
            "begins": (sa.Integer(), "0"),
            "resolved_at": (INSTANT, None),
            "resolver_id": (sa.Integer(), None),
            "hidden_at": (INSTANT, None),
            "hider_id": (sa.Integer(), None),
            "hidden_reason": (sa.String(length=500), "''"),
        },
        {"revision_id": "revisions", "resolver_id": "persons", "hider_id": "persons"},
        {
            "passage_of_a_revision": "(passage = '') = (revision_id IS NULL)",
            "hidden_by_somebody": "(hidden_at IS NULL) = (hider_id IS NULL)",
            "resolved_by_somebody": "(resolved_at IS NULL) = (resolver_id IS NULL)",
        },
    ),
    Addition("entries", {"comment_id": (sa.Integer(), None)}, {"comment_id": "comments"}),
    Addition(
        "revisions",
        {"continues": (sa.Boolean(), "false"), "restores": (sa.Integer(), None), "suggester_id": (sa.Integer(), None)},
        {"suggester_id": "persons"},
    ),
    Addition("persons", {"seen_event_id": (sa.Integer(), "0")}),
)
TABLES = ("suggestions", "comment_reports", "mentions", "tasks", "invitations", "presences")


def upgrade() -> None:
    for addition in ADDED:
        addition.add()
    for create in (_suggestions, _comment_reports, _mentions, _tasks, _invitations, _presences):
        create()
    allow("events", "kind", "ck_events_kind", KINDS)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for addition in reversed(ADDED):
        addition.drop()
    allow("events", "kind", "ck_events_kind", tuple(kind for kind in KINDS if kind not in NEW_KINDS))


def _suggestions() -> None:
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", one_of("ck_suggestions_state", "open", "accepted", "amended", "declined", "withdrawn"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_suggestions_decided_or_open")),
        sa.CheckConstraint(
            "(state IN ('accepted', 'amended')) = (revision_id IS NOT NULL)", name=op.f("ck_suggestions_taken_as_a_revision")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_suggestions_titled")),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_suggestions_author_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["decider_id"], ["persons.id"], name=op.f("fk_suggestions_decider_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_suggestions_revision_id_revisions"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_suggestions_text_id_texts"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_suggestions_revision_id")),
    )
    op.create_index(op.f("ix_suggestions_author_id"), "suggestions", ["author_id"])
    op.create_index(op.f("ix_suggestions_decider_id"), "suggestions", ["decider_id"])
    op.create_index(op.f("ix_suggestions_text_id"), "suggestions", ["text_id"])


def _comment_reports() -> None:
    op.create_table(
        "comment_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settler_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_reports_comment_id_comments"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["reporter_id"], ["persons.id"], name=op.f("fk_comment_reports_reporter_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["settler_id"], ["persons.id"], name=op.f("fk_comment_reports_settler_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_reports")),
        sa.UniqueConstraint("comment_id", "reporter_id", name=op.f("uq_comment_reports_comment_id_reporter_id")),
    )
    op.create_index(op.f("ix_comment_reports_reporter_id"), "comment_reports", ["reporter_id"])
    op.create_index(op.f("ix_comment_reports_settler_id"), "comment_reports", ["settler_id"])


def _mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_mentions_comment_id_comments"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_mentions_person_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name=op.f("pk_mentions")),
    )
    op.create_index(op.f("ix_mentions_person_id"), "mentions", ["person_id"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("presidency", sa.String(length=12), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finisher_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_tasks_says_something")),
        sa.CheckConstraint("(done_at IS NULL) = (finisher_id IS NULL)", name=op.f("ck_tasks_done_by_somebody")),
        sa.ForeignKeyConstraint(["assignee_id"], ["persons.id"], name=op.f("fk_tasks_assignee_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_tasks_author_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_tasks_comment_id_comments"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["finisher_id"], ["persons.id"], name=op.f("fk_tasks_finisher_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["presidency"], ["presidencies.slug"], name=op.f("fk_tasks_presidency_presidencies"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_tasks_proposal_id_proposals"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_assignee_id"), "tasks", ["assignee_id"])
    op.create_index(op.f("ix_tasks_author_id"), "tasks", ["author_id"])
    op.create_index(op.f("ix_tasks_comment_id"), "tasks", ["comment_id"])
    op.create_index(op.f("ix_tasks_finisher_id"), "tasks", ["finisher_id"])
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["proposal_id"],
        sqlite_where=sa.text("done_at IS NULL AND removed_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND removed_at IS NULL"),
    )
    op.create_index(op.f("ix_tasks_presidency"), "tasks", ["presidency"])
    op.create_index(op.f("ix_tasks_proposal_id"), "tasks", ["proposal_id"])


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", one_of("ck_invitations_role", "observer", "commenter", "editor", "coordinator"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("inviter_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_invitations_one_end")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_invitations_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["inviter_id"], ["persons.id"], name=op.f("fk_invitations_inviter_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_invitations_person_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_due_at"), "invitations", ["due_at"])
    op.create_index(op.f("ix_invitations_group_id"), "invitations", ["group_id"])
    op.create_index(op.f("ix_invitations_inviter_id"), "invitations", ["inviter_id"])
    op.create_index(op.f("ix_invitations_person_id"), "invitations", ["person_id"])
    op.create_index(
        "uq_invitations_open",
        "invitations",
        ["group_id", "email"],
        unique=True,
        sqlite_where=sa.text("accepted_at IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=sa.text("accepted_at IS NULL AND withdrawn_at IS NULL"),
    )


def _presences() -> None:
    op.create_table(
        "presences",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_presences_person_id_persons"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_presences_proposal_id_proposals"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("proposal_id", "language", "person_id", name=op.f("pk_presences")),
    )
    op.create_index(op.f("ix_presences_person_id"), "presences", ["person_id"])

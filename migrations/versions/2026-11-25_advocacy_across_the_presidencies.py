"""Advocacy across the presidencies: legs and whom they address, packets, settlements, populations, answers, and how sources are found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.tables import Addition, allow, append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = (
    "proposal_added", "proposal_changed", "text_saved", "stage_moved", "move_corrected", "position_recorded",
    "position_corrected", "entry_added", "entry_corrected", "lead_confirmed", "lead_rejected", "source_added", "source_changed",
    "citation_added", "actor_added", "actor_changed", "comment_posted", "comment_edited", "comment_removed", "comment_resolved",
    "comment_reopened", "comment_reported", "comment_hidden", "comment_shown", "report_settled", "suggestion_made",
    "suggestion_taken", "suggestion_declined", "suggestion_withdrawn", "task_added", "task_changed", "task_done",
    "task_reopened", "task_removed", "group_added", "group_changed", "member_invited", "invitation_withdrawn", "member_joined",
    "role_changed", "member_left", "person_changed", "presidency_added", "leg_planned", "leg_changed", "packet_frozen",
    "answer_linked", "claim_settled", "claim_reopened", "source_checked", "populations_added", "signed_in", "signed_out",
)  # fmt: skip
NEW_KINDS = frozenset({
    "leg_planned", "leg_changed", "packet_frozen", "answer_linked", "claim_settled", "claim_reopened", "source_checked",
    "populations_added",
})  # fmt: skip
ACTORS = (
    "member_state", "institution", "directorate_general", "permanent_representation", "ministry", "committee", "association",
    "cooperative", "company", "network", "public_body", "community",
)  # fmt: skip
NEW_ACTORS = frozenset({"permanent_representation", "ministry", "committee"})

ADDED = (
    Addition(
        "actors",
        {"since": (sa.Date(), None), "until": (sa.Date(), None), "part_of_id": (sa.Integer(), None)},
        {"part_of_id": "actors"},
        {"ends_after": "since IS NULL OR until IS NULL OR since <= until"},
    ),
    Addition(
        "entries",
        {
            "outcome_fr": (sa.String(length=1000), "''"),
            "outcome_en": (sa.String(length=1000), "''"),
            "actor_id": (sa.Integer(), None),
            "answers_id": (sa.Integer(), None),
            "notice_days": (sa.Integer(), None),
        },
        {"actor_id": "actors", "answers_id": "entries"},
    ),
    Addition(
        "entry_proposals",
        {
            "extent": (sa.String(length=32), None),
            "extent_fr": (sa.String(length=1000), "''"),
            "extent_en": (sa.String(length=1000), "''"),
        },
        checks={"extent": "extent IN ('fully', 'partly', 'in_name')"},
    ),
    Addition("tasks", {"entry_id": (sa.Integer(), None)}, {"entry_id": "entries"}),
)
TABLES = ("legs", "leg_targets", "packets", "settlements", "populations", "source_checks")


def upgrade() -> None:
    for addition in ADDED:
        addition.add()
    for create in (_legs, _leg_targets, _packets, _settlements, _populations, _source_checks):
        create()
    for table in ("packets", "settlements", "source_checks"):
        append_only(table)
    allow("actors", "kind", "ck_actors_actorkind", ACTORS)
    allow("events", "kind", "ck_events_kind", KINDS)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for addition in reversed(ADDED):
        addition.drop()
    allow("actors", "kind", "ck_actors_actorkind", tuple(kind for kind in ACTORS if kind not in NEW_ACTORS))
    allow("events", "kind", "ck_events_kind", tuple(kind for kind in KINDS if kind not in NEW_KINDS))


def _legs() -> None:
    op.create_table(
        "legs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("presidency", sa.String(length=12), nullable=False),
        sa.Column("ask_fr", sa.String(length=2000), nullable=False),
        sa.Column("ask_en", sa.String(length=2000), nullable=False),
        sa.Column("note_fr", sa.String(length=4000), nullable=False),
        sa.Column("note_en", sa.String(length=4000), nullable=False),
        sa.Column("outcome_fr", sa.String(length=2000), nullable=False),
        sa.Column("outcome_en", sa.String(length=2000), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("lead_group_id", sa.Integer(), nullable=True),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["carried_from_id"], ["legs.id"], name=op.f("fk_legs_carried_from_id_legs"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["lead_group_id"], ["groups.id"], name=op.f("fk_legs_lead_group_id_groups"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["lead_id"], ["persons.id"], name=op.f("fk_legs_lead_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["presidency"], ["presidencies.slug"], name=op.f("fk_legs_presidency_presidencies"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_legs_proposal_id_proposals"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legs")),
        sa.UniqueConstraint("proposal_id", "presidency", name=op.f("uq_legs_proposal_id_presidency")),
    )
    op.create_index(op.f("ix_legs_carried_from_id"), "legs", ["carried_from_id"])
    op.create_index(op.f("ix_legs_lead_group_id"), "legs", ["lead_group_id"])
    op.create_index(op.f("ix_legs_lead_id"), "legs", ["lead_id"])
    op.create_index(op.f("ix_legs_presidency"), "legs", ["presidency"])


def _leg_targets() -> None:
    op.create_table(
        "leg_targets",
        sa.Column("leg_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_leg_targets_actor_id_actors"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["leg_id"], ["legs.id"], name=op.f("fk_leg_targets_leg_id_legs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("leg_id", "actor_id", name=op.f("pk_leg_targets")),
    )
    op.create_index(op.f("ix_leg_targets_actor_id"), "leg_targets", ["actor_id"])


def _packets() -> None:
    op.create_table(
        "packets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("presidency", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_packets_numbered")),
        sa.ForeignKeyConstraint(["author_id"], ["persons.id"], name=op.f("fk_packets_author_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["presidency"], ["presidencies.slug"], name=op.f("fk_packets_presidency_presidencies"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packets")),
        sa.UniqueConstraint("presidency", "number", name=op.f("uq_packets_presidency_number")),
    )
    op.create_index(op.f("ix_packets_author_id"), "packets", ["author_id"])


def _settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("move_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("reason_fr", sa.String(length=1000), nullable=False),
        sa.Column("reason_en", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("reason_fr <> '' OR reason_en <> ''", name=op.f("ck_settlements_with_a_reason")),
        sa.CheckConstraint(
            "(move_id IS NOT NULL AND position_id IS NULL AND entry_id IS NULL)"
            " OR (move_id IS NULL AND position_id IS NOT NULL AND entry_id IS NULL)"
            " OR (move_id IS NULL AND position_id IS NULL AND entry_id IS NOT NULL)",
            name=op.f("ck_settlements_one_claim"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_settlements_entry_id_entries"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["move_id"], ["moves.id"], name=op.f("fk_settlements_move_id_moves"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["position_id"], ["positions.id"], name=op.f("fk_settlements_position_id_positions"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["recorder_id"], ["persons.id"], name=op.f("fk_settlements_recorder_id_persons"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
    )
    op.create_index(op.f("ix_settlements_entry_id"), "settlements", ["entry_id"])
    op.create_index(op.f("ix_settlements_move_id"), "settlements", ["move_id"])
    op.create_index(op.f("ix_settlements_position_id"), "settlements", ["position_id"])
    op.create_index(op.f("ix_settlements_recorder_id"), "settlements", ["recorder_id"])


def _populations() -> None:
    op.create_table(
        "populations",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_populations_somebody")),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_populations_actor_id_actors"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_populations_source_id_sources"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("year", "actor_id", name=op.f("pk_populations")),
    )
    op.create_index(op.f("ix_populations_actor_id"), "populations", ["actor_id"])
    op.create_index(op.f("ix_populations_source_id"), "populations", ["source_id"])


def _source_checks() -> None:
    op.create_table(
        "source_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorder_id"], ["persons.id"], name=op.f("fk_source_checks_recorder_id_persons"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_source_checks_source_id_sources"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_checks")),
    )
    op.create_index(op.f("ix_source_checks_recorder_id"), "source_checks", ["recorder_id"])
    op.create_index(op.f("ix_source_checks_source_id"), "source_checks", ["source_id"])

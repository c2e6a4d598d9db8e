"""One line of the ledger: who did what to what, when it was recorded, in words that belong to no language."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Json, UtcDateTime, enum_column


class EventKind(StrEnum):
    PROPOSAL_ADDED = "proposal_added"
    PROPOSAL_CHANGED = "proposal_changed"
    TEXT_SAVED = "text_saved"
    STAGE_MOVED = "stage_moved"
    MOVE_CORRECTED = "move_corrected"
    POSITION_RECORDED = "position_recorded"
    POSITION_CORRECTED = "position_corrected"
    ENTRY_ADDED = "entry_added"
    ENTRY_CORRECTED = "entry_corrected"
    LEAD_CONFIRMED = "lead_confirmed"
    LEAD_REJECTED = "lead_rejected"
    SOURCE_ADDED = "source_added"
    SOURCE_CHANGED = "source_changed"
    CITATION_ADDED = "citation_added"
    ACTOR_ADDED = "actor_added"
    ACTOR_CHANGED = "actor_changed"
    COMMENT_POSTED = "comment_posted"
    COMMENT_EDITED = "comment_edited"
    COMMENT_REMOVED = "comment_removed"
    COMMENT_RESOLVED = "comment_resolved"
    COMMENT_REOPENED = "comment_reopened"
    COMMENT_REPORTED = "comment_reported"
    COMMENT_HIDDEN = "comment_hidden"
    COMMENT_SHOWN = "comment_shown"
    REPORT_SETTLED = "report_settled"
    SUGGESTION_MADE = "suggestion_made"
    SUGGESTION_TAKEN = "suggestion_taken"
    SUGGESTION_DECLINED = "suggestion_declined"
    SUGGESTION_WITHDRAWN = "suggestion_withdrawn"
    TASK_ADDED = "task_added"
    TASK_CHANGED = "task_changed"
    TASK_DONE = "task_done"
    TASK_REOPENED = "task_reopened"
    TASK_REMOVED = "task_removed"
    GROUP_ADDED = "group_added"
    GROUP_CHANGED = "group_changed"
    MEMBER_INVITED = "member_invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    MEMBER_JOINED = "member_joined"
    ROLE_CHANGED = "role_changed"
    MEMBER_LEFT = "member_left"
    PERSON_CHANGED = "person_changed"
    PRESIDENCY_ADDED = "presidency_added"
    LEG_PLANNED = "leg_planned"
    LEG_CHANGED = "leg_changed"
    PACKET_FROZEN = "packet_frozen"
    ANSWER_LINKED = "answer_linked"
    CLAIM_SETTLED = "claim_settled"
    CLAIM_REOPENED = "claim_reopened"
    SOURCE_CHECKED = "source_checked"
    POPULATIONS_ADDED = "populations_added"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_ENDED = "webhook_ended"
    WEBHOOK_REMOVED = "webhook_removed"
    TOKEN_MADE = "token_made"  # noqa: S105  an act
    TOKEN_ENDED = "token_ended"  # noqa: S105
    CONFIRMATION_ASKED = "confirmation_asked"
    CONFIRMATION_WITHDRAWN = "confirmation_withdrawn"
    CONFIRMATION_ANSWERED = "confirmation_answered"
    CONFIRMATION_APPROVED = "confirmation_approved"
    CONFIRMATION_REFUSED = "confirmation_refused"
    SNAPSHOT_FROZEN = "snapshot_frozen"
    SNAPSHOT_WITHDRAWN = "snapshot_withdrawn"
    REPORT_SAVED = "report_saved"
    REPORT_CHANGED = "report_changed"
    REPORT_REMOVED = "report_removed"
    REPORT_RESTORED = "report_restored"
    IMPORT_APPLIED = "import_applied"
    IMPORT_UNDONE = "import_undone"
    POSITION_WITHDRAWN = "position_withdrawn"
    ENTRY_WITHDRAWN = "entry_withdrawn"


# In the very words of the index, which is read only where it is asked for in them.
BUT_COMMENTS = text("subject <> 'comments'")


class Event(SQLModel, table=True):
    """Append-only. `subject` is the table and `subject_id` the row it is about; `public` whether a visitor may know of it."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_proposal_id_id", "proposal_id", "id"),
        Index("ix_events_group_id_id", "group_id", "id"),
        Index("ix_events_public_id", "id", sqlite_where=text("public"), postgresql_where=text("public")),
        Index("ix_events_but_comments", "id", sqlite_where=BUT_COMMENTS, postgresql_where=BUT_COMMENTS),
    )

    id: int = Field(default=None, primary_key=True)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    kind: EventKind = Field(sa_column=Column(enum_column(EventKind, "kind"), nullable=False))
    actor_id: int | None = Field(default=None, foreign_key="persons.id", index=True, ondelete="RESTRICT")
    proposal_id: int | None = Field(default=None, foreign_key="proposals.id", ondelete="RESTRICT")
    group_id: int | None = Field(default=None, foreign_key="groups.id", ondelete="RESTRICT")
    subject: str = Field(max_length=40)
    subject_id: str = Field(max_length=80)
    public: bool = Field(default=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))


# What is nobody's news: it is told to who did it, elsewhere, or to nobody.
PERSONAL = frozenset({EventKind.PERSON_CHANGED, EventKind.SIGNED_IN, EventKind.SIGNED_OUT})
# What only the coordinators of the group are told.
FOR_COORDINATORS = frozenset({
    EventKind.COMMENT_REPORTED, EventKind.REPORT_SETTLED, EventKind.MEMBER_INVITED, EventKind.INVITATION_WITHDRAWN,
    EventKind.WEBHOOK_ADDED, EventKind.WEBHOOK_CHANGED, EventKind.WEBHOOK_ENDED, EventKind.WEBHOOK_REMOVED,
    EventKind.TOKEN_MADE, EventKind.TOKEN_ENDED, EventKind.IMPORT_APPLIED, EventKind.IMPORT_UNDONE,
})  # fmt: skip

"""Kinds of news: what a reader of the activity may ask for, and the acts each is made of."""

from enum import StrEnum

from models.event import EventKind


class News(StrEnum):
    TEXTS = "texts"
    STAGES = "stages"
    POSITIONS = "positions"
    TIMELINE = "timeline"
    DISCUSSION = "discussion"
    WORK = "work"
    FACTS = "facts"
    PEOPLE = "people"


KINDS: dict[News, frozenset[EventKind]] = {
    News.TEXTS: frozenset({
        EventKind.TEXT_SAVED, EventKind.SUGGESTION_MADE, EventKind.SUGGESTION_TAKEN, EventKind.SUGGESTION_DECLINED,
        EventKind.SUGGESTION_WITHDRAWN,
    }),
    News.STAGES: frozenset({EventKind.PROPOSAL_ADDED, EventKind.STAGE_MOVED, EventKind.MOVE_CORRECTED}),
    News.POSITIONS: frozenset({
        EventKind.POSITION_RECORDED, EventKind.POSITION_CORRECTED, EventKind.POSITION_WITHDRAWN, EventKind.CONFIRMATION_ASKED,
        EventKind.CONFIRMATION_WITHDRAWN,
        EventKind.CONFIRMATION_ANSWERED, EventKind.CONFIRMATION_APPROVED, EventKind.CONFIRMATION_REFUSED,
    }),
    News.TIMELINE: frozenset({
        EventKind.ENTRY_ADDED, EventKind.ENTRY_CORRECTED, EventKind.ENTRY_WITHDRAWN, EventKind.LEAD_CONFIRMED, EventKind.LEAD_REJECTED,
        EventKind.ANSWER_LINKED,
    }),
    News.DISCUSSION: frozenset({
        EventKind.COMMENT_POSTED, EventKind.COMMENT_EDITED, EventKind.COMMENT_REMOVED, EventKind.COMMENT_RESOLVED,
        EventKind.COMMENT_REOPENED, EventKind.COMMENT_REPORTED, EventKind.COMMENT_HIDDEN, EventKind.COMMENT_SHOWN, EventKind.REPORT_SETTLED,
    }),
    News.WORK: frozenset({
        EventKind.TASK_ADDED, EventKind.TASK_CHANGED, EventKind.TASK_DONE, EventKind.TASK_REOPENED, EventKind.TASK_REMOVED,
        EventKind.LEG_PLANNED, EventKind.LEG_CHANGED, EventKind.PACKET_FROZEN, EventKind.SNAPSHOT_FROZEN,
        EventKind.SNAPSHOT_WITHDRAWN, EventKind.REPORT_SAVED, EventKind.REPORT_CHANGED, EventKind.REPORT_REMOVED, EventKind.REPORT_RESTORED,
        EventKind.IMPORT_APPLIED, EventKind.IMPORT_UNDONE,
    }),
    News.FACTS: frozenset({
        EventKind.PROPOSAL_CHANGED, EventKind.SOURCE_ADDED, EventKind.SOURCE_CHANGED, EventKind.SOURCE_CHECKED, EventKind.CITATION_ADDED,
        EventKind.ACTOR_ADDED, EventKind.ACTOR_CHANGED, EventKind.PRESIDENCY_ADDED, EventKind.CLAIM_SETTLED, EventKind.CLAIM_REOPENED,
        EventKind.POPULATIONS_ADDED,
    }),
    News.PEOPLE: frozenset({
        EventKind.GROUP_ADDED, EventKind.GROUP_CHANGED, EventKind.MEMBER_INVITED, EventKind.INVITATION_WITHDRAWN, EventKind.MEMBER_JOINED,
        EventKind.ROLE_CHANGED, EventKind.MEMBER_LEFT, EventKind.WEBHOOK_ADDED, EventKind.WEBHOOK_CHANGED, EventKind.WEBHOOK_ENDED,
        EventKind.WEBHOOK_REMOVED, EventKind.TOKEN_MADE, EventKind.TOKEN_ENDED,
    }),
}  # fmt: skip

# What a group decided, where it is told apart from what it did.
DECISIONS = frozenset({EventKind.STAGE_MOVED, EventKind.POSITION_RECORDED, EventKind.LEAD_CONFIRMED, EventKind.LEAD_REJECTED})

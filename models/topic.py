"""What can be followed, and the kinds of news there are of it."""

from enum import StrEnum

from models.event import EventKind


class TopicKind(StrEnum):
    """With what its key is: nothing, a slug, the query of the list of proposals, or that of the search page."""

    EVERYTHING = "everything"
    PROPOSAL = "proposal"
    GROUP = "group"
    THEME = "theme"
    ACTOR = "actor"
    PRESIDENCY = "presidency"
    SEARCH = "search"
    FOUND = "found"


class NewsKind(StrEnum):
    STAGE = "stage"
    POSITIONS = "positions"
    ENTRIES = "entries"
    TEXT = "text"
    HANDOVER = "handover"
    COMMENTS = "comments"


# The acts each kind of news is made of. What is in none is nobody's news outside the groups.
NEWS: dict[NewsKind, frozenset[EventKind]] = {
    NewsKind.STAGE: frozenset({EventKind.PROPOSAL_ADDED, EventKind.STAGE_MOVED, EventKind.MOVE_CORRECTED}),
    NewsKind.POSITIONS: frozenset({EventKind.POSITION_RECORDED, EventKind.POSITION_CORRECTED}),
    NewsKind.ENTRIES: frozenset({
        EventKind.ENTRY_ADDED, EventKind.ENTRY_CORRECTED, EventKind.LEAD_CONFIRMED, EventKind.LEAD_REJECTED, EventKind.ANSWER_LINKED,
    }),
    NewsKind.TEXT: frozenset({EventKind.TEXT_SAVED, EventKind.PROPOSAL_CHANGED}),
    NewsKind.HANDOVER: frozenset({
        EventKind.PACKET_FROZEN, EventKind.LEG_PLANNED, EventKind.LEG_CHANGED, EventKind.PRESIDENCY_ADDED,
    }),
    NewsKind.COMMENTS: frozenset({EventKind.COMMENT_POSTED}),
}  # fmt: skip

# What somebody gets who does not choose: everything but comments.
USUAL: tuple[NewsKind, ...] = tuple(kind for kind in NewsKind if kind is not NewsKind.COMMENTS)


def acts_of(kinds: "list[str] | tuple[NewsKind, ...]") -> frozenset[EventKind]:
    """The acts of some kinds of news."""
    return frozenset[EventKind]().union(*(NEWS[NewsKind(kind)] for kind in kinds))


def news_of(act: EventKind) -> NewsKind | None:
    """The kind of news an act is; None where it is none."""
    return next((kind for kind, acts in NEWS.items() if act in acts), None)

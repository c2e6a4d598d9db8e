"""How notices are spoken of: why each is told, and which of them come by letter."""

from models.event import EventKind
from models.notice import NoticeKind, NoticePace
from relais.i18n import N_, say

WHY: dict[NoticeKind, str] = {
    NoticeKind.MENTION: N_("You are named"),
    NoticeKind.REPLY: N_("An answer in your thread"),
    NoticeKind.TASK: N_("A step of yours"),
    NoticeKind.WAITING: N_("It waits for a decision"),
    NoticeKind.DECIDED: N_("It was decided"),
    NoticeKind.FOUND: N_("A search you follow"),
}
LAGS = N_("A translation lags behind")
KINDS: dict[NoticeKind, str] = {
    NoticeKind.MENTION: N_("Comments that name me"),
    NoticeKind.REPLY: N_("Answers in threads I wrote in"),
    NoticeKind.TASK: N_("Steps given to me, and changes to mine"),
    NoticeKind.WAITING: N_("What waits for a decision of my role"),
    NoticeKind.DECIDED: N_("What was decided of what I wrote"),
    NoticeKind.FOUND: N_("What is found by searches I follow"),
}
PACES: dict[NoticePace, tuple[str, str]] = {
    NoticePace.AT_ONCE: (N_("As it happens"), N_("several changes in an hour come in one letter")),
    NoticePace.DAILY: (N_("Every day"), N_("at 8:00 in Brussels; a day without changes brings no letter")),
    NoticePace.WEEKLY: (N_("Every week"), N_("at 8:00 in Brussels on the day chosen below; a week without changes brings no letter")),
    NoticePace.NEVER: (N_("Never"), N_("the page of notices alone")),
}


def why(language: str, kind: NoticeKind, told: EventKind) -> str:
    """Why somebody is told of an act of that kind. What waits when an original was changed is its translations."""
    return say(language, LAGS if (kind, told) == (NoticeKind.WAITING, EventKind.TEXT_SAVED) else WHY[kind])


def kinds(language: str) -> list[tuple[str, str]]:
    """Each kind and its words."""
    return [(kind.value, say(language, words)) for kind, words in KINDS.items()]


def paces(language: str) -> list[tuple[str, str, str]]:
    """Each pace, its words and its small print."""
    return [(pace.value, say(language, words), say(language, small)) for pace, (words, small) in PACES.items()]

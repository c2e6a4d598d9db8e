"""How following by letter is spoken of: the kinds of news, and how often letters come."""

from models import Subscription
from models.subscription import Pace
from models.topic import USUAL, NewsKind
from relais.i18n import N_, say, weekdays

NEWS: dict[NewsKind, str] = {
    NewsKind.STAGE: N_("New proposals and changes of stage"),
    NewsKind.POSITIONS: N_("Positions of states and organisations"),
    NewsKind.ENTRIES: N_("Events, deadlines and answers"),
    NewsKind.TEXT: N_("Changes to the text"),
    NewsKind.HANDOVER: N_("What is asked of a presidency, and its brief"),
    NewsKind.COMMENTS: N_("Public comments"),
}
PACES: dict[Pace, tuple[str, str]] = {
    Pace.AT_ONCE: (N_("As it happens"), N_("several changes in an hour come in one letter")),
    Pace.DAILY: (N_("Every day"), N_("at 8:00 in Brussels; a day without changes brings no letter")),
    Pace.WEEKLY: (N_("Every week"), N_("at 8:00 in Brussels on the day chosen below; a week without changes brings no letter")),
    Pace.HANDOVER: (N_("At each hand-over"), N_("twice a year, on the first morning of a presidency")),
}


def news(language: str) -> list[tuple[str, str]]:
    """Each kind of news and its words."""
    return [(kind.value, say(language, words)) for kind, words in NEWS.items()]


def paces(language: str) -> list[tuple[str, str, str]]:
    """Each pace, its words and its small print."""
    return [(pace.value, say(language, words), say(language, small)) for pace, (words, small) in PACES.items()]


def days(language: str) -> list[tuple[str, str]]:
    """The days of the week, from 0 for Monday."""
    return [(str(number), name) for number, name in enumerate(weekdays(language))]


def which_news(subscription: Subscription, language: str) -> str:
    """In one phrase: `all news but public comments`, or the kinds that were chosen."""
    chosen = set(subscription.news)
    if chosen >= set(USUAL):
        with_comments = NewsKind.COMMENTS in chosen
        return say(language, "all news and public comments") if with_comments else say(language, "all news but public comments")
    return ", ".join(words.lower() for kind, words in news(language) if kind in chosen)


def how_often(subscription: Subscription, language: str) -> str:
    """`Every week, on Monday`."""
    if subscription.pace is Pace.WEEKLY:
        return say(language, "Every week, on %(day)s", day=weekdays(language)[subscription.weekday])
    return say(language, PACES[subscription.pace][0])

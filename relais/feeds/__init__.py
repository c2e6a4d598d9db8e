"""What is new of what can be followed, as feed readers take it: one item for each act, named for good by its event.

Only what a visitor may know: a feed reader has no session, and its address may be passed on.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from models.topic import USUAL, NewsKind, acts_of, news_of
from relais import activity, topics
from relais.access import VISITOR
from relais.activity import Act, Filters
from relais.activity.words import ActWords
from relais.errors import Invalid
from relais.feeds import facts
from relais.topics import Named, Topic

PAGE = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """`id` is its event's. It may be worded anew; its id and its time never change. `path` is where it stands, in its language."""

    id: int
    at: datetime
    news: NewsKind
    title: str
    more: str
    who: str
    path: str


@dataclass(frozen=True)
class Feed:
    """One page, the newest first; the older ones are before the event `older`, 0 where there are none."""

    about: Named
    language: str
    kinds: tuple[NewsKind, ...]
    items: tuple[Item, ...]
    before: int
    older: int

    @property
    def at(self) -> datetime:
        """When its newest item was recorded."""
        return self.items[0].at if self.items else NEVER


def of(session: Session, language: str, topic: Topic, kinds: tuple[NewsKind, ...] = USUAL, *, before: int = 0) -> Feed:
    """A page of what is new of the topic. Raises Missing where a visitor knows of no such topic."""
    about = topics.name(session, VISITOR, language, topic)
    asked = Filters(topic=topic, kinds=acts_of(kinds), before=before)
    acts, older = activity.each(session, VISITOR, language, asked, limit=PAGE)
    return Feed(about, language, kinds, tuple(items(session, language, about, acts)), before, older)


def chosen(asked: Collection[str]) -> tuple[NewsKind, ...]:
    """The kinds of news somebody asks for, in our order; the usual ones where they ask for none. Raises Invalid for what is no kind."""
    if not set(asked) <= set(NewsKind):
        raise Invalid("There is no such kind of news", field="news")
    return tuple(kind for kind in NewsKind if kind in asked) or USUAL


def items(session: Session, language: str, about: Named, acts: Collection[Act]) -> Iterable[Item]:
    """An item for each of the acts that is news; what has no page of its own stands on that of the topic."""
    words, known = ActWords(language), facts.of(session, language, acts)
    for act in acts:
        news, place = news_of(act.kind), words.place(act)
        if news:
            title = f"{words.act(act)} {place.words}"
            more = words.more(act)
            yield Item(
                act.id,
                act.at,
                news,
                f"{title}, {more}" if more else title,
                known.get(act.id, ""),
                words.who(act),
                place.path or about.path,
            )

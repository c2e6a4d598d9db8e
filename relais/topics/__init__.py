"""What can be followed: found by its kind and key, and named for people. The events that are about it: see `about`."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import select
from sqlmodel import Session, col

from models import Actor, Group, Proposal, Theme
from models.proposal import Level, Stage
from models.search import RecordKind
from models.topic import TopicKind
from relais import presidencies
from relais.access import Reader
from relais.db import columns
from relais.errors import Missing
from relais.i18n import half, said, say
from relais.proposals import titles
from relais.relay import Filters
from relais.search import Narrowing, narrowing, question
from relais.search import words as search_words
from relais.search.question import Question

SEARCHED = ("q", "group", "theme", "origin", "stage", "level")  # what a search may ask for, as in the address of the list

LONGEST = 500  # signs of a key
NO_NEWS = (RecordKind.SOURCE, RecordKind.ACTOR)  # what is found, but nobody outside is told of
ONE_OF: dict[str, Container[str]] = {"stage": frozenset(Stage), "level": frozenset(Level)}  # what else is asked of these asks nothing


@dataclass(frozen=True)
class Topic:
    """One thing to follow. `key` is a slug, empty for everything, the query of the list of proposals for a search of it, and that of the
    search page for what is found there."""

    kind: TopicKind
    key: str = ""


EVERYTHING = Topic(TopicKind.EVERYTHING)


@dataclass(frozen=True)
class Named:
    """A topic as a page says it: its words, the language they are in, and the path of its page."""

    topic: Topic
    words: str
    language: str
    path: str


def of(kind: str, key: str) -> Topic:
    """A topic as it was typed, its key in order. Raises Missing for what is no kind, or has a key that cannot be one."""
    if kind not in set(TopicKind):
        raise Missing
    topic = Topic(TopicKind(kind), _ORDERED.get(kind, str)(key))
    if bool(topic.key) == (topic.kind is TopicKind.EVERYTHING) or len(topic.key) > LONGEST:
        raise Missing
    return topic


def written(topic: Topic) -> str:
    """A topic as forms and addresses say it: what `of` reads, with a stroke between."""
    return f"{topic.kind.value}/{topic.key}" if topic.key else topic.kind.value


def narrowed(filters: Filters, words: str) -> Topic:
    """What a list of proposals narrowed so shows: everything, one theme, or a search."""
    asked = {"q": words, **{field: getattr(filters, field) for field in SEARCHED[1:]}}
    key = _in_order(urlencode(asked))
    if key == urlencode({"theme": filters.theme}):
        return Topic(TopicKind.THEME, filters.theme)
    return Topic(TopicKind.SEARCH, key) if key else EVERYTHING


def named(session: Session, reader: Reader, language: str, topics: Iterable[Topic]) -> dict[Topic, Named]:
    """Those of the topics that are there for the reader; one query for each kind there is among them."""
    wanted = set(topics)
    found: dict[Topic, Named] = {}
    for kind in {topic.kind for topic in wanted}:
        asked = _Asked(session, reader, language, frozenset(topic.key for topic in wanted if topic.kind is kind))
        found |= {one.topic: one for one in _NAMING[kind](asked)}
    return found


def name(session: Session, reader: Reader, language: str, topic: Topic) -> Named:
    """Raises Missing when it is not there for the reader."""
    found = named(session, reader, language, [topic])
    if topic not in found:
        raise Missing
    return found[topic]


def looked_for(asked: Question, narrowed: Narrowing) -> Topic | None:
    """What the search page finds by these words, so narrowed; None where there is no news of it."""
    key = _found_in_order(urlencode({"q": asked.typed, **narrowed.named()}))
    return Topic(TopicKind.FOUND, key) if key and len(key) <= LONGEST else None


def found_of(key: str) -> tuple[Question, Narrowing]:
    """The words and the narrowing of what is found."""
    asked = dict(parse_qsl(key))
    return question.read(asked.get("q", "")), narrowing(asked)


def search_of(key: str) -> tuple[Filters, str]:
    """The filters and the words of a search."""
    asked = dict(parse_qsl(key))
    return Filters(**{field: asked.get(field, "") for field in SEARCHED[1:]}), asked.get("q", "")


def _in_order(query: str) -> str:
    """A search asks the same whatever the order of what it asks for; anything else in the query is left out."""
    asked = {field: " ".join(words.split()) for field, words in parse_qsl(query.removeprefix("?"))}
    return urlencode([(field, asked[field]) for field in SEARCHED if asked.get(field) and asked[field] in ONE_OF.get(field, asked[field])])


def _found_in_order(query: str) -> str:
    """As `_in_order`, of the search page; nothing where no word is looked for, or what there is no news of."""
    asked, narrowed = found_of(query.removeprefix("?"))
    return urlencode({"q": asked.typed, **narrowed.named()}) if asked.wanted and narrowed.kind not in NO_NEWS else ""


_ORDERED: dict[str, Callable[[str], str]] = {TopicKind.SEARCH: _in_order, TopicKind.FOUND: _found_in_order}


# --- naming ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """Topics of one kind to be named, by their keys."""

    session: Session
    reader: Reader
    language: str
    keys: frozenset[str]

    def rows(self, kind: Any, *wanted: Any) -> Iterable[Any]:
        return self.session.execute(columns(kind.slug, *wanted).where(kind.slug.in_(self.keys)))

    def said(self, kind: TopicKind, key: str, words: str, path: str, language: str = "") -> Named:
        return Named(Topic(kind, key), words, language or self.language, path)


def _everything(asked: _Asked) -> Iterable[Named]:
    yield Named(EVERYTHING, say(asked.language, "Everything on the relay"), asked.language, "/")


def _proposals(asked: _Asked) -> Iterable[Named]:
    ids = [row.id for row in asked.rows(Proposal, Proposal.id)]
    for title in titles.of(asked.session, asked.reader, asked.language, ids).values():
        yield asked.said(TopicKind.PROPOSAL, title.slug, title.words, f"/proposals/{title.slug}", title.language)


def _groups(asked: _Asked) -> Iterable[Named]:
    for row in asked.rows(Group, Group.name_fr, Group.name_en):
        words, language = said(row, "name", asked.language)
        yield asked.said(TopicKind.GROUP, row.slug, words, f"/groups/{row.slug}", language)


def _themes(asked: _Asked) -> Iterable[Named]:
    for row in asked.rows(Theme, Theme.name_fr, Theme.name_en):
        words, language = said(row, "name", asked.language)
        yield asked.said(TopicKind.THEME, row.slug, words, f"/proposals?theme={row.slug}", language)


def _actors(asked: _Asked) -> Iterable[Named]:
    for actor in asked.session.execute(select(Actor).where(col(Actor.slug).in_(asked.keys))).scalars():
        yield asked.said(TopicKind.ACTOR, actor.slug, actor.name(asked.language), f"/actors/{actor.slug}")


def _presidencies(asked: _Asked) -> Iterable[Named]:
    for term in presidencies.calendar(asked.session).terms:
        if term.slug in asked.keys:
            words = f"{term.name(asked.language)} {half(term.year, term.half, asked.language)}"
            yield asked.said(TopicKind.PRESIDENCY, term.slug, words, f"/presidencies/{term.slug}")


def _searches(asked: _Asked) -> Iterable[Named]:
    for key in asked.keys:
        words = say(asked.language, "Proposals that answer: %(search)s", search=", ".join(value for _, value in parse_qsl(key)))
        yield asked.said(TopicKind.SEARCH, key, words, f"/proposals?{key}")


def _found(asked: _Asked) -> Iterable[Named]:
    for key in asked.keys:
        typed, narrowed = found_of(key)
        told = ", ".join((typed.typed, *search_words.narrowed(asked.session, asked.language, narrowed)))
        yield asked.said(TopicKind.FOUND, key, say(asked.language, "Search: %(words)s", words=told), f"/search?{key}")


_NAMING: dict[TopicKind, Callable[[_Asked], Iterable[Named]]] = {
    TopicKind.EVERYTHING: _everything,
    TopicKind.PROPOSAL: _proposals,
    TopicKind.GROUP: _groups,
    TopicKind.THEME: _themes,
    TopicKind.ACTOR: _actors,
    TopicKind.PRESIDENCY: _presidencies,
    TopicKind.SEARCH: _searches,
    TopicKind.FOUND: _found,
}

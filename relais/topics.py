"""What can be followed: found by its kind and key, named for people, and the events that are about it."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement, Select, String, and_, cast, or_, select, true
from sqlmodel import Session, col

from models import Actor, Entry, Event, Group, Move, Position, Presidency, Proposal, ProposalTheme, Theme
from models.partial_date import Precision
from models.proposal import Level, Stage
from models.topic import TopicKind
from relais import presidencies
from relais.access import VISITOR, Reader
from relais.db import columns
from relais.errors import Missing
from relais.i18n import half, said, say
from relais.proposals import narrowing, titles
from relais.relay import Filters

SEARCHED = ("q", "group", "theme", "origin", "stage", "level")  # what a search may ask for, as in the address of the list

ONE_OF: dict[str, Container[str]] = {"stage": frozenset(Stage), "level": frozenset(Level)}  # what else is asked of these asks nothing


@dataclass(frozen=True)
class Topic:
    """One thing to follow. `key` is a slug, empty for everything, and the query of the list of proposals for a search."""

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
    topic = Topic(TopicKind(kind), _in_order(key) if kind == TopicKind.SEARCH else key)
    if bool(topic.key) == (topic.kind is TopicKind.EVERYTHING):
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


def events_about(topic: Topic) -> ColumnElement[bool]:
    """A condition on Event: it is about the topic. Whether a reader may know of it is asked elsewhere."""
    return _ABOUT[topic.kind](topic.key)


def search_of(key: str) -> tuple[Filters, str]:
    """The filters and the words of a search."""
    asked = dict(parse_qsl(key))
    return Filters(**{field: asked.get(field, "") for field in SEARCHED[1:]}), asked.get("q", "")


def _in_order(query: str) -> str:
    """A search asks the same whatever the order of what it asks for; anything else in the query is left out."""
    asked = {field: " ".join(words.split()) for field, words in parse_qsl(query.removeprefix("?"))}
    return urlencode([(field, asked[field]) for field in SEARCHED if asked.get(field) and asked[field] in ONE_OF.get(field, asked[field])])


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


_NAMING: dict[TopicKind, Callable[[_Asked], Iterable[Named]]] = {
    TopicKind.EVERYTHING: _everything,
    TopicKind.PROPOSAL: _proposals,
    TopicKind.GROUP: _groups,
    TopicKind.THEME: _themes,
    TopicKind.ACTOR: _actors,
    TopicKind.PRESIDENCY: _presidencies,
    TopicKind.SEARCH: _searches,
}


# --- what is about them ----------------------------------------------------------------------------------------------


def _rows(kind: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The event is about one of these rows."""
    rows: Select[Any] = select(cast(kind.id, String)).where(*where)
    return and_(col(Event.subject) == kind.__tablename__, col(Event.subject_id).in_(rows))


def _about_proposals(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    return col(Event.proposal_id).in_(select(col(Proposal.id)).where(*where))


def _about_theme(slug: str) -> ColumnElement[bool]:
    themed = select(col(ProposalTheme.proposal_id)).where(col(ProposalTheme.theme) == slug)
    return col(Event.proposal_id).in_(themed)


def _about_group(slug: str) -> ColumnElement[bool]:
    return col(Event.group_id).in_(select(col(Group.id)).where(col(Group.slug) == slug))


def _about_actor(slug: str) -> ColumnElement[bool]:
    """What it said, what was dated with it, and the presidencies it holds."""
    its_own = select(col(Actor.id)).where(col(Actor.slug) == slug).scalar_subquery()
    held = select(col(Presidency.slug)).where(col(Presidency.actor_id) == its_own)
    return or_(
        _rows(Position, col(Position.actor_id) == its_own),
        _rows(Entry, col(Entry.actor_id) == its_own),
        and_(col(Event.subject) == Presidency.__tablename__, col(Event.subject_id).in_(held)),
    )


def _about_presidency(slug: str) -> ColumnElement[bool]:
    """What was dated in it, and its legs and packets. A date too coarse to fall in one presidency falls in none."""
    first, last = (
        select(col(day)).where(col(Presidency.slug) == slug).scalar_subquery() for day in (Presidency.starts_on, Presidency.ends_on)
    )
    told = col(Event.details)["presidency"].as_string() == slug
    itself = and_(col(Event.subject) == Presidency.__tablename__, col(Event.subject_id) == slug)
    dated = [_rows(kind, *_within(kind, first, last)) for kind in (Move, Position, Entry)]
    return or_(told, itself, *dated)


def _within(kind: Any, first: Any, last: Any) -> tuple[ColumnElement[bool], ...]:
    return kind.effective_on.between(first, last), kind.precision.not_in((Precision.YEAR, Precision.UNDATED))


def _about_search(key: str) -> ColumnElement[bool]:
    filters, words = search_of(key)
    found = narrowing.chosen(VISITOR, filters, words, None)
    return col(Event.proposal_id).in_(select(col(Proposal.id)).where(found.where).params(**found.values))


_ABOUT: dict[TopicKind, Callable[[str], ColumnElement[bool]]] = {
    TopicKind.EVERYTHING: lambda _: true(),
    TopicKind.PROPOSAL: lambda slug: _about_proposals(col(Proposal.slug) == slug),
    TopicKind.GROUP: _about_group,
    TopicKind.THEME: _about_theme,
    TopicKind.ACTOR: _about_actor,
    TopicKind.PRESIDENCY: _about_presidency,
    TopicKind.SEARCH: _about_search,
}

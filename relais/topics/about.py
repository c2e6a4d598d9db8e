"""The events that are about what can be followed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, or_, select, true
from sqlmodel import Session, col

from models import Actor, Comment, Entry, Event, Group, Move, Position, Presidency, Proposal, ProposalTheme
from models.partial_date import Precision
from models.search import RecordKind
from models.topic import TopicKind
from relais import search
from relais.access import Reader
from relais.proposals import narrowing
from relais.topics import Topic, found_of, search_of


@dataclass(frozen=True)
class _Asked:
    session: Session
    reader: Reader
    key: str


def events_about(session: Session, reader: Reader, topic: Topic) -> ColumnElement[bool]:
    """A condition on Event: it is about the topic, as the reader sees it. Whether they may know of the event is asked elsewhere."""
    return _ABOUT[topic.kind](_Asked(session, reader, topic.key))


def _rows(kind: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The event is about one of these rows."""
    rows: Select[Any] = select(cast(kind.id, String)).where(*where)
    return and_(col(Event.subject) == kind.__tablename__, col(Event.subject_id).in_(rows))


def _about_proposals(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    return col(Event.proposal_id).in_(select(col(Proposal.id)).where(*where))


def _about_theme(asked: _Asked) -> ColumnElement[bool]:
    themed = select(col(ProposalTheme.proposal_id)).where(col(ProposalTheme.theme) == asked.key)
    return col(Event.proposal_id).in_(themed)


def _about_group(asked: _Asked) -> ColumnElement[bool]:
    return col(Event.group_id).in_(select(col(Group.id)).where(col(Group.slug) == asked.key))


def _about_actor(asked: _Asked) -> ColumnElement[bool]:
    """What it said, what was dated with it, and the presidencies it holds."""
    its_own = select(col(Actor.id)).where(col(Actor.slug) == asked.key).scalar_subquery()
    held = select(col(Presidency.slug)).where(col(Presidency.actor_id) == its_own)
    return or_(
        _rows(Position, col(Position.actor_id) == its_own),
        _rows(Entry, col(Entry.actor_id) == its_own),
        and_(col(Event.subject) == Presidency.__tablename__, col(Event.subject_id).in_(held)),
    )


def _about_presidency(asked: _Asked) -> ColumnElement[bool]:
    """What was dated in it, and its legs and packets. A date too coarse to fall in one presidency falls in none."""
    first, last = (
        select(col(day)).where(col(Presidency.slug) == asked.key).scalar_subquery() for day in (Presidency.starts_on, Presidency.ends_on)
    )
    told = col(Event.details)["presidency"].as_string() == asked.key
    itself = and_(col(Event.subject) == Presidency.__tablename__, col(Event.subject_id) == asked.key)
    dated = [_rows(kind, *_within(kind, first, last)) for kind in (Move, Position, Entry)]
    return or_(told, itself, *dated)


def _within(kind: Any, first: Any, last: Any) -> tuple[ColumnElement[bool], ...]:
    return kind.effective_on.between(first, last), kind.precision.not_in((Precision.YEAR, Precision.UNDATED))


def _about_search(asked: _Asked) -> ColumnElement[bool]:
    filters, words = search_of(asked.key)
    found = narrowing.chosen(asked.reader, filters, words, None)
    return col(Event.proposal_id).in_(select(col(Proposal.id)).where(found.where).params(**found.values))


def _about_found(asked: _Asked) -> ColumnElement[bool]:
    """A comment or an entry that says the words, and whatever happens to a proposal that says them."""
    hits = search.every(asked.session, asked.reader, *found_of(asked.key)).cte("hits")

    def of(kind: RecordKind) -> Any:
        return select(hits.c.record_id).where(hits.c.kind == kind)

    said = (_rows(table, col(table.id).in_(of(kind))) for kind, table in ((RecordKind.COMMENT, Comment), (RecordKind.ENTRY, Entry)))
    return or_(col(Event.proposal_id).in_(of(RecordKind.PROPOSAL)), *said)


_ABOUT: dict[TopicKind, Callable[[_Asked], ColumnElement[bool]]] = {
    TopicKind.EVERYTHING: lambda _: true(),
    TopicKind.PROPOSAL: lambda asked: _about_proposals(col(Proposal.slug) == asked.key),
    TopicKind.GROUP: _about_group,
    TopicKind.THEME: _about_theme,
    TopicKind.ACTOR: _about_actor,
    TopicKind.PRESIDENCY: _about_presidency,
    TopicKind.SEARCH: _about_search,
    TopicKind.FOUND: _about_found,
}

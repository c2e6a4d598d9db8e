"""Searches members follow: each of what they may see and that is found from then on is told in their notices."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Event, Person, Proposal, SavedSearch
from models.topic import NewsKind, TopicKind, acts_of
from relais import access, ledger, topics
from relais.access import visible_events
from relais.db import columns
from relais.errors import Invalid, Missing
from relais.form import Form
from relais.i18n import N_
from relais.topics import Topic
from relais.topics.about import events_about

MOST = 50
ACTS = acts_of(tuple(NewsKind))


class SearchForm(Form):
    """`query` is the address of the search page, from `?` on."""

    query: str


def of(session: Session, person: Person) -> Sequence[SavedSearch]:
    """A member's own, in the order they were saved."""
    return session.exec(select(SavedSearch).where(col(SavedSearch.person_id) == person.id).order_by(col(SavedSearch.id))).all()


def follows(session: Session, person: Person, topic: Topic) -> bool:
    mine = select(SavedSearch.id).where(col(SavedSearch.person_id) == person.id, col(SavedSearch.key) == topic.key)
    return session.exec(mine).first() is not None


def save(session: Session, person: Person, form: SearchForm, now: datetime) -> SavedSearch:
    """Follow a search from now on; one that is followed already stays as it is.

    Raises Invalid for one that finds no news, and for more than fifty.
    """
    try:
        topic = topics.of(TopicKind.FOUND, form.query)
    except Missing:
        raise Invalid(N_("There is no news of such a search"), field="query") from None
    session.get_one(Person, person.id, with_for_update=True)  # one at a time: two presses save it once
    mine = {row.key: row for row in of(session, person)}
    if topic.key in mine:
        return mine[topic.key]
    if len(mine) >= MOST:
        raise Invalid(N_("You follow fifty searches already. Leave one first."), field="query")
    row = SavedSearch(person_id=person.id, key=topic.key, saved_at=now, since_event=ledger.newest(session))
    session.add(row)
    session.flush()
    return row


def find(session: Session, person: Person, search_id: int) -> SavedSearch:
    """Raises Missing for one that is not theirs."""
    row = session.get(SavedSearch, search_id)
    if row is None or row.person_id != person.id:
        raise Missing
    return row


def remove(session: Session, row: SavedSearch) -> None:
    session.delete(row)
    session.flush()


def told(session: Session, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Of the events after one and up to another those that are found by a search somebody follows, each with whom: never who did it."""
    followed = select(SavedSearch, Person).join(Person, col(Person.id) == col(SavedSearch.person_id))
    for row, person in session.exec(followed.where(col(SavedSearch.since_event) < end).order_by(col(SavedSearch.id))).all():
        reader = access.reader_for(session, person)
        news = columns(Event.id).outerjoin(Proposal, col(Proposal.id) == col(Event.proposal_id)).where(col(Event.kind).in_(ACTS))
        within = news.where(
            col(Event.id) > max(start, row.since_event), col(Event.id) <= end, func.coalesce(Event.actor_id, 0) != person.id
        )
        about = events_about(session, reader, Topic(TopicKind.FOUND, row.key))
        yield from ((event, person.id) for event in session.execute(within.where(visible_events(reader), about)).scalars())

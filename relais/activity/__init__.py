"""What happened in the record, told from the ledger to those who may know of it: newest first, one line per act."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlmodel import Session, col, or_, select

from models import Actor, Event, Group, Membership, Person, Proposal, Source
from models.event import EventKind
from models.group import Role
from relais import ledger
from relais.access import Reader, visible_events
from relais.activity.folding import Run, fold
from relais.activity.kinds import KINDS, News
from relais.db import columns
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.topics import Topic
from relais.topics.about import events_about

# How many events are looked at for one page: an import of more is told on several.
LOOKED_AT = 400


@dataclass(frozen=True)
class Filters:
    """What is asked for; `after` leaves out that event, all before it, and what the reader did themselves."""

    group_id: int | None = None
    proposal_id: int | None = None
    kinds: Collection[EventKind] = ()
    person_id: int | None = None
    after: int | None = None
    before: int = 0
    topic: Topic | None = None
    only: Collection[int] | None = None  # these events and no others


@dataclass(frozen=True)
class Act:
    """One line. `who` is a name, as far as the reader may know it; `role` stands in for it. `number` events, on `others` more proposals."""

    id: int
    kind: EventKind
    at: datetime
    details: dict[str, Any]
    subject_id: str
    number: int
    others: int
    who: str
    role: Role | None
    by_person: bool
    mine: bool
    new: bool
    proposal: Title | None
    group: Any
    about: str  # the name of a source, an actor or a member, where the act is about one
    about_language: str


@dataclass(frozen=True)
class Acts:
    """`older` is where the next page begins, 0 where there is none; `newest` the newest event of the ledger when this was read."""

    acts: list[Act]
    older: int
    newest: int


def page(session: Session, reader: Reader, language: str, filters: Filters, *, limit: int = 40) -> Acts:
    newest = ledger.newest(session)
    looked_at = min(LOOKED_AT, limit * 40)
    rows = _rows(session, reader, filters, looked_at)
    runs, last = fold(rows, limit)
    older = last if last and (len(rows) == looked_at or rows[-1].id < last) else 0
    return Acts(_told(session, reader, language, runs), older, newest)


def each(session: Session, reader: Reader, language: str, filters: Filters, *, limit: int) -> tuple[list[Act], int]:
    """One act for each event, the newest first, so that none is ever told anew among others; and before which event the older ones are,
    0 where there are none."""
    rows = _rows(session, reader, filters, limit + 1)
    runs = [Run(row, row.id, proposals={row.proposal_id} - {None}) for row in rows[:limit]]
    return _told(session, reader, language, runs), rows[limit - 1].id if len(rows) > limit else 0


def latest(session: Session, reader: Reader, language: str, *, limit: int, group_id: int | None = None, kinds: Any = ()) -> list[Act]:
    """The newest acts, `kinds` of them alone where any are given."""
    return page(session, reader, language, Filters(group_id=group_id, kinds=kinds), limit=limit).acts[:limit]


def kinds_of(asked: str) -> Collection[EventKind]:
    """The acts a kind of news is made of; none, which is no filter, for what is no kind."""
    return KINDS[News(asked)] if asked in set(News) else ()


def people(session: Session, reader: Reader) -> list[tuple[int, str]]:
    """Those in the reader's groups who chose a name: whom the activity may be narrowed to."""
    theirs = select(Person.id, Person.name).join(Membership, col(Membership.person_id) == col(Person.id))
    named = theirs.where(col(Membership.group_id).in_(list(reader.roles)), col(Person.name) != "").distinct()
    return [(key, name) for key, name in session.exec(named.order_by(Person.name)).all()] if reader.roles else []


def _rows(session: Session, reader: Reader, filters: Filters, limit: int) -> Sequence[Row[Any]]:
    role = (col(Membership.person_id) == col(Event.actor_id)) & (col(Membership.group_id) == col(Event.group_id))
    query = (
        columns(
            Event.id, Event.kind, Event.recorded_at, Event.details, Event.actor_id, Event.proposal_id, Event.group_id, Event.subject_id,
            Person.name, Membership.role, Group.slug, Group.name_fr, Group.name_en,
        )
        .outerjoin(Proposal, col(Proposal.id) == col(Event.proposal_id))
        .outerjoin(Person, col(Person.id) == col(Event.actor_id))
        .outerjoin(Group, col(Group.id) == col(Event.group_id))
        .outerjoin(Membership, role)
        .where(visible_events(reader), *_asked(session, reader, filters))
    )  # fmt: skip
    return session.execute(query.order_by(col(Event.id).desc()).limit(limit)).all()


def _asked(session: Session, reader: Reader, filters: Filters) -> Iterable[ColumnElement[bool]]:
    me = reader.person.id if reader.person else None
    if filters.group_id is not None:
        yield col(Event.group_id) == filters.group_id
    if filters.proposal_id is not None:
        yield col(Event.proposal_id) == filters.proposal_id
    if filters.kinds:
        yield col(Event.kind).in_(filters.kinds)
    if filters.person_id is not None:
        yield col(Event.actor_id) == filters.person_id
    if filters.after is not None:
        yield col(Event.id) > filters.after
        yield or_(col(Event.actor_id).is_(None), col(Event.actor_id) != me)
    if filters.before:
        yield col(Event.id) < filters.before
    if filters.only is not None:
        yield col(Event.id).in_(filters.only)
    if filters.topic:
        yield events_about(session, reader, filters.topic)


def _told(session: Session, reader: Reader, language: str, runs: Sequence[Run]) -> list[Act]:
    named = titles.of(session, reader, language, {run.head for run in runs if run.head})
    about = _abouts(session, reader, language, [run.row for run in runs])
    return [_act(reader, run, named.get(run.head or 0), about.get(run.row.id, ("", language))) for run in runs]


def _act(reader: Reader, run: Run, proposal: Title | None, about: tuple[str, str]) -> Act:
    row, me = run.row, reader.person
    mine = me is not None and row.actor_id == me.id
    return Act(
        id=row.id,
        kind=row.kind,
        at=row.recorded_at,
        details=row.details,
        subject_id=row.subject_id,
        number=run.number,
        others=max(len(run.proposals) - 1, 0),
        who="" if reader.visitor else row.name or "",
        role=row.role,
        by_person=row.actor_id is not None,
        mine=mine,
        new=me is not None and not mine and row.id > me.seen_event_id,
        proposal=proposal,
        group=row if row.slug else None,
        about=about[0],
        about_language=about[1],
    )


def _abouts(session: Session, reader: Reader, language: str, rows: Sequence[Row[Any]]) -> dict[int, tuple[str, str]]:
    """What acts that are about no proposal are about, by event: a source, an actor, or a member to those who may know them."""
    slugs = {row.id: row.details["slug"] for row in rows if not row.proposal_id and "slug" in row.details}
    members = {row.id: row.details["person"] for row in rows if "person" in row.details and reader.in_group(row.group_id)}
    found: dict[int, tuple[str, str]] = {}
    if slugs:
        titles_of_sources = columns(Source.slug, Source.title, Source.language).where(col(Source.slug).in_(set(slugs.values())))
        sources = {slug: (title, tongue) for slug, title, tongue in session.execute(titles_of_sources)}
        known = session.exec(select(Actor).where(col(Actor.slug).in_(set(slugs.values())))).all()
        actors = {actor.slug: (actor.name(language), language) for actor in known}
        kinds = {row.id: row.kind for row in rows}
        of_actors = (EventKind.ACTOR_ADDED, EventKind.ACTOR_CHANGED)
        found |= {key: (actors if kinds[key] in of_actors else sources).get(slug, ("", language)) for key, slug in slugs.items()}
    if members:
        named = columns(Person.id, Person.name).where(col(Person.id).in_(set(members.values())))
        people = {key: name for key, name in session.execute(named)}  # noqa: C416  rows are no pairs to mypy
        found |= {key: (people.get(person, ""), language) for key, person in members.items()}
    return found

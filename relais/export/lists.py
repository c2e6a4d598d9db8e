"""Parts of the record as a reader may see them: proposals, presidencies, actors, sources, groups or themes, some at a time or one.

Lists run in the order the whole export has; `after` is the slug of the last item seen, and raises Invalid when there is no such item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, or_, select, true
from sqlmodel import Session, col

from models import Actor, Group, Position, Presidency, Proposal, ProposalTheme, Source, Theme
from models.proposal import Level, Stage
from relais import positions
from relais.access import Reader, visible_positions, visible_proposals
from relais.errors import Invalid, Missing
from relais.export import merge, parts, rows
from relais.export.parts import Part
from relais.export.read import columns, read
from relais.export.rows import DATES, Where


@dataclass(frozen=True)
class Filters:
    stage: Stage | None = None
    theme: str | None = None
    group: str | None = None
    level: Level | None = None
    actor: str | None = None
    origin: str | None = None


def proposals(session: Session, reader: Reader, filters: Filters, after: str | None, limit: int, day: date | None) -> list[Part]:
    """Proposals the reader may see, as they stood on the day if one is given."""
    chosen = and_(_after(session, Proposal, "id", after), *_filtered(session, reader, filters, day))
    ids = (
        _there(session, reader, chosen, filters.stage, limit)
        if day is None
        else _there_on(session, reader, chosen, filters.stage, limit, day)
    )
    return list(merge.proposals(session, col(Proposal.id).in_(ids), reader, day))


def presidencies(session: Session, after: str | None, limit: int, day: date | None) -> list[Part]:
    chosen = _after(session, Presidency, "starts_on", after)
    return list(merge.presidencies(session, chosen, day, limit))


def presidency(session: Session, slug: str, day: date | None) -> Part:
    """Raises Missing, as those of one below."""
    return _one(list(merge.presidencies(session, col(Presidency.slug) == slug, day)))


def actors(session: Session, after: str | None, limit: int) -> list[Part]:
    return [parts.actor(row) for row in read(session, rows.actors(_after(session, Actor, "id", after)).limit(limit))]


def actor(session: Session, slug: str) -> Part:
    return _one([parts.actor(row) for row in read(session, rows.actors(col(Actor.slug) == slug))])


def sources(session: Session, after: str | None, limit: int) -> list[Part]:
    return list(merge.sources(session, _after(session, Source, "id", after), limit))


def source(session: Session, slug: str) -> Part:
    return _one(list(merge.sources(session, col(Source.slug) == slug)))


def groups(session: Session, after: str | None, limit: int) -> list[Part]:
    return [parts.group(row) for row in read(session, rows.groups(_after(session, Group, "id", after)).limit(limit))]


def group(session: Session, slug: str) -> Part:
    return _one([parts.group(row) for row in read(session, rows.groups(col(Group.slug) == slug))])


def themes(session: Session, after: str | None, limit: int) -> list[Part]:
    """By slug, compared here: databases put hyphens where their language would."""
    found = sorted((parts.theme(row) for row in read(session, rows.all_themes())), key=itemgetter("slug"))
    return [theme for theme in found if after is None or theme["slug"] > after][:limit]


def theme(session: Session, slug: str) -> Part:
    return _one([parts.theme(row) for row in read(session, rows.all_themes().where(col(Theme.slug) == slug))])


def _one(found: list[Part]) -> Part:
    if not found:
        raise Missing
    return found[0]


def _after(session: Session, table: Any, order: str, slug: str | None) -> Where:
    if slug is None:
        return true()
    place = session.connection().execute(select(getattr(table, order)).where(table.slug == slug)).scalar()
    if place is None:
        raise Invalid("This cursor is not of this list", field="cursor")
    return getattr(table, order) > place  # type: ignore[no-any-return]


def _filtered(session: Session, reader: Reader, filters: Filters, day: date | None) -> list[Where]:
    chosen: list[Where] = []
    if filters.theme:
        chosen.append(col(Proposal.id).in_(select(col(ProposalTheme.proposal_id)).where(col(ProposalTheme.theme) == filters.theme)))
    if filters.group:
        chosen.append(followed_by(filters.group))
    if filters.level:
        chosen.append(col(Proposal.level) == filters.level)
    if filters.origin:
        chosen.append(col(Proposal.origin_id).in_(select(col(Source.id)).where(col(Source.slug) == filters.origin)))
    if filters.actor:
        chosen.append(col(Proposal.id).in_(_with_position_of(session, reader, filters.actor, day)))
    return chosen


def followed_by(group: str) -> Where:
    """For proposals, and what has one: that this group follows it."""
    return col(Proposal.group_id).in_(select(col(Group.id)).where(col(Group.slug) == group))


def _with_position_of(session: Session, reader: Reader, actor: str, day: date | None) -> set[int]:
    """Ids of the proposals on which the actor has a position that stands. What corrects one may name another actor."""
    ids = select(col(Actor.id)).where(col(Actor.slug) == actor)
    given = select(col(Position.id)).where(col(Position.actor_id).in_(ids))
    said = (
        select(*columns(Position, f"id proposal_id actor_id supersedes_id {DATES}"), col(Actor.slug))
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .where(visible_positions(reader), or_(col(Position.actor_id).in_(ids), col(Position.supersedes_id).in_(given)))
    )
    standing = positions.latest(read(session, said), day)
    return {row.proposal_id for row in standing.values() if row.slug == actor}


def _there(session: Session, reader: Reader, chosen: Where, stage: Stage | None, limit: int) -> Sequence[int]:
    staged = col(Proposal.stage) == stage if stage else true()
    page = select(col(Proposal.id)).where(chosen, staged, visible_proposals(reader)).order_by(col(Proposal.id)).limit(limit)
    return session.connection().execute(page).scalars().all()


def _there_on(session: Session, reader: Reader, chosen: Where, stage: Stage | None, limit: int, day: date) -> Sequence[int]:
    """Read move by move, since the stage of another day is kept nowhere."""
    there = merge.stages(session, chosen, reader, day)
    return [key for key, _, then in islice((found for found in there if stage is None or found[2] is stage), limit)]

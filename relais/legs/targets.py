"""Whom a leg addresses: permanent representations, ministries, committees, directorates-general, as long as they are there."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, select

from models import Actor, Leg, LegTarget
from models.actor import ActorKind
from relais.choices import Choices
from relais.db import columns
from relais.errors import Invalid

KINDS = (
    ActorKind.PERMANENT_REPRESENTATION, ActorKind.MINISTRY, ActorKind.COMMITTEE, ActorKind.DIRECTORATE_GENERAL, ActorKind.INSTITUTION,
    ActorKind.MEMBER_STATE,
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """An actor a leg addresses; `part_of_id` is the body or state it belongs to."""

    id: int
    slug: str
    kind: ActorKind
    names: dict[str, str]
    since: date | None
    until: date | None
    part_of_id: int | None

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


def there(actor: Any, term: Any) -> bool:
    """Whether an actor was there at some time of a presidency; one whose days are not known is taken to be."""
    return (actor.since is None or actor.since <= term.ends_on) and (actor.until is None or actor.until >= term.starts_on)


def goes_on(target: Target, start: Any, term: Any) -> bool:
    """Whether what one presidency's leg addresses is addressed in a later one: not what belongs to the state that presided alone."""
    of_state = start.actor_id in (target.id, target.part_of_id)
    return there(target, term) and (not of_state or term.actor_id == start.actor_id)


@dataclass(frozen=True)
class Offered:
    """Whom a leg may address, by kind; `others` are the representations and ministries of states that are not of the trio."""

    near: list[tuple[ActorKind, Choices]]
    others: Choices


def offered(session: Session, term: Any, language: str, *, also: Collection[str] = ()) -> Offered:
    """Whom a leg of this presidency may address: of the member states those of its trio; `also` stays whatever its days."""
    everyone = session.exec(select(Actor).where(col(Actor.kind).in_(KINDS))).all()
    states = {one.id: one for one in everyone if one.kind is ActorKind.MEMBER_STATE}
    by_kind: dict[ActorKind, Choices] = {kind: [] for kind in KINDS}
    others: Choices = []
    for one in sorted(everyone, key=lambda one: (term.actor_id not in (one.id, one.part_of_id), one.name(language))):
        state = states.get(one.part_of_id or one.id)
        of_trio = state is None or state.code in term.trio
        if one.slug in also or (there(one, term) and of_trio):
            by_kind[one.kind].append((one.slug, one.name(language)))
        elif there(one, term) and one is not state:
            others.append((one.slug, one.name(language)))
    return Offered([(kind, choices) for kind, choices in by_kind.items() if choices], others)


def put(session: Session, leg: Leg, slugs: Iterable[str], term: Any) -> None:
    """Let the leg address these and no others. Raises Invalid for who is not known, or was not there in that presidency."""
    wanted = set(slugs)
    had = {one.slug: one.id for one in of(session, [leg.id])[leg.id]}
    found = session.exec(select(Actor).where(col(Actor.slug).in_(wanted))).all()
    if unknown := wanted - {actor.slug for actor in found}:
        raise Invalid("There is no actor “%(slug)s” in the list", field="targets", slug=min(unknown)[:80])
    gone = [actor.name("en") for actor in found if actor.slug not in had and not there(actor, term)]
    if gone:
        raise Invalid("%(name)s is not there in this presidency", field="targets", name=gone[0])
    dropped = [had[slug] for slug in had.keys() - wanted]
    if dropped:
        session.connection().execute(delete(LegTarget).where(col(LegTarget.leg_id) == leg.id, col(LegTarget.actor_id).in_(dropped)))
    session.add_all(LegTarget(leg_id=leg.id, actor_id=actor.id) for actor in found if actor.slug not in had)
    session.flush()


def of(session: Session, legs: Collection[int]) -> dict[int, list[Target]]:
    """Whom legs address, by the leg's id: one query, whatever their number."""
    found: dict[int, list[Target]] = defaultdict(list)
    if not legs:
        return found
    rows = session.execute(
        columns(LegTarget.leg_id, Actor.id, Actor.slug, Actor.kind, Actor.names, Actor.since, Actor.until, Actor.part_of_id)
        .join(Actor, col(Actor.id) == col(LegTarget.actor_id))
        .where(col(LegTarget.leg_id).in_(legs))
        .order_by(col(Actor.slug))
    )
    for leg, *facts in rows:
        found[leg].append(Target(*facts))
    return found

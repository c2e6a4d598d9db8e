"""The public shapes of the record, shared by the export (relais/export/schema.py) and the API; those of proposals and of entries stand
in relais/export/proposal_shapes.py.

Every member is always there: an empty string or list says that nothing is recorded, null that there is no such thing.
"""

from datetime import date, datetime

from models.actor import ActorKind
from relais.export.claims import Shape, When, Words


class Group(Shape):
    slug: str
    name: Words
    description: Words


class Theme(Shape):
    slug: str
    name: Words


class Packet(Shape):
    """A hand-over brief frozen for good, as visitors could read it then."""

    number: int
    digest: str
    """SHA-256 of the bytes at its address."""
    reason: str
    """What it corrects in the one before; empty for the first."""
    frozen_at: datetime
    address: str
    """Path of the packet as JSON, in both languages."""


class Presidency(Shape):
    """One half-year of the Council presidency."""

    slug: str
    """Year and state: `2026-ie`."""
    state: str
    """Slug of the actor."""
    code: str
    """The EU's code of the state: EL for Greece."""
    starts_on: date
    ends_on: date
    trio: list[str]
    legal_basis: str
    """Slug of the source."""
    known_on: date
    """The day of the decision that sets it."""
    known: bool
    """Whether that decision had been taken by the as-of day; true without one."""
    note: Words
    packets: list[Packet]
    """Its frozen briefs, by number."""


class Actor(Shape):
    """Who can take a position."""

    slug: str
    kind: ActorKind
    code: str | None
    names: dict[str, str]
    """By language code; French and English at least."""
    size: int | None
    """How many a collective actor counts, as its source states it; its members are not named."""
    part_of: str | None
    """Slug of the actor it belongs to."""
    since: date | None
    """The first day it was there, where known; so `until` the last."""
    until: date | None
    note: Words


class Check(Shape):
    """That somebody looked whether a source was still where it was."""

    checked_on: date
    reachable: bool
    note: str


class Source(Shape):
    """A document or a page the record rests on."""

    slug: str
    title: str
    publisher: str
    language: str
    url: str
    published: When
    retrieved_on: date | None
    note: Words
    checks: list[Check]
    """In the order they were recorded."""


class Population(Shape):
    """How many people live in a member state, by the figures of one year."""

    state: str
    """Slug of the actor."""
    year: int
    people: int
    source: str
    """Slug of the source of the figures."""

"""The public shapes of proposals, of what belongs to them, and of entries. Every member is always there, as in relais/export/shapes.py."""

from datetime import datetime

from pydantic import Field

from models.entry import EntryKind, EntryState, Extent, Family
from models.position import Stance
from models.proposal import Level, Stage
from relais.export.claims import Claim, Shape, When, Words


class RevisionName(Shape):
    """One saved version of a text, by its language and its number there."""

    language: str
    number: int


class Text(Shape):
    """The words of a proposal in one language, as they stand: texts do not follow the as-of day."""

    title: str
    summary: str
    body: str
    """Markdown."""
    revision: int
    translates: RevisionName | None
    """The revision this translation was made from; null for the original."""
    saved_at: datetime


class Standing(Shape):
    """Where a proposal stands, and since when."""

    name: Stage
    number: int | None
    """1 to 6 on the ladder from drafted to in force; null for dropped and merged."""
    since: When


class Move(Claim):
    """One change of stage."""

    id: int
    from_: Stage | None = Field(alias="from")
    """Null for the first."""
    to: Stage
    reason: Words
    label: Words
    superseded_by: int | None
    """Id of the move that corrects this one."""


class Position(Claim):
    """What an actor says of a proposal, from a date on."""

    id: int
    actor: str
    """Slug of the actor."""
    stance: Stance
    note: Words
    revision: RevisionName | None
    """The revision of the text it was given on."""
    on_older_text: bool
    """Whether that text has changed in substance since, as recorded today."""
    superseded_by: int | None
    """Id of the position that corrects this one."""
    current: bool
    """Whether it is where the actor stands."""


class Weight(Shape):
    """Some states of the Council, and what they lack for a qualified majority, or where they oppose for a blocking minority."""

    states: int
    people: int | None
    """Null where no figures with a source are on record; so the next two."""
    permille: int | None
    """Their share of the people in thousandths, rounded down."""
    states_missing: int
    people_missing: int | None
    reached: bool


class Council(Shape):
    """What the Council would count of the positions of member states that are named, by Article 16(4) of the Treaty on European Union."""

    members: int
    people: int | None
    """Of all member states; null where the figure of any is not on record."""
    year: int | None
    """The year of the figures."""
    figures: str | None
    """Slug of the source of the figures."""
    rule: str | None
    """Slug of the source of the rule."""
    supports: Weight
    with_conditions_too: Weight
    """Those in favour without conditions and with them."""
    opposes: Weight
    open: int
    """How many states took no side."""
    unknown: int
    """Of how many nothing is recorded."""
    unnamed: list[int]
    """Sizes of collective actors in favour: their members are not named, and so not weighed."""


class EntryName(Shape):
    key: str
    lead: bool
    """True while the link is a possible one, to be checked by an editor."""
    presidency: str | None
    """Slug of the presidency a contact was for, which may begin later."""
    extent: Extent | None
    """How far what the entry tells of answers the proposal: fully, partly, in name only; null where it is no answer."""
    extent_words: Words


class Leg(Shape):
    """What is publicly asked of one presidency. Asks do not follow the as-of day."""

    presidency: str
    """Slug of the presidency."""
    ask: Words
    outcome: Words
    """What came of it; both empty while it is open."""
    lead_group: str | None
    """Slug of the working group that leads, where one does."""
    targets: list[str]
    """Slugs of the actors it is addressed to."""
    carried_from: str | None
    """Slug of the earlier presidency whose ask goes on in this one."""
    recorded_at: datetime


class Comment(Shape):
    """A public comment. Comments do not follow the as-of day."""

    id: int
    parent: int | None
    """Id of the public comment it answers."""
    author: str
    """The name the author shows; empty when none is given."""
    body: str
    """Markdown."""
    posted_at: datetime
    edited_at: datetime | None


class Proposal(Shape):
    """One ask, with all that is recorded of it; moves, positions and comments in the order they were recorded."""

    slug: str
    level: Level
    themes: list[str]
    instrument: Words
    procedure: str
    """EU procedure reference: `2022/0379(COD)`."""
    group: str
    """Slug of the working group that follows it."""
    origin: str | None
    """Slug of the source it comes from."""
    rank: int
    """Its place among the proposals of its origin."""
    original_language: str
    recorded_at: datetime
    stage: Standing
    merged_into: str | None
    """Slug of the proposal it was merged into."""
    texts: dict[str, Text]
    """By language code."""
    moves: list[Move]
    positions: list[Position]
    council: Council | None
    """Null for a national proposal, where no state is named, and where the members of the Council are not on record."""
    entries: list[EntryName]
    legs: list[Leg]
    """In the order of the presidencies."""
    comments: list[Comment]


class ProposalName(Shape):
    slug: str
    lead: bool
    """True while the link is a possible one, to be checked by an editor."""
    presidency: str | None
    """Slug of the presidency a contact was for, which may begin later."""
    extent: Extent | None
    """How far what the entry tells of answers the proposal: fully, partly, in name only; null where it is no answer."""
    extent_words: Words


class Entry(Claim):
    """Something dated on the timeline. It may concern several proposals, or none."""

    key: str
    family: Family
    kind: EntryKind
    state: EntryState
    title: Words
    label: Words
    note: Words
    outcome: Words
    """What came of it."""
    actor: str | None
    """Slug of the actor it was with."""
    answers: str | None
    """Key of the entry it answers."""
    notice_days: int | None
    """How many days before it work on it must begin, or after a letter its answer is waited for."""
    superseded_by: str | None
    """Key of the entry that corrects this one."""
    proposals: list[ProposalName]

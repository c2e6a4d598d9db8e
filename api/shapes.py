"""Shapes the API has beyond those of the export: claims with their proposal, and how the record is worked on."""

from datetime import date, datetime

from models.event import EventKind
from models.search import RecordKind
from relais.export.claims import Shape, Words
from relais.export.proposal_shapes import Comment, Entry, EntryName, Leg, Move, Position
from relais.export.shapes import Packet


class MoveOf(Move):
    proposal: str
    """Slug of the proposal."""


class PositionOn(Position):
    proposal: str
    """Slug of the proposal."""


class Member(Shape):
    id: int
    name: str
    """Empty where none is given."""


class LegOf(Leg):
    proposal: str
    """Slug of the proposal."""
    lead: Member | None
    """The person who leads, told to the proposal's group alone."""
    note: Words | None
    """For whoever takes it up: null for all but the proposal's group."""
    public: bool
    """False for the proposal's group alone."""
    version: int
    """Grows with every change: for `If-Match`."""


class AnswerTo(EntryName):
    """That the entry of this `key` answers a proposal."""

    proposal: str
    """Slug of the proposal."""
    version: int
    """Changes with whatever is said of it: for `If-Match`."""


class Contact(Entry):
    """An entry that was for an ask, and what is waited for."""

    due: date | None
    """By when a letter wants its answer, told to the proposal's group alone."""
    answered_by: list[str]
    """Keys of the entries that answer it."""


class PacketOf(Packet):
    presidency: str
    """Slug of the presidency."""
    frozen_by: Member | None
    """Told to members: null for visitors, and for what Relais froze by itself on the day."""
    content: str
    """Address of the bytes, which are there for good: the brief in French and in English."""
    content_schema: str
    """Address of the JSON Schema of a brief."""
    pages: dict[str, str]
    """Addresses of its page, by language."""
    documents: dict[str, str]
    """Addresses of its Word document, by language."""


class CommentOn(Comment):
    proposal: str
    """Slug of the proposal."""
    public: bool
    """False for the proposal's group alone."""
    passage: str
    """The words of the text it is about; empty where it is about the whole."""
    resolved_at: datetime | None
    """When its thread was resolved."""
    resolved_by: str
    """The name of who did, for members to know; empty when none is given."""
    removed_at: datetime | None
    """When its author took it back: what it said is left out."""
    hidden_at: datetime | None
    """When it was hidden: what it says is left out, but for coordinators of the group."""
    hidden_reason: str
    version: int
    """Grows with every change: for `If-Match`."""


class Wording(Shape):
    """What a comment said for a time."""

    number: int
    body: str
    """Markdown."""
    since: datetime
    until: datetime | None
    """When another took its place, or it was taken back; null for the one that stands."""


class CommentReport(Shape):
    """What somebody told the coordinators of a comment."""

    id: int
    comment: int
    """Id of the comment."""
    proposal: str
    """Slug of the proposal it is on."""
    reason: str
    reporter: str
    """The name of who reported it; empty when none is given."""
    reported_at: datetime


class Task(Shape):
    """A next step on a proposal, for its group alone."""

    id: int
    proposal: str
    """Slug of the proposal."""
    text: str
    presidency: str | None
    """Slug of the presidency whose leg it belongs to."""
    due_on: date | None
    assignee: Member | None
    author: str
    """The name of who added it; empty when none is given."""
    added_at: datetime
    done_at: datetime | None
    version: int
    """Grows with every change: for `If-Match`."""


class Act(Shape):
    """One line of the ledger: that something was done to something."""

    id: int
    """Where to go on from: `after`."""
    kind: EventKind
    recorded_at: datetime
    subject: str
    """What kind of thing it was done to: `positions`."""
    subject_id: str
    proposal: str | None
    """Slug of the proposal it is about."""
    group: str | None
    """Slug of the working group it was done in."""
    who: str
    """The name of who did it, for members to know; empty when none is given."""
    public: bool


class Run(Shape):
    text: str
    found: bool
    """Whether it is what was looked for."""


class Hit(Shape):
    """Something that says what was looked for."""

    kind: RecordKind
    url: str
    """Address of its page."""
    name: str | None
    """Null where it is called by what it is said of."""
    name_language: str | None
    excerpt: list[Run]
    excerpt_language: str | None
    date: str | None
    proposal: str | None
    """Slug of the proposal it is said of; null for a proposal itself, with whose slug `url` ends."""
    public: bool


class SavedSearch(Shape):
    """A search the holder of the token follows."""

    id: int
    query: str
    """As in the address of the search page."""
    url: str
    """Address of that page."""
    saved_at: datetime


class SavedReport(Shape):
    """A selection with a name."""

    id: int
    name: str
    language: str
    """That of the name."""
    group: str | None
    """Slug of the working group it is of; null for the holder's own."""
    public: bool
    """Whether readers without an account see it."""
    query: str
    """The selection, as in the address of the report."""
    url: str
    """Address of the report; its files stand beside it, as docs/reports.md says."""
    version: int
    """Grows with every change: for `If-Match`."""


class Share(Shape):
    """Of one kind of thing."""

    shown: int
    """How much anybody would see."""
    kept: int
    """How much stays in the group."""


class Written(Shape):
    language: str
    title: str
    revisions: int
    """How many, all of which anybody would see."""


class Publication(Shape):
    """What becomes visible with a proposal."""

    texts: list[Written]
    moves: int
    positions: Share
    entries: Share
    comments: Share

"""Shapes of the files a group imports: how each is read, what it would bring, and what became of it."""

from datetime import datetime
from typing import Literal

from models.imports import Kind
from relais.export.claims import Shape, Words


class Counts(Shape):
    """What becomes of the rows of a file."""

    new: int
    known: int
    """They are there, and the file says of them what it said then."""
    differs: int
    """They are there, and the file says something else now: they are left as they are."""
    refused: int
    records: dict[str, int]
    """How many of the new ones are what: by kind."""


class Import(Shape):
    """A file, kept for a day until it is applied; then what is known of it."""

    id: int
    name: str
    form: str
    """What kind of file it is: as in `form` when it is brought."""
    size: int
    """In bytes."""
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    origin: str
    """Where its ids are from: a row with the same id of the same origin is never imported twice."""
    language: Literal["fr", "en"]
    """That of words no column says the language of."""
    kind: Kind | None
    """What the lines of a table are; null for what is no table."""
    columns: dict[str, str]
    """Of a table: by heading the field the column is. Others are not read."""
    public: bool
    """Whether new proposals are public at once."""
    person: int
    """Who brought it: as in `person` of a member."""
    uploaded_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    counts: Counts | None
    """What became of its rows; null until it is applied."""
    version: int


class Field(Shape):
    """What a column may be."""

    name: str
    label: Words
    needed: bool
    """Whether a line without it is refused."""


class NewRow(Shape):
    where: str
    """Its place in the file."""
    kind: Kind
    id: str
    """Its id in the file; that of its words where the file gives none."""
    words: str
    """What it is called, or what it says of what."""


class RefusedRow(Shape):
    where: str
    column: str
    """The field that is wrong; empty where it is the row."""
    why: Words


class Obstacle(Shape):
    """A record others have built on since."""

    kind: Kind
    id: str
    """The id of the row it came from."""
    record: int


class ImportRead(Import):
    """With what applying it now would do, or why it cannot be undone."""

    samples: dict[str, list[str]]
    """Of a table: by heading the first values of each column."""
    fields: list[Field]
    """Of a table: what its columns may be."""
    unread: Words | None
    """Why it cannot be read as it is said to be; else null."""
    would: Counts | None
    """What would become of its rows now; null once it is applied."""
    seconds: int | None
    """How long applying it would take, about: nobody else can save meanwhile. More than 60 are refused."""
    rows: list[NewRow]
    """The first 50 new ones of each kind."""
    refused: list[RefusedRow]
    """The first 50."""
    obstacles: list[Obstacle]
    """What keeps it from being undone: the first 50."""

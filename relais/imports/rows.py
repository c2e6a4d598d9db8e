"""What a reader makes of a file: rows the house can take, and refusals that say where and why.

A reader is `read(content: bytes, how: How) -> Iterator[Row | Refusal]` and is listed in `relais.imports.readers`. It keeps no more than it
must in memory, gives what others point to before what points to them (a proposal before its positions, a comment before its answers), and
raises `relais.errors.Invalid` only for a file that is none of its kind. What a row may hold is said by the forms of `relais.imports.forms`:
the names of `values` are theirs, and what is wrong with a value is found and told there, so that a reader passes on what it finds as plain
text, lists and nested dictionaries.

Rows point to one another by the ids they have in the file. What is there already may be named as the house does: a proposal, an actor or a
source by its slug, an actor also by its code or name, a source also by its address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from models.imports import Kind


@dataclass(frozen=True)
class Row:
    """`external_id` names it in its file for good, `where` is its place there as a person would look for it: a line, a pointer."""

    kind: Kind
    external_id: str
    where: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Refusal:
    """What cannot be taken: the place, the column where it is known, and a message of the catalogue with what fills it."""

    where: str
    message: str
    column: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class How:
    """How a file is read. `language` is that of words no column says the language of; the rest is for tables alone: what its lines are, and
    which of its columns, by heading, is which field."""

    language: str = "fr"
    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


class Read(Protocol):
    def __call__(self, content: bytes, how: How) -> Iterator[Row | Refusal]: ...

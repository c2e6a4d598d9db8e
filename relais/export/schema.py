"""The documents of the export and their JSON Schema. `python -m relais export --schema` prints it, for docs/schema."""

import json
from datetime import date
from typing import Any, Literal

from pydantic import Field, TypeAdapter

from relais.export.claims import Shape
from relais.export.named import NAME
from relais.export.proposal_shapes import Entry, Proposal
from relais.export.shapes import Actor, Group, Population, Presidency, Source, Theme


class Selection(Shape):
    """What a report is about: some proposals, or all where none of the four lists says which. Parts that were not asked for are empty."""

    proposals: list[str]
    groups: list[str]
    themes: list[str]
    actors: list[str]
    """Proposals they have a position on."""
    from_: str | None = Field(alias="from")
    """Slug of the first presidency of the period: of what is dated, only what falls in it is told."""
    to: str | None
    parts: list[str]


class Meta(Shape):
    schema_: Literal["relais-export-1"] = Field(alias="schema")
    schema_address: str
    """Where the JSON Schema of this document lies on the site that made it."""
    as_of: date | None
    """The day in the world the document speaks of; null for all that is recorded."""
    state: int
    """Grows with every public change: the same state, day and address give the same bytes."""
    audience: Literal["public", "group"]
    """`group` when the reader was a member, and group-only things may stand in it."""
    licence: str
    selection: Selection | None
    """What a report was asked for; null where all is told."""


class Export(Shape):
    """The whole record."""

    meta: Meta
    groups: list[Group]
    themes: list[Theme]
    presidencies: list[Presidency]
    actors: list[Actor]
    sources: list[Source]
    populations: list[Population]
    proposals: list[Proposal]
    entries: list[Entry]


class ProposalExport(Shape):
    """One proposal, with the entries, actors and sources it names."""

    meta: Meta
    proposal: Proposal
    entries: list[Entry]
    actors: list[Actor]
    sources: list[Source]


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of both documents: the whole record, and one proposal."""
    either: TypeAdapter[Export | ProposalExport] = TypeAdapter(Export | ProposalExport)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:relais:schema:{NAME}",
        "title": NAME,
        **either.json_schema(),
    }


def schema_text() -> str:
    """What docs/schema/relais-export-1.json holds."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"

"""Shapes of snapshots: their manifest, and what stays of one that was withdrawn."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from relais.export.claims import Shape


class Known(Shape):
    """The last public act of the record it knows of."""

    event: int
    """Its number; 0 where there was none."""
    recorded_at: datetime | None


class Software(Shape):
    name: str
    version: str


class Content(Shape):
    """The bytes that were frozen."""

    address: str | None
    """Where they are for good; null once it was withdrawn."""
    media_type: str
    bytes: int | None
    """How many; null once it was withdrawn."""
    sha256: str


class Withdrawal(Shape):
    reason: str
    withdrawn_at: datetime


class Snapshot(Shape):
    """A report frozen for good, and what to check its bytes against."""

    schema_name: Literal["relais-snapshot-1"] = Field(alias="schema")
    id: str
    """Its key: in its addresses."""
    title: dict[str, str]
    """By language."""
    pages: dict[str, str]
    """Addresses of its page, by language."""
    selection: str | None
    """As in the address of the report; null once it was withdrawn."""
    as_of: date | None
    """The day it speaks of; null for all that was recorded."""
    known_on: Known
    software: Software
    frozen_at: datetime
    content: Content
    forms: dict[str, dict[str, str]]
    """Addresses of the other forms, made from these bytes: by language, then by form. Empty once it was withdrawn."""
    licence: str
    cite_as: dict[str, str]
    """The line to cite it by, by language. Empty once it was withdrawn."""
    withdrawal: Withdrawal | None

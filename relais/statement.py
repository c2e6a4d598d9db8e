"""The accessibility statement, read from docs/accessibility.toml."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parents[1] / "docs" / "accessibility.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Found(_Strict):
    """How far the site follows the standard, and how that was found out."""

    status: Literal["full", "partial", "none"]
    standard: str
    assessed_on: date
    published_on: date
    method_fr: str
    method_en: str


class Gap(_Strict):
    """What is not accessible or not known to be, and why."""

    what_fr: str
    what_en: str
    why_fr: str
    why_en: str


class Contact(_Strict):
    name: str
    email: str


class Enforcement(_Strict):
    """Where to turn when no answer comes."""

    body_fr: str
    body_en: str
    url: str


class Statement(_Strict):
    statement: Found
    gap: tuple[Gap, ...]
    contact: Contact
    enforcement: Enforcement


@lru_cache
def current() -> Statement:
    """The statement as it stands. Raises ValidationError for a file that says less or more than it must."""
    return Statement.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))

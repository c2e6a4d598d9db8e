"""Reads seed/content/*.toml. Every file is an array of tables, but a proposal, which has a file of its own."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"

Row = dict[str, Any]


def rows(noun: str, plural: str = "") -> list[Row]:
    """The tables `[[noun]]` of the noun's file, in order."""
    found: list[Row] = _read(CONTENT / f"{plural or noun + 's'}.toml").get(noun, [])
    return found


def proposals() -> Iterator[Row]:
    """Every proposal file, by origin and rank so that the numbering is stable."""
    files = [_read(path) for path in sorted((CONTENT / "proposals").glob("*.toml"))]
    yield from sorted(files, key=lambda row: (row["origin"], row["order"]))


def _read(path: Path) -> Row:
    with path.open("rb") as file:
        return tomllib.load(file)

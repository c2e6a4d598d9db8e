"""Who wrote what: for each word of a text the revision that last put it there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from models.text import FIELDS
from relais.texts import diff

Line = list[tuple[str, int]]  # words, blanks and signs, each with the number of its revision


@dataclass(frozen=True)
class Passage:
    """Words in a row of one revision."""

    text: str
    number: int


@dataclass(frozen=True)
class Paragraph:
    passages: list[Passage]

    @property
    def numbers(self) -> list[int]:
        """The revisions it comes from, in the order of its words."""
        return list(dict.fromkeys(passage.number for passage in self.passages))


def of(revisions: Iterable[Any]) -> dict[str, list[Paragraph]]:
    """The fields of the last of a text's revisions, which are given oldest first. What is restored is its first writers' again."""
    rows = list(revisions)
    wanted = {row.restores for row in rows if row.restores}
    fields: dict[str, list[Line]] = {name: [] for name in FIELDS}
    kept: dict[int, dict[str, list[Line]]] = {}
    for row in rows:
        before = fields
        fields = {name: _next(before[name], getattr(row, name), row.number) for name in FIELDS}
        for name, lines in kept.get(row.restores, {}).items():
            if _text(lines) == getattr(row, name):
                fields[name] = lines
        if row.number in wanted:
            kept[row.number] = fields
    return {name: _paragraphs(lines) for name, lines in fields.items()}


def _next(old: list[Line], text: str, number: int) -> list[Line]:
    """The lines of a text saved on top of others: what both have stays whose it was, line by line and word by word."""
    new = re.split(r"(?<=\n)", text)
    lines: list[Line] = []
    here = there = 0
    for place, found in [*diff.aligned([_text([line]) for line in old], new).items(), (len(old), len(new))]:
        lines += _rewritten(old[here:place], new[there:found], number)
        lines += old[place : place + 1]
        here, there = place + 1, found + 1
    return lines


def _rewritten(old: list[Line], new: list[str], number: int) -> list[Line]:
    was = [piece for line in old for piece in line]
    now = [diff.tokens(line) for line in new]
    whose = {
        there: was[here][1] for here, there in diff.aligned([token for token, _ in was], [token for line in now for token in line]).items()
    }
    lines, at = [], 0
    for line in now:
        lines.append([(token, whose.get(at + n, number)) for n, token in enumerate(line)])
        at += len(line)
    return lines


def _text(lines: list[Line]) -> str:
    return "".join(token for line in lines for token, _ in line)


def _paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Lines in a row as one; between two empty ones."""
    parted = groupby(lines, key=lambda line: bool(_text([line]).strip()))
    return [Paragraph(_passages([piece for line in group for piece in line])) for written, group in parted if written]


def _passages(pieces: Line) -> list[Passage]:
    """Blanks go with the word before them, so that a sentence does not fall to pieces over them."""
    owned: Line = []
    for token, number in pieces:
        owned.append((token, owned[-1][1] if owned and token.isspace() else number))
    return [Passage("".join(token for token, _ in group), number) for number, group in groupby(owned, key=lambda piece: piece[1])]

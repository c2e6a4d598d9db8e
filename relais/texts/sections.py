"""A text in parts one can edit alone: its title, its summary, what stands before the first heading, and each heading with what follows."""

import re
from dataclasses import dataclass
from typing import Any

from models.text import FIELDS
from relais.markdown import headings
from relais.rendered import words as said

START = "start"  # what stands before the first heading; the other parts are named title, summary, or by their heading's address
_CUT = re.compile(r'(?=<h[3-6] id="s-)')
_ADDRESS = re.compile(r'<h[3-6] id="([^"]*)">(.*?)</h', re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A part of a body as it is read; `heading` is its words, empty for the start."""

    name: str
    heading: str
    html: str


def of(body: str) -> dict[str, str]:
    """The Markdown of each part of a body, in order; joined again they are the body. The start is there even when it is empty."""
    lines = re.split(r"(?<=\n)", body)
    starts = [(0, START), *headings(body)]
    ends = [*(line for line, _ in starts[1:]), len(lines)]
    return {name: "".join(lines[start:end]) for (start, name), end in zip(starts, ends, strict=True)}


def words(text: Any, name: str) -> str | None:
    """What stands in a part of a text or revision; None when it has no such part."""
    if name in FIELDS:
        return str(getattr(text, name)) if name != "body" else None
    part = of(text.body).get(name)
    return None if part is None else part.strip("\n")


def composed(text: Any, name: str, typed: str) -> dict[str, str]:
    """The fields of the whole text with `typed` in place of that part, all else as it was to the letter."""
    whole = {field: str(getattr(text, field)) for field in FIELDS}
    if name in FIELDS:
        return whole | {name: typed}
    parts = of(text.body)
    end = parts[name][len(parts[name].rstrip("\n")) :] if parts[name].strip("\n") else ""
    typed = typed.replace("\r\n", "\n").strip("\n")
    parts[name] = typed + (end if len(end) > 1 or list(parts)[-1] == name else "\n\n") if typed else ""
    return whole | {"body": "".join(parts.values())}


def shown(html: str) -> list[Shown]:
    """The rendered body of a text in its parts, each whole."""
    pieces = [piece for piece in _CUT.split(html) if piece.strip()]
    named = ((_ADDRESS.match(piece), piece) for piece in pieces)
    return [Shown(found[1], said(found[2]), piece) if found else Shown(START, "", piece) for found, piece in named]

"""JSON Lines: one proposal, comment or source in each line, an object whose names are those below (docs/imports.md)."""

from collections.abc import Iterator
from typing import Any

import orjson

from relais.errors import Invalid
from relais.i18n import N_
from relais.imports import contributions, threads
from relais.imports.rows import How, Refusal, Row
from relais.imports.threads import Said

LONGEST = 1_000_000  # bytes of one line
# What else a name may be called; the first that says something is taken.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "title": ("title",),
    "summary": ("summary",),
    "body": ("body", "body_html", "text"),
    "proposal": ("proposal", "proposal_id"),
    "parent": ("parent", "parent_id"),
    "author": ("author",),
    "stance": ("stance", "alignment"),
    "on": ("on", "created_at", "published_at", "date"),
    "url": ("url", "link"),
    "reference": ("reference",),
}
SECTIONS = ("sections", "appendices", "law_changes")  # more of a proposal's text: objects with a title and a body, or what was and what is
PARTS = ("body", "body_html", "before_html", "after_html")
GONE = ("is_trashed", "withdrawn", "hidden", "deleted")
KINDS = {"proposal": "proposal", "comment": "comment", "argument": "comment", "source": "source"}


def read(content: bytes, how: How) -> Iterator[Row | Refusal]:
    said: list[Said] = []
    for where, found in _objects(content):
        if isinstance(found, Refusal):
            yield found
            continue
        told = {name: next(filter(None, (_text(found.get(one)) for one in also)), "") for name, also in NAMES.items()}
        kind = _kind(found, told)
        if any(found.get(name) is True for name in GONE):
            yield Refusal(where, N_("It was withdrawn where it comes from"))
        elif not told["id"]:
            yield Refusal(where, N_("It has no identifier"), "id")
        elif kind == "proposal":
            told["section"] = ", ".join(filter(None, (_text(found.get("section")), _text(found.get("section_subtitle")))))
            yield contributions.proposal(where, told, _text(found.get("language")) or how.language, _sections(found))
        elif kind == "source":
            page, naming = contributions.source(where, told, _text(found.get("language")) or how.language)
            yield page
            said.append(naming)
        elif kind == "comment":
            said.append(contributions.comment(where, told))
        else:
            yield Refusal(where, N_("It is no proposal, comment or source"), "type")
    yield from threads.rows(said, how.language)


def _objects(content: bytes) -> Iterator[tuple[str, Any]]:
    """The number of each line that is not empty, and its object, or why there is none."""
    start, number = 3 if content.startswith(b"\xef\xbb\xbf") else 0, 0
    sound = False
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        where, length = str(number), end - start
        line = content[start : min(end, start + LONGEST + 1)]
        start = end + 1
        if not line.strip():
            continue
        found = _object(line) if length <= LONGEST else None
        sound = sound or found is not None
        if not sound:
            raise Invalid(N_("Its first line is no JSON object"), field="file")
        too_long = Refusal(where, N_("This line is longer than %(most)s bytes"), values={"most": LONGEST})
        yield where, found if found is not None else too_long if length > LONGEST else Refusal(where, N_("This line is no JSON object"))


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _kind(found: dict[str, Any], told: dict[str, str]) -> str:
    """As it says itself, or else as what it has tells."""
    if "type" in found:
        return KINDS.get(_text(found["type"]), "")
    if told["proposal"]:
        return "source" if told["title"] and told["url"] else "comment"
    return "proposal" if told["title"] else ""


def _sections(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in SECTIONS:
        for part in found[name] if isinstance(found.get(name), list) else ():
            if isinstance(part, dict):
                told = [_text(part.get(one)) for one in PARTS]
                first, *others = filter(None, told) if any(told) else [""]
                yield _text(part.get("title")), first
                yield from (("", other) for other in others)


def _text(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""

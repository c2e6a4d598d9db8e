"""The sources of a written brief, numbered in the order in which it meets them: those it does not tell are left out."""

from collections.abc import Sequence
from typing import Any

from relais.sources.citations import Numbered


def numbered(written: dict[str, Any], sources: Sequence[Numbered]) -> dict[str, Any]:
    """The brief with its sources, and with their new numbers wherever it names one."""
    places: dict[int, int] = {}
    told: dict[str, Any] = _renumbered(written, places)
    told["basis"] = places.setdefault(written["basis"], len(places) + 1)
    known = {source.number: source for source in sources}
    return told | {"sources": [_source(number, known[old]) for old, number in places.items()]}


def _renumbered(part: Any, places: dict[int, int]) -> Any:
    if isinstance(part, dict):
        if part.keys() == {"pro", "contra"}:
            return {side: sorted(places.setdefault(old, len(places) + 1) for old in part[side]) for side in ("pro", "contra")}
        return {name: _renumbered(value, places) for name, value in part.items()}
    return [_renumbered(one, places) for one in part] if isinstance(part, list) else part


def _source(number: int, source: Numbered) -> dict[str, Any]:
    return {
        "number": number,
        "slug": source.slug,
        "title": source.title,
        "language": source.language,
        "publisher": source.publisher,
        "url": source.url,
        "published": str(source.when),
        "retrieved_on": source.retrieved_on.isoformat() if source.retrieved_on else None,
    }

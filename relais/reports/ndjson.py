"""A report as lines of JSON: `{"type": "proposal", …}`, each record by itself, what it is about in the first."""

from collections.abc import Iterator

from relais import export
from relais.export.parts import Part

KINDS = {
    "groups": "group", "themes": "theme", "presidencies": "presidency", "actors": "actor", "sources": "source", "proposals": "proposal",
    "entries": "entry",
}  # fmt: skip


def written(document: Part) -> bytes:
    return b"".join(export.written(line) + b"\n" for line in _lines(document))


def _lines(document: Part) -> Iterator[Part]:
    yield {"type": "meta", **document["meta"]}
    for name, kind in KINDS.items():
        for record in document[name]:
            yield {"type": kind, **record}

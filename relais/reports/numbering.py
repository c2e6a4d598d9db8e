"""The sources of a report, numbered in the order in which it meets them."""

from collections.abc import Iterable

from relais.export.parts import Part


class Numbering:
    """`of("rapport-2022")` is the number of a source, the next free one at the first time."""

    def __init__(self, document: Part) -> None:
        self.sources = {source["slug"]: source for source in document["sources"]}
        self.numbers: dict[str, int] = {}

    def of(self, slug: str) -> int:
        return self.numbers.setdefault(slug, len(self.numbers) + 1)

    def pro(self, claim: Part) -> tuple[int, ...]:
        """The numbers of what supports a claim."""
        return self._cited(claim, supports=True)

    def contra(self, claim: Part) -> tuple[int, ...]:
        return self._cited(claim, supports=False)

    def told(self) -> Iterable[tuple[int, Part]]:
        """Those met so far, in order. None where the report was asked for without its sources."""
        return [(number, self.sources[slug]) for slug, number in self.numbers.items() if slug in self.sources]

    def _cited(self, claim: Part, *, supports: bool) -> tuple[int, ...]:
        slugs = dict.fromkeys(citation["source"] for citation in claim["citations"] if citation["supports"] is supports)
        return tuple(sorted(self.of(slug) for slug in slugs))

"""A three-way merge of prose: by itself where two people touched different paragraphs, else a proposal for a person to check."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relais.texts import diff

Chunk = tuple[list[str], list[str], list[str]]


@dataclass(frozen=True)
class Hunk:
    """`lines` in place of what stood in the base from `start` to before `end`; nothing stood there where the two are the same."""

    start: int
    end: int
    lines: tuple[str, ...]

    def meets(self, other: "Hunk") -> bool:
        """Whether both touch one item of the base. What is put in between two items touches neither."""
        return self.start < other.end and other.start < self.end


def merged(base: str, mine: str, theirs: str) -> str:
    """Both changes on top of `base`. Where both touched one paragraph the words are merged; where they cannot be, both versions stand."""
    both = apart(base, mine, theirs)
    return _joined(_one(*("\n\n".join(part) for part in chunk)) for chunk in _regions(base, mine, theirs)) if both is None else both


def apart(base: str, mine: str, theirs: str) -> str | None:
    """Both changes where they touch different paragraphs, one after the other where both put one in at one place; None where they meet."""
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    paragraphs: list[str] = []
    for was, ours, others in _regions(base, mine, theirs):
        if was not in (ours, others) and ours != others:
            return None
        paragraphs.append("\n\n".join(others if ours == was else ours))
    return _joined(paragraphs)


def _joined(parts: Iterator[str] | list[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _regions(base: str, mine: str, theirs: str) -> Iterator[Chunk]:
    """The base cut into paragraphs both left alone, and places somebody touched: what stood there, what one side has and what the other."""
    old, *sides = (text.split("\n\n") for text in (base, mine, theirs))
    ours, others = (_hunks(old, side) for side in sides)
    at = 0
    for hunks in _met(ours, others):
        start, end = min(hunk.start for hunk in hunks), max(hunk.end for hunk in hunks)
        yield from (([line], [line], [line]) for line in old[at:start])
        mine_here, theirs_here = ([hunk for hunk in hunks if hunk in side] for side in (ours, others))
        yield old[start:end], _applied(old, start, end, mine_here), _applied(old, start, end, theirs_here)
        at = end
    yield from (([line], [line], [line]) for line in old[at:])


def _met(ours: list[Hunk], others: list[Hunk]) -> Iterator[list[Hunk]]:
    """The hunks of both sides in the order of the base, those that meet together; theirs before ours at one place."""
    rest = sorted([*others, *(hunk for hunk in ours if hunk not in others)], key=lambda hunk: (hunk.start, hunk.end))
    while rest:
        met = [rest.pop(0)]
        while rest and any(rest[0].meets(hunk) for hunk in met):
            met.append(rest.pop(0))
        yield met


def _applied(old: list[str], start: int, end: int, hunks: list[Hunk]) -> list[str]:
    lines: list[str] = []
    for hunk in hunks:
        lines += [*old[start : hunk.start], *hunk.lines]
        start = hunk.end
    return [*lines, *old[start:end]]


def _hunks(old: list[str], new: list[str]) -> list[Hunk]:
    """How `new` is made from `old`. As many paragraphs in place of as many are taken for one each."""
    kept = diff.aligned(old, new)
    hunks: list[Hunk] = []
    here = there = 0
    for place, found in [*kept.items(), (len(old), len(new))]:
        if place - here == found - there:
            hunks += [Hunk(here + n, here + n + 1, (new[there + n],)) for n in range(place - here)]
        else:
            hunks.append(Hunk(here, place, tuple(new[there:found])))
        here, there = place + 1, found + 1
    return hunks


def _one(was: str, mine: str, theirs: str) -> str:
    """Two versions of a paragraph (or of some in a row) as one; the two in a row where they change the same words differently."""
    words: list[str] = []
    for before, ours, others in _chunks(*map(diff.tokens, (was, mine, theirs))):
        if before not in (ours, others) and ours != others:
            return "\n\n".join(version for version in (theirs, mine) if version)
        words += others if ours == before else ours
    return "".join(words)


def _chunks(old: Sequence[str], ours: Sequence[str], others: Sequence[str]) -> Iterator[Chunk]:
    """Cut the base where both sides agree with it; each cut gives what stood there, what one side has and what the other."""
    mine, theirs = diff.aligned(old, ours), diff.aligned(old, others)
    i = a = b = 0
    for place in [number for number in range(len(old)) if number in mine and number in theirs]:
        if (i, a, b) != (place, mine[place], theirs[place]):
            yield list(old[i:place]), list(ours[a : mine[place]]), list(others[b : theirs[place]])
        yield [old[place]], [old[place]], [old[place]]
        i, a, b = place + 1, mine[place] + 1, theirs[place] + 1
    yield list(old[i:]), list(ours[a:]), list(others[b:])

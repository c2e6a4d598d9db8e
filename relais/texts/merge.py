"""A three-way merge of prose, paragraph by paragraph. A proposal only: a person checks it before it is saved."""

from collections.abc import Iterator, Sequence

from relais.texts import diff

Chunk = tuple[list[str], list[str], list[str]]


def merged(base: str, mine: str, theirs: str) -> str:
    """Both changes on top of `base`. Where both touched one paragraph the words are merged; where they cannot be, both versions stand."""
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    old, ours, others = (text.split("\n\n") for text in (base, mine, theirs))
    parts = (_one(*("\n\n".join(part) for part in chunk)) for chunk in _chunks(old, ours, others))
    return "\n\n".join(part for part in parts if part)


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

"""A three-way merge of prose, paragraph by paragraph. A proposal only: a person checks it before it is saved."""

import itertools
from difflib import SequenceMatcher

from three_merge import merge as merge_words


def merged(base: str, mine: str, theirs: str) -> str:
    """Both changes on top of `base`. Where both touched one paragraph the words are merged; where they cannot be, both versions stand."""
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    old, ours, others = (text.split("\n\n") for text in (base, mine, theirs))
    parts: list[str] = []
    for start, end, left, right in _chunks(old, ours, others):
        was, left_text, right_text = ("\n\n".join(part) for part in (old[start:end], left, right))
        parts.append(_one(was, left_text, right_text))
    return "\n\n".join(part for part in parts if part)


def _one(was: str, mine: str, theirs: str) -> str:
    if mine in (theirs, was):
        return theirs
    if theirs == was:
        return mine
    try:
        both = str(merge_words(mine, theirs, was))
    except Exception:  # the word merge asserts on some overlaps; a person then chooses between the two
        return f"{theirs}\n\n{mine}"
    kept = all(word in both for word in _added(was, mine) | _added(was, theirs))
    return both if kept else f"{theirs}\n\n{mine}"


def _added(was: str, text: str) -> set[str]:
    return set(text.split()) - set(was.split())


def _chunks(old: list[str], ours: list[str], others: list[str]) -> list[tuple[int, int, list[str], list[str]]]:
    """Cut the base where both sides agree with it; each cut names the base's span and what each side has there."""
    mine, theirs = _kept(old, ours), _kept(old, others)
    cuts = [
        (-1, -1, -1),
        *((i, mine[i], theirs[i]) for i in range(len(old)) if i in mine and i in theirs),
        (len(old), len(ours), len(others)),
    ]
    chunks = []
    for (i, a, b), (next_i, next_a, next_b) in itertools.pairwise(cuts):
        if i >= 0:
            chunks.append((i, i + 1, [ours[a]], [others[b]]))
        if next_i > i + 1 or next_a > a + 1 or next_b > b + 1:
            chunks.append((i + 1, next_i, ours[a + 1 : next_a], others[b + 1 : next_b]))
    return chunks


def _kept(old: list[str], new: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}

"""What changed between two texts, word by word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from diff_match_patch import diff_match_patch

# A word with what clings to it (l’État, co-auteur), a run of blanks, or one sign.
TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")
SECONDS = 0.3  # after which a diff is coarser, never wrong


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


CHANGES = {0: Change.SAME, 1: Change.ADDED, -1: Change.REMOVED}


@dataclass(frozen=True)
class Piece:
    change: Change
    text: str

    @property
    def words(self) -> int:
        return sum(1 for token in tokens(self.text) if token[0].isalnum() or token[0] == "_")


def words(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order: the same and removed ones make up `old`, the same and added ones `new`."""
    codes: dict[str, str] = {}
    differ = _differ()
    changes = differ.diff_main(_coded(tokens(old), codes), _coded(tokens(new), codes), False)
    differ.diff_cleanupSemantic(changes)
    decoded = {code: token for token, code in codes.items()}
    return [Piece(CHANGES[how], "".join(decoded[code] for code in coded)) for how, coded in changes]


def tokens(text: str) -> list[str]:
    """Words, blanks and signs; joined again they are the text."""
    return TOKEN.findall(text)


def aligned(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which item of `old` is still there in `new`, and where."""
    codes: dict[str, str] = {}
    kept, here, there = {}, 0, 0
    for how, coded in _differ().diff_main(_coded(old, codes), _coded(new, codes), False):
        if how == 0:
            kept.update({here + n: there + n for n in range(len(coded))})
        here += len(coded) if how <= 0 else 0
        there += len(coded) if how >= 0 else 0
    return kept


def before(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.change is not Change.ADDED]


def after(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.change is not Change.REMOVED]


def changed(pieces: Iterable[Piece]) -> bool:
    return any(piece.change is not Change.SAME for piece in pieces)


def paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces cut at blank lines, so that each paragraph can be shown as one."""
    cut: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, part in enumerate(re.split(r"\n{2,}", piece.text)):
            if number:
                cut.append([])
            if part:
                cut[-1].append(Piece(piece.change, part))
    return [paragraph for paragraph in cut if paragraph]


def counted(pieces: Iterable[Piece]) -> tuple[int, int]:
    """How many words were added and how many removed."""
    pieces = list(pieces)
    return tuple(sum(piece.words for piece in pieces if piece.change is change) for change in (Change.ADDED, Change.REMOVED))  # type: ignore[return-value]


def _differ() -> Any:
    differ = diff_match_patch()
    differ.Diff_Timeout = SECONDS
    return differ


def _coded(items: Iterable[str], codes: dict[str, str]) -> str:
    """Each item as one character, so that the differ compares words and not letters; half surrogates are no characters."""
    return "".join(codes.setdefault(item, chr(len(codes) + (1 if len(codes) < 0xD7FF else 0x801))) for item in items)

"""What somebody looks for, as they typed it: words in any form, quoted words in a row, and the word they are still typing."""

import re
from dataclasses import dataclass

from relais.index.stems import Forms, composed, forms, words
from relais.index.writing import Wanted

LONGEST, MOST, BEGUN = 200, 12, 3  # signs and words that are looked at; how much of a word must be there to be completed
_QUOTED = re.compile(r'["“”«»]([^"“”«»]*)["“”«»]')
# What a French or an English sentence is full of: it finds nothing, so it is asked for only where nothing else is, or where it is quoted.
_COMMON = frozenset({
    "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "et", "a", "au", "aux", "en", "qu", "s", "c", "n", "j", "m", "t",
    "the", "an", "of", "and", "to", "in", "for", "on", "by",
})  # fmt: skip


@dataclass(frozen=True)
class Question:
    """`typed` is what a page shows again; nothing is `wanted` where no word was typed."""

    typed: str
    wanted: tuple[Wanted, ...]


def read(typed: str) -> Question:
    """A word at the very end is one still being typed: it may be only begun. A space behind it says that it is whole."""
    shown = " ".join(typed.split())[:LONGEST]
    asked = composed(f"{shown} " if typed[-1:].isspace() else shown)
    quoted = [Wanted(row, exact=True) for found in _QUOTED.finditer(asked) if (row := _forms(found[1]))]
    plain = _QUOTED.sub(" ", asked)
    typing = bool(plain) and plain[-1].isalnum()
    spoken = words(plain)
    said = [Wanted((one,), begun=typing and number == len(spoken) and len(one.whole) >= BEGUN) for number, one in _numbered(spoken)]
    telling = [one for one in said if one.words[0].whole not in _COMMON]
    return Question(shown, tuple(dict.fromkeys((*quoted, *(telling or ([] if quoted else said)))))[:MOST])


def _numbered(spoken: list[str]) -> list[tuple[int, Forms]]:
    return [(number, one) for number, word in enumerate(spoken, 1) if (one := forms(word)).whole]


def _forms(text: str) -> tuple[Forms, ...]:
    return tuple(one for _, one in _numbered(words(text)))

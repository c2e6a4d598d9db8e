"""Where in a text the words of a question stand: the sentence around them, in runs that are marked or not."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from relais.index.stems import Forms, Spoken, composed, forms, spoken
from relais.index.writing import Wanted

AROUND, MOST = 60, 240  # signs before the first marked word, and in all
LOOKED_AT = 60  # the found words of a text that may begin its excerpt


class Run(NamedTuple):
    """Plain words, never HTML: whoever shows them escapes them."""

    text: str
    marked: bool


def marked(text: str, wanted: Sequence[Wanted]) -> list[Run]:
    """A whole text in runs."""
    plain = composed(text)
    return _runs(plain, _found(plain, wanted), 0, len(plain))


def around(text: str, wanted: Sequence[Wanted]) -> list[Run]:
    """The words around the place where most of them are found, on one line; the first ones where none is."""
    plain = " ".join(composed(text).split())
    found = _found(plain, wanted)
    begins = _start(plain, found)
    ends = _last_space(plain, begins + MOST) if begins + MOST < len(plain) else len(plain)
    runs = _runs(plain, found, begins, ends)
    return [*([Run("… ", False)] if begins else []), *runs, *([Run(" …", False)] if ends < len(plain) else [])]


def says(text: str, wanted: Sequence[Wanted]) -> int:
    """How many words of a text are meant by a question."""
    return len(_found(composed(text), wanted))


def _found(text: str, wanted: Sequence[Wanted]) -> list[Spoken]:
    """The words that are meant, in order. Only those are stemmed that begin as one of the question: stems change endings."""
    plain, quoted = [one for one in wanted if not one.exact], [one for one in wanted if one.exact]
    near = _beginning(frozenset(one.words[0].whole[:2] for one in plain)).finditer(text) if plain else ()
    alone = [Spoken(at[0], at.start(), at.end()) for at in near if any(_means(one, forms(at[0])) for one in plain)]
    said = spoken(text) if quoted else []
    rows = [at for one in quoted for at in _in_a_row(said, one.words)]
    return sorted({*alone, *rows}, key=lambda at: at.begins)


@lru_cache(maxsize=64)
def _beginning(starts: frozenset[str]) -> re.Pattern[str]:
    """Words that may be meant, by their first two letters; one with an accent might be any."""
    begun = "|".join(map(re.escape, sorted(starts)))
    return re.compile(rf"(?<![^\W_])(?:{begun}|[^\W\x00-\x7f]|[^\W_][^\W\x00-\x7f])[^\W_]*", re.IGNORECASE)


def _means(one: Wanted, form: Forms) -> bool:
    """Whether the index would find the form: as relais.index.writing asks for it."""
    word = one.words[0]
    same = form.whole == word.whole or form.french == word.french or form.english == word.english
    return same or form.bare == word.bare or (one.begun and form.whole.startswith(word.whole))


def _in_a_row(said: list[Spoken], row: Sequence[Forms]) -> list[Spoken]:
    wholes, wanted = [forms(at.word).whole for at in said], [word.whole for word in row]
    starts = [at for at in range(len(said) - len(row) + 1) if wholes[at : at + len(row)] == wanted]
    return [said[at + step] for at in starts for step in range(len(row))]


def _start(text: str, found: Sequence[Spoken]) -> int:
    """Where the excerpt begins: a little before the place from where it holds most different words, and most of them."""
    if not found or len(text) <= MOST:
        return 0
    first = max(found[:LOOKED_AT], key=lambda one: (_worth(one, found[:LOOKED_AT]), -one.begins)).begins
    return 0 if first <= AROUND else text.find(" ", first - AROUND, first) + 1 or first


def _worth(first: Spoken, found: Sequence[Spoken]) -> tuple[int, int]:
    held = [forms(other.word).bare for other in found if first.begins <= other.begins and other.ends <= first.begins + MOST - 2 * AROUND]
    return len(set(held)), len(held)


def _last_space(text: str, before: int) -> int:
    at = text.rfind(" ", before - AROUND, before)
    return before if at < 0 else at


def _runs(text: str, found: Sequence[Spoken], begins: int, ends: int) -> list[Run]:
    """Words in a row are marked as one."""
    runs: list[Run] = []
    at = begins
    for one in found:
        if not begins <= one.begins or one.ends > ends:
            continue
        between = text[at : one.begins]
        if runs and runs[-1].marked and between.isspace():
            runs[-1] = Run(runs[-1].text + between + text[one.begins : one.ends], True)
        else:
            runs += [*([Run(between, False)] if between else []), Run(text[one.begins : one.ends], True)]
        at = one.ends
    return [*runs, *([Run(text[at:ends], False)] if at < ends else [])]

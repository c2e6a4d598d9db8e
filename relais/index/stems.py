"""Words as they are kept and looked for: whole without accents, and by their stems in French and English."""

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from relais.wording import folded

LONGEST = 48  # signs of a word that are looked at: what is longer is no word, and would take long to stem
_WORD = re.compile(r"[^\W_]+")
_stemming = Lock()  # a stemmer keeps the word it works on to itself


class Forms(NamedTuple):
    """`french` is the stem of the word as it is spelled; `bare` that of the word as those type it who leave accents out."""

    whole: str
    french: str
    bare: str
    english: str


class Spoken(NamedTuple):
    """A word where it stands in a text."""

    word: str
    begins: int
    ends: int


def spoken(text: str) -> list[Spoken]:
    """The words of a text in composed signs (`composed`), in order: runs of letters and digits."""
    return [Spoken(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    return _WORD.findall(composed(text))


def composed(text: str) -> str:
    """A letter and its accent as one sign, or an accent would end a word."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> Forms:
    """Remembered: a record says the same words again and again, and stemming one takes a tenth of a millisecond."""
    small = word[:LONGEST].lower().replace("œ", "oe").replace("æ", "ae")
    whole = _kept(small)
    if small.isdecimal():  # nothing to stem: such words are many, and each is said seldom
        return Forms(whole, whole, whole, whole)
    french, english = _stemmers()
    with _stemming:
        return Forms(whole, _kept(french.stemWord(small)), _kept(french.stemWord(whole)), _kept(english.stemWord(whole)))


def _kept(word: str) -> str:
    """Folded, and nothing in it but letters and digits, since a full-text index ends a word where it sees anything else."""
    return "".join(sign for sign in folded(word) if sign.isalnum())


@lru_cache
def _stemmers() -> tuple[Any, Any]:
    import snowballstemmer  # noqa: PLC0415  it loads three dozen languages: whoever first looks for a word waits, not every start

    return snowballstemmer.stemmer("french"), snowballstemmer.stemmer("english")

"""How the words of a record are written for the index, and how a question is asked of what was written.

Both engines index the same text of plain words between spaces. The first signs of each say what it is:

- `a0` for anybody, `a7` for group 7 at most; `kentry` the kind; `lfr` a language there are words in;
- `w0…` a whole word, in the order they are said, with `z` where a field ends; `f0…`, `g0…`, `e0…` the stems of `Forms`, each once.

0 stands for anywhere, 1 for the title or the summary, 2 for the title: so the order of hits needs no more than the index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.search import RecordKind
from relais.index.stems import Forms, forms, words

ANYWHERE, LEAD, TITLE = 0, 1, 2
OTHER = "x"  # the language of what is said in many
STEMMED = {"fr": ("french", "bare"), "en": ("english",), "": ("french", "bare", "english")}
MARKS = {"french": "f", "bare": "g", "english": "e"}


@dataclass(frozen=True)
class Said:
    """A field of a record: where it stands, in which language (`""` where nobody knows), and its words."""

    where: int
    language: str
    text: str


@dataclass(frozen=True)
class Document:
    """A record as it is found. `group_id` is who may see it at most, None for anybody: whether they do is asked of the record itself."""

    kind: RecordKind
    record_id: int
    day: date
    said: tuple[Said, ...]
    proposal_id: int | None = None
    group_id: int | None = None

    @property
    def languages(self) -> str:
        return " ".join(sorted({field.language for field in self.said if field.text}.difference(("", OTHER))))


def written(document: Document) -> str:
    """The words of a document as they are indexed."""
    facts = [f"a{document.group_id or 0}", f"k{document.kind.value}", *(f"l{one}" for one in document.languages.split())]
    fields = [(field, [found for word in words(field.text) if (found := forms(word)).whole]) for field in document.said if field.text]
    told: list[str] = []
    for where in (ANYWHERE, LEAD, TITLE):
        here = [(field.language, said) for field, said in fields if field.where >= where]
        for _, said in here:
            told += ["z", *(f"w{where}{one.whole}" for one in said)]
        told += sorted({stem for language, said in here for one in said for stem in _stems(one, language, where)})
    return " ".join([*facts, *told])


def _stems(word: Forms, language: str, where: int) -> Iterable[str]:
    """A bare stem says something new only where accents changed it."""
    for name in STEMMED.get(language, ()):
        if name != "bare" or word.bare != word.french:
            yield f"{MARKS[name]}{where}{getattr(word, name)}"


# --- questions ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """One thing a hit must say: a word in any of its forms, the beginning of one, or whole words in a row."""

    words: tuple[Forms, ...]
    exact: bool = False
    begun: bool = False


def fts5(wanted: Sequence[Wanted], where: int, facts: Sequence[Sequence[str]], but: int | None = None) -> str:
    """The question as FTS5 reads it; `but` leaves out what says all of it there."""
    told = [[_quoted(fact) for fact in some] for some in facts]
    asked = _each([*_fts5_said(wanted, where), *told], " AND ", " OR ")
    return asked if but is None else f"({asked}) NOT ({_each(_fts5_said(wanted, but), ' AND ', ' OR ')})"


def _fts5_said(wanted: Sequence[Wanted], where: int) -> list[list[str]]:
    row = " ".join
    return [[_quoted(row(f"w{where}{word.whole}" for word in one.words))] if one.exact else _fts5_forms(one, where) for one in wanted]


def _fts5_forms(one: Wanted, where: int) -> list[str]:
    begun = [f"{_quoted(f'w{where}{one.words[0].whole}')}*"] if one.begun else []
    return begun + [_quoted(form) for form in _asked(one, where)]


def tsquery(wanted: Sequence[Wanted], where: int, facts: Sequence[Sequence[str]], but: int | None = None) -> str:
    """The question as PostgreSQL reads it, likewise."""
    told = [[f"'{fact}'" for fact in some] for some in facts]
    asked = _each([*_tsquery_said(wanted, where), *told], " & ", " | ")
    return asked if but is None else f"{asked} & !({_each(_tsquery_said(wanted, but), ' & ', ' | ')})"


def _tsquery_said(wanted: Sequence[Wanted], where: int) -> list[list[str]]:
    row = " <-> ".join
    return [[row(f"'w{where}{word.whole}'" for word in one.words)] if one.exact else _tsquery_forms(one, where) for one in wanted]


def _tsquery_forms(one: Wanted, where: int) -> list[str]:
    begun = [f"'w{where}{one.words[0].whole}':*"] if one.begun else []
    return begun + [f"'{form}'" for form in _asked(one, where)]


def _each(parts: Sequence[Sequence[str]], both: str, either: str) -> str:
    return both.join(f"({either.join(part)})" for part in parts)


def _asked(one: Wanted, where: int) -> list[str]:
    """The forms in which the word may stand: its bare stem is asked for where it was typed without accents."""
    word = one.words[0]
    stems = [f"f{where}{word.french}", f"e{where}{word.english}"]
    return [f"w{where}{word.whole}", *stems, *([f"g{where}{word.bare}"] if word.bare == word.french else [])]


def _quoted(form: str) -> str:
    return f'"{form}"'

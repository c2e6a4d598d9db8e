"""How the words of a record are written for the index, and how a question is asked of what was written.

Both engines index the same text of plain words between spaces. The first signs of each say what it is:

- `a7` for that group at most; `lfr` a language there are words in; `kentry` the kind; `pbacked` and `tfunding` the stage and the themes
  of the proposals it is about, without signs; `kentrypbacked` both at once; `x`, `xkentry` and `xpbacked` the same of what is for a group
  at most: they leave out most of what is not asked for, each by the shortest list there is of it, and the record says the rest;
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
INSIDE = "x"  # of what is not for anybody: of few, so what is asked for is not looked at one by one beside all that is
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
    about: frozenset[str] = frozenset()

    @property
    def languages(self) -> str:
        return " ".join(sorted({field.language for field in self.said if field.text}.difference(("", OTHER))))


def written(document: Document) -> str:
    """The words of a document as they are indexed."""
    group = [] if document.group_id is None else [f"a{document.group_id}"]
    facts = _facts(document.kind, document.about, [*group, *(f"l{one}" for one in document.languages.split())])
    fields = [(field, [found for word in words(field.text) if (found := forms(word)).whole]) for field in document.said if field.text]
    told: list[str] = []
    for where in (ANYWHERE, LEAD, TITLE):
        here = [(field.language, said) for field, said in fields if field.where >= where]
        for _, said in here:
            told += ["z", *(f"w{where}{one.whole}" for one in said)]
        told += sorted({stem for language, said in here for one in said for stem in _stems(one, language, where)})
    return " ".join([*facts, *told])


def about(stage: str, themes: Iterable[str]) -> frozenset[str]:
    """What is asked of a proposal, as it stands in the words of whatever is about it."""
    return frozenset((of_stage(stage), *map(of_theme, themes)))


def of_stage(stage: str) -> str:
    return f"p{_plain(stage)}"


def of_theme(theme: str) -> str:
    return f"t{_plain(theme)}"


def rewritten(search_text: str, kind: RecordKind, told: Iterable[str]) -> str:
    """The words of a document about proposals of which something else is told by now."""
    facts, end, said = f"{search_text} ".partition(" z ")
    return (" ".join(_facts(kind, told, [fact for fact in facts.split() if fact[0] in "al"])) + end + said).rstrip()


def _facts(kind: RecordKind, told: Iterable[str], own: Sequence[str]) -> list[str]:
    """All that is not said but told; `own` is what is told of nothing else: the group, and the languages."""
    about, itself = sorted(told), f"k{kind.value}"
    inside = [f"{INSIDE}{one}" for one in ("", itself, *about)] if any(fact[0] == "a" for fact in own) else []
    return [*own, *inside, itself, *about, *(itself + one for one in about)]


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name))


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


@dataclass(frozen=True)
class Asked:
    """What is looked for by somebody in those groups: in a row of that kind, in that language and about such proposals, where these are
    given, that says all that is wanted `where`; a word that may be only begun is asked for so, or not yet `begun`."""

    wanted: Sequence[Wanted]
    groups: Sequence[int]
    kind: str = ""
    language: str = ""
    about: Sequence[str] = ()
    where: int = ANYWHERE
    begun: bool = True

    @property
    def facts(self) -> list[str]:
        itself = f"k{self.kind}" if self.kind else ""
        told = [itself + one for one in self.about] or ([itself] if itself else [])
        return [*told, f"l{self.language}"] if self.language else told

    @property
    def inside(self) -> str:
        """What tells that a row so asked for is for a group at most."""
        return INSIDE + next(iter(self.about), f"k{self.kind}" if self.kind else "")


def fts5(asked: Asked) -> str:
    """The question as FTS5 reads it."""
    told = [[_quoted(fact)] for fact in asked.facts]
    said = _each([*_fts5_said(asked), *told], " AND ", " OR ")
    own = " OR ".join(_quoted(f"a{group}") for group in asked.groups)
    inside = _quoted(asked.inside)
    return f"({said}) NOT ({inside} NOT ({own}))" if own else f"({said}) NOT {inside}"


def _fts5_said(asked: Asked) -> list[list[str]]:
    row, where = " ".join, asked.where
    return [[_quoted(row(f"w{where}{word.whole}" for word in one.words))] if one.exact else _fts5_forms(asked, one) for one in asked.wanted]


def _fts5_forms(asked: Asked, one: Wanted) -> list[str]:
    begun = "*" if one.begun and asked.begun else ""
    return [f"{_quoted(_whole(one, asked.where))}{begun}", *(_quoted(stem) for stem in _stemmed(one, asked.where))]


def tsquery(asked: Asked) -> str:
    """The question as PostgreSQL reads it."""
    told = [[f"'{fact}'"] for fact in asked.facts]
    said = _each([*_tsquery_said(asked), *told], " & ", " | ")
    own = "".join(f" & !'a{group}'" for group in asked.groups)
    return f"{said} & !('{asked.inside}'{own})"


def _tsquery_said(asked: Asked) -> list[list[str]]:
    row, where = " <-> ".join, asked.where
    return [[row(f"'w{where}{word.whole}'" for word in one.words)] if one.exact else _tsquery_forms(asked, one) for one in asked.wanted]


def _tsquery_forms(asked: Asked, one: Wanted) -> list[str]:
    begun = ":*" if one.begun and asked.begun else ""
    return [f"'{_whole(one, asked.where)}'{begun}", *(f"'{stem}'" for stem in _stemmed(one, asked.where))]


def _each(parts: Sequence[Sequence[str]], both: str, either: str) -> str:
    return both.join(f"({either.join(part)})" for part in parts)


def _whole(one: Wanted, where: int) -> str:
    return f"w{where}{one.words[0].whole}"


def _stemmed(one: Wanted, where: int) -> list[str]:
    """The stems of the word as it was typed: its bare one is asked for where that was without accents."""
    word = one.words[0]
    return [f"f{where}{word.french}", f"e{where}{word.english}", *([f"g{where}{word.bare}"] if word.bare == word.french else [])]


def _quoted(form: str) -> str:
    return f'"{form}"'

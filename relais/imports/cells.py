"""What stands in the cells of a table, as the forms of the house take it: words of either language for choices, yes and no, lists."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from models.actor import ActorKind
from models.entry import EntryKind, EntryState, Family
from models.imports import Kind
from models.position import Stance
from models.proposal import Level, Stage
from relais.i18n import LANGUAGES, say
from relais.imports.forms import paired
from relais.wording import folded
from relais.words import WORDS

CHOICES: dict[tuple[Kind, str], type[StrEnum]] = {
    (Kind.PROPOSAL, "level"): Level,
    (Kind.PROPOSAL, "stage"): Stage,
    (Kind.ACTOR, "kind"): ActorKind,
    (Kind.POSITION, "stance"): Stance,
    (Kind.ENTRY, "kind"): EntryKind,
    (Kind.ENTRY, "family"): Family,
    (Kind.ENTRY, "state"): EntryState,
}
# What else people write for a choice, folded.
ALSO: dict[type[StrEnum], dict[str, StrEnum]] = {
    Level: {"ue": Level.EU, "europe": Level.EU, "europeen": Level.EU, "european": Level.EU, "nationale": Level.NATIONAL},
    Stance: {
        "pour": Stance.SUPPORTS, "for": Stance.SUPPORTS, "favorable": Stance.SUPPORTS, "in favour": Stance.SUPPORTS,
        "contre": Stance.OPPOSES, "against": Stance.OPPOSES, "defavorable": Stance.OPPOSES, "abstention": Stance.NEUTRAL,
    },
}  # fmt: skip
LISTS = frozenset({"themes", "proposals", "leads"})
FLAGS = frozenset({"public"})
SAID = {"oui": True, "yes": True, "vrai": True, "true": True, "x": True, "1": True} | dict.fromkeys(
    ("non", "no", "faux", "false", "0"), False
)
CITED = {"source_url": "source_url", "source_title": "source_title", "quote": "quote"}
PARTED = re.compile(r"[;|\n]")


def values(kind: Kind, told: Mapping[str, str], language: str) -> dict[str, Any]:
    """The values of a row from what its cells say, by field. What is no word of a choice stays as it is, to be refused beside its field."""
    tongue = told.get("language", language).lower()[:2]
    found: dict[str, Any] = {"language": tongue} if kind is Kind.PROPOSAL else {}
    citation = {CITED[name]: cell for name, cell in told.items() if name in CITED}
    if citation:
        citation.setdefault("source_title", citation.get("source_url", ""))
        found["citations"] = [citation | ({"quote_language": tongue} if "quote" in citation else {})]
    for name, cell in told.items():
        if name not in CITED and name not in ("id", "language"):
            found[paired(kind, name, tongue)] = _read(kind, name, cell)
    return found


def _read(kind: Kind, name: str, cell: str) -> Any:
    if choices := CHOICES.get((kind, name)):
        return _words(choices).get(folded(cell), cell)
    if name in FLAGS:
        return SAID.get(folded(cell), cell)
    if name in LISTS:
        parted = cell.split(",") if name == "themes" and not PARTED.search(cell) else PARTED.split(cell)
        return [one.strip() for one in parted if one.strip()]
    return cell


@cache
def _words(choices: type[StrEnum]) -> dict[str, str]:
    """The value of each choice by its folded words in every language, by its value, and by what else people write."""
    known = {folded(say(language, WORDS[one])): one.value for one in choices if one in WORDS for language in LANGUAGES}
    return known | {folded(one.value): one.value for one in choices} | {word: one.value for word, one in ALSO.get(choices, {}).items()}

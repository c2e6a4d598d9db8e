"""How many of the hits there are of each kind, language, stage and theme: what they can be narrowed to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.proposal import Stage
from models.search import RecordKind
from relais.i18n import LANGUAGES
from relais.search import NAMES, Found, Narrowing, again
from relais.search.question import Question


class Facet(NamedTuple):
    """The number of hits by value. Those `at_least` so many are values of which older hits were not looked at."""

    counts: Mapping[str, int]
    at_least: frozenset[str]


ORDER = {"kind": [kind.value for kind in RecordKind], "tongue": list(LANGUAGES), "stage": [stage.value for stage in Stage]}


def of(question: Question, narrowed: Narrowing, found: Found) -> Mapping[str, Facet]:
    """By facet, the values in order: those that some hit has, and the one that is chosen. Each facet is counted as if it were not chosen,
    but for that value: so many were found."""
    chosen = narrowed.named()
    counts = {name: _counted(found, name) for name in NAMES if name not in chosen}
    facets = {name: _facet(name, counts[name], found.more) for name in counts}
    for name, value in chosen.items():
        others = again(found.record, question, narrowed.without(name))
        many = _counted(others, name)
        many[value] = len(found.hits)
        facets[name] = _facet(name, many, others.more, value if not found.more else "")
    return {name: facets[name] for name in NAMES}


def _facet(name: str, counts: Counter[str], more: bool, but: str = "") -> Facet:
    """There may be `more` of each value than was counted, `but` of one."""
    return Facet(_in_order(counts, ORDER.get(name)), frozenset(value for value in counts if more and value != but))


def _counted(found: Found, name: str) -> Counter[str]:
    """The hits by each value of that facet."""
    if name == "kind":
        return Counter(hit.kind.value for hit in found.hits)
    if name == "tongue":
        return Counter(tongue for hit in found.hits for tongue in hit.languages.split())
    return found.record.counted(name, found.hits)


def _in_order(counts: Counter[str], order: Sequence[str] | None) -> dict[str, int]:
    """In the order given, or the most frequent first."""
    if order is None:
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    return {value: counts[value] for value in order if value in counts}

"""How many of the hits there are of each kind, language, stage and theme: what they can be narrowed to."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, type_coerce
from sqlmodel import Session, col

from models import Proposal, ProposalTheme
from models.proposal import Stage
from models.search import RecordKind
from relais.access import Reader, anybody, visible_proposals
from relais.db import among, columns, numbers
from relais.i18n import LANGUAGES
from relais.index import documents
from relais.search import NAMES, Found, Hit, Narrowing, find
from relais.search.question import Question


class Facet(NamedTuple):
    """The number of hits by value. Those `at_least` so many are values of which older hits were not looked at."""

    counts: Mapping[str, int]
    at_least: frozenset[str]


ORDER = {"kind": [kind.value for kind in RecordKind], "tongue": list(LANGUAGES), "stage": [stage.value for stage in Stage]}


def of(session: Session, reader: Reader, question: Question, narrowed: Narrowing, found: Found) -> Mapping[str, Facet]:
    """By facet, the values in order: those that some hit has, and the one that is chosen. Each facet is counted as if it were not chosen,
    but for that value: so many were found."""
    chosen = narrowed.named()
    counts = _counted(session, reader, found.hits, [name for name in NAMES if name not in chosen])
    facets = {name: _facet(name, counts[name], found.more) for name in counts}
    for name, value in chosen.items():
        seen = find(session, reader, question, narrowed.without(name))
        counts = _counted(session, reader, seen.hits, [name])
        counts[name][value] = len(found.hits)
        facets[name] = _facet(name, counts[name], seen.more, value if not found.more else "")
    return {name: facets[name] for name in NAMES}


def _facet(name: str, counts: Counter[str], more: bool, but: str = "") -> Facet:
    """There may be `more` of each value than was counted, `but` of one."""
    return Facet(_in_order(counts, ORDER.get(name)), frozenset(value for value in counts if more and value != but))


def _counted(session: Session, reader: Reader, hits: Sequence[Hit], names: Sequence[str]) -> dict[str, Counter[str]]:
    """The hits by each value of those facets. What proposals tell is read only where it is asked for."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    if "kind" in counts:
        counts["kind"].update(Counter(hit.kind.value for hit in hits))
    if "tongue" in counts:
        for languages, many in Counter(hit.languages for hit in hits).items():
            counts["tongue"].update(dict.fromkeys(languages.split(), many))
    if told := [name for name in ("stage", "theme") if name in counts]:
        concerned = _concerned(session, hits)
        ids = {key for keys in concerned for key in keys}
        for name in told:
            of_proposal, counted = _told(session, reader, name, ids), counts[name]
            for keys, many in concerned.items():
                for value in {value for key in keys for value in of_proposal.get(key, ())}:
                    counted[value] += many
    return counts


def _concerned(session: Session, hits: Sequence[Hit]) -> Counter[tuple[int, ...]]:
    """How many hits are about the same proposals."""
    dated: dict[int, tuple[int, ...]] = {hit.record_id: () for hit in hits if hit.kind is RecordKind.ENTRY}
    for entry_id, proposal_id in documents.links(session, dated):
        dated[entry_id] += (proposal_id,)
    return Counter((hit.proposal_id,) for hit in hits if hit.proposal_id) + Counter(dated.values())


def _told(session: Session, reader: Reader, name: str, ids: Collection[int]) -> dict[int, list[str]]:
    """The stage, or the themes, of each of those proposals that the reader may see."""
    dialect = session.connection().dialect.name
    told: dict[int, list[str]] = defaultdict(list)
    seen = _seen(dialect, name, reader.sight)
    for key, value in session.connection().execute(seen, {"ids": numbers(dialect, ids)}).all() if ids else ():
        told[key].append(value)
    return told


@lru_cache(maxsize=1024)
def _seen(dialect: str, name: str, sight: frozenset[int]) -> Select[Any]:
    """Of those that may be seen. A stage is taken as it is written: to make each one a Stage takes longer than to read it."""
    themes = columns(ProposalTheme.proposal_id, ProposalTheme.theme).join(Proposal, col(Proposal.id) == col(ProposalTheme.proposal_id))
    about = themes if name == "theme" else columns(Proposal.id, type_coerce(col(Proposal.stage), String))
    return about.where(among(dialect, col(Proposal.id), "ids"), visible_proposals(anybody(sight)))


def _in_order(counts: Counter[str], order: Sequence[str] | None) -> dict[str, int]:
    """In the order given, or the most frequent first."""
    if order is None:
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    return {value: counts[value] for value in order if value in counts}

"""How many of the hits there are of each kind, language, stage and theme: what they can be narrowed to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session, col

from models import EntryProposal, Proposal, ProposalTheme
from models.proposal import Stage
from models.search import RecordKind
from relais.access import Reader, visible_proposals
from relais.db import columns
from relais.i18n import LANGUAGES
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
    asked: dict[tuple[tuple[Hit, ...], bool], list[str]] = {}
    for name in NAMES:
        seen = find(session, reader, question, narrowed.without(name)) if getattr(narrowed, name) else found
        asked.setdefault((tuple(seen.hits), seen.more), []).append(name)
    facets: dict[str, Facet] = {}
    for (hits, more), names in asked.items():
        for name, counts in _counted(session, reader, hits, names):
            if name in names:
                facets[name] = _facet(name, counts, more, getattr(narrowed, name), found)
    return {name: facets[name] for name in NAMES}


def _facet(name: str, counts: Counter[str], more: bool, chosen: str, found: Found) -> Facet:
    if chosen:
        counts[chosen] = len(found.hits)
    several = {value for value in counts if (found.more if value == chosen else more)}
    return Facet(_in_order(counts, ORDER.get(name)), frozenset(several))


def _counted(session: Session, reader: Reader, hits: Sequence[Hit], names: Sequence[str]) -> Iterator[tuple[str, Counter[str]]]:
    """What proposals tell is read only where it is asked for."""
    yield "kind", _tally([hit.kind.value] for hit in hits)
    yield "tongue", _tally(hit.languages.split() for hit in hits)
    if not {"stage", "theme"}.intersection(names):
        return
    concerned = _concerned(session, hits)
    stages: dict[int, list[str]] = {}
    themes: dict[int, list[str]] = {}
    if ids := set[int]().union(*concerned.values()):
        seen = columns(Proposal.id, Proposal.stage, ProposalTheme.theme).where(col(Proposal.id).in_(ids), visible_proposals(reader))
        for key, stage, theme in session.execute(seen.outerjoin(ProposalTheme, col(ProposalTheme.proposal_id) == col(Proposal.id))):
            stages[key] = [stage.value]
            themes.setdefault(key, []).extend([theme] if theme else [])
    yield "stage", _tally(_all(keys, stages) for keys in concerned.values())
    yield "theme", _tally(_all(keys, themes) for keys in concerned.values())


def _concerned(session: Session, hits: Sequence[Hit]) -> dict[int, set[int]]:
    """The proposals each hit is about, by its place."""
    found = {hit.place: {hit.proposal_id} if hit.proposal_id else set[int]() for hit in hits}
    places = {hit.record_id: hit.place for hit in hits if hit.kind is RecordKind.ENTRY}
    if places:
        dated = columns(EntryProposal.entry_id, EntryProposal.proposal_id).where(col(EntryProposal.rejected).is_(False))
        for entry_id, proposal_id in session.execute(dated.where(col(EntryProposal.entry_id).in_(places))):
            found[places[entry_id]].add(proposal_id)
    return found


def _all(keys: Iterable[int], values: Mapping[int, Sequence[str]]) -> set[str]:
    return {value for key in keys for value in values.get(key, ())}


def _tally(values: Iterable[Iterable[str]]) -> Counter[str]:
    return Counter(value for some in values for value in some)


def _in_order(counts: Counter[str], order: Sequence[str] | None) -> dict[str, int]:
    """In the order given, or the most frequent first."""
    if order is None:
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    return {value: counts[value] for value in order if value in counts}

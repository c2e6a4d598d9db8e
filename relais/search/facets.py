"""How many of the hits there are of each kind, language, stage and theme: what they can be narrowed to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlmodel import Session, col

from models import EntryProposal, Proposal, ProposalTheme
from models.proposal import Stage
from models.search import RecordKind
from relais.access import Reader, visible_proposals
from relais.db import columns
from relais.i18n import LANGUAGES
from relais.search import NAMES, Found, Hit, Narrowing, find
from relais.search.question import Question

Counts = Mapping[str, Mapping[str, int]]
ORDER = {"kind": [kind.value for kind in RecordKind], "tongue": list(LANGUAGES), "stage": [stage.value for stage in Stage]}


def of(session: Session, reader: Reader, question: Question, narrowed: Narrowing, found: Found) -> Counts:
    """By facet and value, the values in order and only those that some hit has. Each facet is counted as if it were not chosen."""
    asked: dict[tuple[Hit, ...], list[str]] = {}
    for name in NAMES:
        hits = find(session, reader, question, narrowed.without(name)).hits if getattr(narrowed, name) else found.hits
        asked.setdefault(tuple(hits), []).append(name)
    counts = {name: counted for hits, names in asked.items() for name, counted in _counted(session, reader, hits, names) if name in names}
    return {name: counts[name] for name in NAMES}


def _counted(session: Session, reader: Reader, hits: Sequence[Hit], names: Sequence[str]) -> Iterator[tuple[str, Mapping[str, int]]]:
    """What proposals tell is read only where it is asked for."""
    yield "kind", _tally(([hit.kind.value] for hit in hits), ORDER["kind"])
    yield "tongue", _tally((hit.languages.split() for hit in hits), ORDER["tongue"])
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
    yield "stage", _tally((_all(keys, stages) for keys in concerned.values()), ORDER["stage"])
    yield "theme", _tally((_all(keys, themes) for keys in concerned.values()), None)


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


def _tally(values: Iterable[Iterable[str]], order: Sequence[str] | None) -> dict[str, int]:
    """In the order given, or the most frequent first."""
    counted = Counter(value for some in values for value in some)
    if order is None:
        return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
    return {value: counted[value] for value in order if counted[value]}

"""How many of the hits there are of each kind, language, stage and theme: what they can be narrowed to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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
    about: dict[tuple[Hit, ...], Counts] = {}
    counts: dict[str, Mapping[str, int]] = {}
    for name in NAMES:
        hits = tuple(find(session, reader, question, narrowed.without(name)).hits if getattr(narrowed, name) else found.hits)
        if hits not in about:
            about[hits] = _counted(session, reader, hits)
        counts[name] = about[hits][name]
    return counts


def _counted(session: Session, reader: Reader, hits: Sequence[Hit]) -> Counts:
    concerned = _concerned(session, hits)
    ids = set[int]().union(*concerned.values())
    stages: dict[int, list[str]] = {}
    themes: dict[int, list[str]] = {key: [] for key in ids}
    if ids:
        seen = columns(Proposal.id, Proposal.stage).where(col(Proposal.id).in_(ids), visible_proposals(reader))
        stages = {key: [stage.value] for key, stage in session.execute(seen)}
        for key, theme in session.execute(
            columns(ProposalTheme.proposal_id, ProposalTheme.theme).where(col(ProposalTheme.proposal_id).in_(ids))
        ):
            themes[key].append(theme)
    return {
        "kind": _tally(([hit.kind.value] for hit in hits), ORDER["kind"]),
        "tongue": _tally((hit.languages.split() for hit in hits), ORDER["tongue"]),
        "stage": _tally((_all(keys, stages) for keys in concerned.values()), ORDER["stage"]),
        "theme": _tally((_all(keys, {key: themes[key] for key in stages}) for keys in concerned.values()), None),
    }


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

"""What the record says of hits: which ones a reader may see, and what proposals they are about. Nothing is asked of it twice."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, type_coerce
from sqlmodel import Session, col

from models import Comment, Proposal, ProposalTheme
from models.group import Role
from models.search import RecordKind
from relais.access import Reader, anybody, visible_comments, visible_entries, visible_proposals
from relais.db import among, columns, of_many
from relais.index import documents
from relais.index.documents import TABLES


class Hit(NamedTuple):
    """A row of the index, at its place."""

    place: int
    kind: RecordKind
    record_id: int
    proposal_id: int | None
    languages: str


class Record:
    """As one reader may see it, in one transaction."""

    def __init__(self, session: Session, reader: Reader) -> None:
        self.session, self.reader = session, reader
        self._seen: dict[RecordKind, dict[int, bool]] = defaultdict(dict)
        self._concerned: dict[int, tuple[int, ...]] = {}
        self._told: dict[str, dict[int, list[str]]] = defaultdict(dict)

    def seen(self, hits: Sequence[Hit], chosen: Mapping[str, str]) -> list[Hit]:
        """Those the reader may see, and that are about a proposal of such a stage and theme. Sources and actors are everybody's, and about
        no proposal. Each kind is asked once."""
        for kind in {hit.kind for hit in hits} & _VISIBLE.keys():
            self._look(kind, [hit.record_id for hit in hits if hit.kind is kind])
        seen = [hit for hit in hits if hit.kind not in _VISIBLE or self._seen[hit.kind][hit.record_id]]
        if not chosen:
            return seen
        about = self._about(seen)
        so = {key for keys in about for key in keys}
        for name, value in chosen.items():
            told = self._tell(name, so)
            so = {key for key in so if value in told[key]}
        return [hit for hit, keys in zip(seen, about, strict=True) if not so.isdisjoint(keys)]

    def counted(self, name: str, hits: Sequence[Hit]) -> Counter[str]:
        """How many of the hits are about proposals of each stage, or of each theme."""
        concerned = Counter(self._about(hits))
        told = self._tell(name, {key for keys in concerned for key in keys})
        counts: Counter[str] = Counter()
        for keys, many in concerned.items():
            for value in {value for key in keys for value in told[key]}:
                counts[value] += many
        return counts

    def _look(self, kind: RecordKind, ids: Iterable[int]) -> None:
        known = self._seen[kind]
        if new := [key for key in ids if key not in known]:
            roles = frozenset(self.reader.roles.items())
            seen = {row[0] for row in of_many(self.session, _visible, new, kind, roles)}
            known.update((key, key in seen) for key in new)

    def _about(self, hits: Sequence[Hit]) -> list[tuple[int, ...]]:
        """The proposals that each hit is about: it, the one it is said of, or those on whose timelines it is dated."""
        dated = [hit.record_id for hit in hits if hit.kind is RecordKind.ENTRY and hit.record_id not in self._concerned]
        self._concerned.update(dict.fromkeys(dated, ()))
        for entry_id, proposal_id in documents.links(self.session, dated):
            self._concerned[entry_id] += (proposal_id,)
        return [
            self._concerned[hit.record_id] if hit.kind is RecordKind.ENTRY else (hit.proposal_id,) if hit.proposal_id else ()
            for hit in hits
        ]

    def _tell(self, name: str, ids: Collection[int]) -> Mapping[int, Sequence[str]]:
        """The stage, or the themes, of each of those proposals that the reader may see."""
        told = self._told[name]
        if new := [key for key in ids if key not in told]:
            told.update((key, []) for key in new)
            for key, value in of_many(self.session, _telling, new, name, self.reader.sight):
                told[key].append(value)
        return told


# The statements are put together once, which takes longer than asking them.
@lru_cache(maxsize=1024)
def _visible(dialect: str, kind: RecordKind, roles: frozenset[tuple[int, Role]]) -> Select[Any]:
    """Of each kind what relais.access says: nothing is found that could not be opened."""
    reader, table = Reader(roles=dict(sorted(roles))), TABLES[kind]
    seen = columns(table.id).where(among(dialect, table.id, "ids"), _VISIBLE[kind](reader))
    return seen.join(Proposal, col(Proposal.id) == col(Comment.proposal_id)) if kind is RecordKind.COMMENT else seen


_VISIBLE: dict[RecordKind, Callable[[Reader], ColumnElement[bool]]] = {
    RecordKind.PROPOSAL: visible_proposals,
    RecordKind.COMMENT: lambda reader: and_(visible_comments(reader), visible_proposals(reader)),
    RecordKind.ENTRY: visible_entries,
}


@lru_cache(maxsize=1024)
def _telling(dialect: str, name: str, sight: frozenset[int]) -> Select[Any]:
    """Of those that may be seen. A stage is taken as it is written: to make each one a Stage takes longer than to read it."""
    themes = columns(ProposalTheme.proposal_id, ProposalTheme.theme).join(Proposal, col(Proposal.id) == col(ProposalTheme.proposal_id))
    about = themes if name == "theme" else columns(Proposal.id, type_coerce(col(Proposal.stage), String))
    return about.where(among(dialect, col(Proposal.id), "ids"), visible_proposals(anybody(sight)))

"""Search: what of the record a reader may see says the words they look for.

What says all of them in its title comes first, then what does in its title and summary, then the rest; the newest first in each. So
the order depends on nothing an engine counts in its own way, and is found without a look at every hit: of more than MOST the oldest
are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_
from sqlmodel import Session, col, select

from models import Comment, Entry, EntryProposal, Proposal, ProposalTheme, SearchRow
from models.group import Role
from models.proposal import Stage
from models.search import RecordKind, placed
from relais import index
from relais.access import Reader, visible_comments, visible_entries, visible_proposals
from relais.db import columns
from relais.i18n import LANGUAGES
from relais.index.writing import ANYWHERE, LEAD, TITLE
from relais.search.question import Question

MOST = 500


@dataclass(frozen=True)
class Narrowing:
    """What else a hit must be; an empty one asks nothing. Stage and theme are those of the proposals it is about."""

    kind: str = ""
    tongue: str = ""
    stage: str = ""
    theme: str = ""

    def without(self, name: str) -> "Narrowing":
        return replace(self, **{name: ""})

    def named(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


NAMES = tuple(Narrowing.__dataclass_fields__)


def narrowing(values: dict[str, str]) -> Narrowing:
    """As an address asks; what cannot be asked for is left out, as other lists do."""
    known = {"kind": frozenset(RecordKind), "tongue": frozenset(LANGUAGES), "stage": frozenset(Stage)}
    given = {name: values.get(name, "") for name in NAMES}
    return Narrowing(**{name: value if value in known.get(name, (value,)) and "\0" not in value else "" for name, value in given.items()})


class Hit(NamedTuple):
    """A row of the index, at its place."""

    place: int
    kind: RecordKind
    record_id: int
    proposal_id: int | None
    languages: str


@dataclass(frozen=True)
class Found:
    """The hits in order. There may be `more` than were looked at."""

    hits: Sequence[Hit] = ()
    more: bool = False


def find(session: Session, reader: Reader, question: Question, narrowed: Narrowing) -> Found:
    """What the reader may see that says all of the words. Nothing is found by no words."""
    if not question.wanted:
        return Found()
    hits: list[Hit] = []
    with index.general_plans(session):
        for where, but in ((TITLE, None), (LEAD, TITLE), (ANYWHERE, LEAD)):
            hits += _asked(session, reader, question, narrowed, where, but)
            if len(hits) > MOST:
                break
    return Found(hits[:MOST], len(hits) > MOST)


def every(session: Session, reader: Reader, question: Question, narrowed: Narrowing) -> Select[Any]:
    """Kind and id of whatever says all of the words: to be asked about, and only of what the reader is known to see."""
    condition, match = index.matching(session, question.wanted, ANYWHERE, _facts(reader, narrowed))
    chosen = {name: value for name, value in narrowed.named().items() if name in _CHOOSING}
    rows = columns(SearchRow.kind, SearchRow.record_id)
    if session.connection().dialect.name == "sqlite":
        rows = rows.join(index.WORDS, index.WORDS.c.rowid == col(SearchRow.id))
    rows = rows.where(condition)
    return (rows.where(_about(reader, chosen)) if chosen else rows).params(match=match, **chosen)


def _asked(session: Session, reader: Reader, question: Question, narrowed: Narrowing, where: int, but: int | None) -> list[Hit]:
    """The newest hits that say the words there, and not all of them where `but` says."""
    condition, match = index.matching(session, question.wanted, where, _facts(reader, narrowed), but)
    query = _query(session.connection().dialect.name, frozenset(reader.roles.items()), tuple(narrowed.named()))
    values = {name: value for name, value in narrowed.named().items() if name in _CHOOSING}
    rows = session.connection().execute(query.where(condition), {"match": match, **values}).all()
    return [Hit(row.id, *placed(row.id), row.proposal_id, row.languages) for row in rows]


def _facts(reader: Reader, narrowed: Narrowing) -> list[list[str]]:
    """What the index itself knows of a row: it leaves out at once what is for other groups, however much of it there is."""
    facts = [[f"a{group}" for group in (0, *sorted(reader.roles))]]
    kinds = [f"k{narrowed.kind}"] if narrowed.kind else []
    tongues = [f"l{narrowed.tongue}"] if narrowed.tongue else []
    return facts + [some for some in (kinds, tongues) if some]


@lru_cache(maxsize=256)
def _query(dialect: str, roles: frozenset[tuple[int, Role]], named: tuple[str, ...]) -> Select[Any]:
    """Put together once for all who have the same roles."""
    reader = Reader(roles=dict(sorted(roles)))
    rows = columns(SearchRow.id, SearchRow.proposal_id, SearchRow.languages)
    if dialect == "sqlite":
        rows = rows.join(index.WORDS, index.WORDS.c.rowid == col(SearchRow.id))
    by_place = index.WORDS.c.rowid if dialect == "sqlite" else col(SearchRow.id)
    chosen = [_about(reader, [name for name in named if name in _CHOOSING])] if set(named) & set(_CHOOSING) else []
    return (
        rows.outerjoin(Proposal, col(Proposal.id) == col(SearchRow.proposal_id))
        .outerjoin(Comment, and_(col(SearchRow.kind) == RecordKind.COMMENT, col(Comment.id) == col(SearchRow.record_id)))
        .outerjoin(Entry, and_(col(SearchRow.kind) == RecordKind.ENTRY, col(Entry.id) == col(SearchRow.record_id)))
        .where(*chosen, _visible(reader))
        .order_by(by_place.desc())
        .limit(MOST + 1)
    )


def _visible(reader: Reader) -> ColumnElement[bool]:
    """Of each kind what relais.access says: nothing is found that could not be opened. Sources and actors are everybody's."""
    return or_(
        col(SearchRow.kind).in_((RecordKind.SOURCE, RecordKind.ACTOR)),
        and_(col(SearchRow.kind) == RecordKind.PROPOSAL, visible_proposals(reader)),
        and_(col(SearchRow.kind) == RecordKind.COMMENT, visible_comments(reader), visible_proposals(reader)),
        and_(col(SearchRow.kind) == RecordKind.ENTRY, visible_entries(reader)),
    )


_CHOOSING: dict[str, ColumnElement[bool]] = {
    "stage": col(Proposal.stage) == bindparam("stage"),
    "theme": col(Proposal.id).in_(select(ProposalTheme.proposal_id).where(col(ProposalTheme.theme) == bindparam("theme"))),
}


def _about(reader: Reader, names: Iterable[str]) -> ColumnElement[bool]:
    """The row is about a proposal so narrowed: it, what is said of it, or what is dated on its timeline.

    Which proposals these are is found once, and of an entry's own it is then seen whether they are among them: 0 is added lest SQLite look
    for each of those that are chosen on the timeline of each entry.
    """
    chosen = select(Proposal.id).where(visible_proposals(reader), *(_CHOOSING[name] for name in names))
    of_it = col(EntryProposal.entry_id) == col(SearchRow.record_id), col(EntryProposal.rejected).is_(False)
    dated = select(EntryProposal.entry_id).where(*of_it, (col(EntryProposal.proposal_id) + 0).in_(chosen))
    about_it = and_(col(SearchRow.kind) == RecordKind.ENTRY, dated.correlate(SearchRow).exists())
    return or_(col(SearchRow.proposal_id).in_(chosen), about_it)

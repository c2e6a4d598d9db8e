"""Search: what of the record a reader may see says the words they look for.

What says all of them in its title comes first, then what does in its title and summary, then the rest; the newest first in each. What
only begins with a word that is still being typed comes after all that, in the same order, and is not looked for where enough was found. So
the order depends on nothing an engine counts in its own way, and is found without a look at every hit: of more than MOST the oldest
are left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, literal_column, or_
from sqlmodel import Session, col, select

from models import EntryProposal, Proposal, ProposalTheme, SearchRow
from models.proposal import Stage
from models.search import RecordKind, placed
from relais import index
from relais.access import Reader, visible_proposals
from relais.db import columns
from relais.i18n import LANGUAGES
from relais.index.writing import ANYWHERE, LEAD, TITLE, Asked, of_stage, of_theme
from relais.search.question import Question
from relais.search.record import Hit, Record

MOST = 500
SPARE = 25  # hits that may turn out not to be seen, before more are asked for


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


@dataclass(frozen=True)
class Found:
    """The hits in order. There may be `more` than were looked at. `record` is what was asked of them."""

    record: Record
    hits: Sequence[Hit] = ()
    more: bool = False


def find(session: Session, reader: Reader, question: Question, narrowed: Narrowing) -> Found:
    """What the reader may see that says all of the words. Nothing is found by no words."""
    record = Record(session, reader)
    if not question.wanted:
        return Found(record)
    index.plan_generally(session)
    return again(record, question, narrowed)


def again(record: Record, question: Question, narrowed: Narrowing) -> Found:
    """The same beside what was found before, otherwise narrowed.

    So many are taken from the index as may be wanted, and what the record says of them is asked of these alone; then of more, where some
    of them are not to be seen. The index leaves out all but a few of those.
    """
    hits: list[Hit] = []
    said = _said(record.session, _asked(record.reader, question, narrowed))
    while len(hits) <= MOST and (some := list(islice(said, MOST + SPARE))):
        hits += record.seen(some, _chosen(narrowed))
    return Found(record, hits[:MOST], len(hits) > MOST)


def every(session: Session, reader: Reader, question: Question, narrowed: Narrowing) -> Select[Any]:
    """Kind and id of whatever says all of the words: to be asked about, and only of what the reader is known to see."""
    dialect, chosen = session.connection().dialect.name, _chosen(narrowed)
    rows = index.rows(dialect, SearchRow.kind, SearchRow.record_id).outerjoin(Proposal, col(Proposal.id) == col(SearchRow.proposal_id))
    match = index.match(dialect, _asked(reader, question, narrowed))
    return (rows.where(_about(reader, chosen)) if chosen else rows).params(match=match, **chosen)


def _said(session: Session, asked: Asked) -> Iterator[Hit]:
    """The rows that say so, in order; no more are looked for than are taken.

    What says all in its title does so in title and summary too, and anywhere; what says a word begins with it. It is met again, and left
    out here. To leave it out of the question takes longer, and those that were told leave room for as many as are still wanted.
    """
    dialect = session.connection().dialect.name
    told: set[int] = set()
    typing = any(one.begun for one in asked.wanted)
    for begun, where in product((False, True) if typing else (False,), (TITLE, LEAD, ANYWHERE)):
        values: dict[str, Any] = {"match": index.match(dialect, replace(asked, begun=begun, where=where))}
        while rows := session.connection().execute(_words(dialect, MOST + SPARE, "before" in values), values).all():
            yield from (Hit(place, *placed(place), proposal_id, languages) for place, proposal_id, languages in rows if place not in told)
            told.update([row[0] for row in rows])
            if len(rows) < MOST + SPARE:
                break
            values["before"] = rows[-1][0]


def _asked(reader: Reader, question: Question, narrowed: Narrowing) -> Asked:
    """What the index itself knows of a row: it leaves out at once what is for other groups, however much of it there is."""
    about = [told(value) for name, told in _TOLD.items() if (value := getattr(narrowed, name))]
    return Asked(question.wanted, sorted(reader.roles), narrowed.kind, narrowed.tongue, about)


_TOLD: dict[str, Callable[[str], str]] = {"stage": of_stage, "theme": of_theme}


def _chosen(narrowed: Narrowing) -> dict[str, str]:
    """What is asked of proposals: the index may tell more of them than the reader may see."""
    return {name: value for name, value in narrowed.named().items() if name in _TOLD}


# The statements are put together once, which takes longer than asking them.
@lru_cache
def _words(dialect: str, most: int, further: bool) -> Select[Any]:
    """How many are wanted is said as a number, and where they go on only if they do: PostgreSQL plans for it."""
    by_place = index.WORDS.c.rowid if dialect == "sqlite" else col(SearchRow.id)
    rows = index.rows(dialect, SearchRow.id, SearchRow.proposal_id, SearchRow.languages)
    after = [by_place < bindparam("before", type_=BigInteger)] if further else []
    return rows.where(*after).order_by(by_place.desc()).limit(literal_column(str(most)))


_CHOOSING: dict[str, ColumnElement[bool]] = {
    "stage": col(Proposal.stage) == bindparam("stage"),
    "theme": select(ProposalTheme.theme)
    .where(col(ProposalTheme.proposal_id) == col(Proposal.id), col(ProposalTheme.theme) == bindparam("theme"))
    .correlate(Proposal)
    .exists(),
}


def _about(reader: Reader, names: Iterable[str]) -> ColumnElement[bool]:
    """The row, joined with its proposal, is about one so narrowed: it, what is said of it, or what is dated on its timeline."""
    asked = [_CHOOSING[name] for name in names]
    of_it = columns(EntryProposal.entry_id).join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
    tied = of_it.where(col(EntryProposal.entry_id) == col(SearchRow.record_id), col(EntryProposal.rejected).is_(False))
    dated = tied.where(visible_proposals(reader), *asked).correlate(SearchRow)
    return or_(and_(*asked), and_(col(SearchRow.kind) == RecordKind.ENTRY, dated.exists()))

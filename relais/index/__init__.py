"""The index of words: kept in the transaction of every act, made again from the record when asked, and compared with it.

The one place that feeds it is `relais.ledger.record`: whatever readers may see changes with an event.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, bindparam, cast, delete, func, insert, literal_column, table, text
from sqlalchemy import column as named
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import Session, col

from models import Comment, Entry, Proposal, Revision
from models.search import RecordKind, SearchRow, place
from relais.db import columns
from relais.index import documents
from relais.index.documents import TABLES
from relais.index.writing import Document, Wanted, fts5, tsquery, written

WORDS = table("search_words", named("rowid"), named("search_words"))  # the FTS5 table that follows search_rows by triggers
VECTOR: ColumnElement[Any] = literal_column("search_rows.search_vector")  # the generated column on PostgreSQL
_KINDS: dict[Any, RecordKind] = {kind: name for name, kind in TABLES.items()}
_GONE = delete(SearchRow).where(col(SearchRow.kind) == bindparam("gone"), col(SearchRow.record_id) == bindparam("key"))


def keep(session: Session, subject: Any, proposal: Proposal | None) -> None:
    """Write the words of what an act was about. The act is flushed; what is not looked for changes nothing here."""
    if isinstance(subject, Revision):
        subject = proposal
    kind = _KINDS.get(type(subject))
    if kind is None:
        return
    keys = [subject.id, *([subject.supersedes_id] if isinstance(subject, Entry) and subject.supersedes_id else [])]
    session.connection().execute(_GONE, [{"gone": kind, "key": key} for key in keys])
    _put(session, list(documents.of(session, kind, keys)))


def begin(session: Session, comment: Comment, proposal: Proposal | None) -> None:
    """Write the words of a comment that was never there before: what is at hand says it all."""
    group = proposal.group_id if proposal else None
    _put(session, [documents.comment(comment.id, comment.body_html, comment.public, comment.posted_at, comment.proposal_id, group)])


def rebuild(session: Session) -> int:
    """Make the whole index again. Gives the number of records in it."""
    session.connection().execute(delete(SearchRow))
    return sum(_put(session, some) for _, some in documents.every(session))


def empty(session: Session) -> bool:
    """Whether nothing can be found: so it is after the migration that made the table."""
    return session.execute(columns(SearchRow.id).limit(1)).first() is None


def wrong(session: Session) -> Iterator[str]:
    """One line for each record whose row is not what it says now, and for what the engine's index lacks."""
    seen: dict[RecordKind, int] = dict.fromkeys(RecordKind, 0)
    for kind, some in documents.every(session):
        rows = columns(SearchRow.record_id, SearchRow.id, SearchRow.search_text, SearchRow.proposal_id, SearchRow.languages)
        mine = rows.where(col(SearchRow.kind) == kind, col(SearchRow.record_id).in_([one.record_id for one in some]))
        found = {row.record_id: tuple(row) for row in session.execute(mine)}
        seen[kind] += len(some)
        yield from (f"{kind} {one.record_id} is not found by its words" for one in some if found.get(one.record_id) != _compared(one))
    counted = dict(map(tuple, session.execute(columns(SearchRow.kind, func.count()).group_by(col(SearchRow.kind)))))
    yield from (f"{counted[kind] - many} rows of no {kind}" for kind, many in seen.items() if counted.get(kind, 0) > many)
    if session.connection().dialect.name == "sqlite":
        kept = session.connection().execute(text("SELECT count(*) FROM search_words_docsize")).scalar_one()
        if kept != sum(counted.values()):
            yield f"the words of {kept} records are indexed, of {sum(counted.values())}"


def matching(
    session: Session, wanted: Sequence[Wanted], where: int, facts: Sequence[Sequence[str]], but: int | None = None
) -> tuple[ColumnElement[bool], str]:
    """A condition on SearchRow (joined with WORDS on SQLite), and the value of its `match`; `but` leaves out what says all of it there."""
    if session.connection().dialect.name == "sqlite":
        return WORDS.c.search_words.op("MATCH")(bindparam("match")), fts5(wanted, where, facts, but)
    return VECTOR.op("@@")(cast(bindparam("match"), TSQUERY)), tsquery(wanted, where, facts, but)


@contextmanager
def general_plans(session: Session) -> Iterator[None]:
    """Around questions: PostgreSQL plans them without a look at the words. Planning for the very words, it believes that the few hits it is
    to give are met soon, and walks through the whole table for them: three times as long (docs/bench.md)."""
    if session.connection().dialect.name == "sqlite":
        yield
        return
    session.connection().execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
    yield
    session.connection().execute(text("SET LOCAL plan_cache_mode = auto"))


def _put(session: Session, some: Sequence[Document]) -> int:
    if some:
        session.connection().execute(insert(SearchRow), [_row(one) for one in some])
    return len(some)


def _row(one: Document) -> dict[str, Any]:
    facts = {"kind": one.kind, "record_id": one.record_id, "proposal_id": one.proposal_id, "languages": one.languages}
    return facts | {"id": place(one.day, one.kind, one.record_id), "search_text": written(one)}


def _compared(one: Document) -> tuple[Any, ...]:
    return tuple(_row(one)[name] for name in ("record_id", "id", "search_text", "proposal_id", "languages"))

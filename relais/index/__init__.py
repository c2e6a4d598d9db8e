"""The index of words: kept in the transaction of every act, made again from the record when asked, and compared with it.

The one place that feeds it is `relais.ledger.record`: whatever readers may see changes with an event.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, cast, delete, func, insert, literal_column, or_, table, text, update
from sqlalchemy import column as named
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import Session, col, select

from models import Comment, Entry, EntryProposal, Proposal, Revision
from models.search import RecordKind, SearchRow, place
from relais.db import columns
from relais.index import documents
from relais.index.documents import TABLES
from relais.index.writing import Asked, Document, fts5, rewritten, tsquery, written

WORDS = table("search_words", named("rowid"), named("search_words"))  # the FTS5 table that follows search_rows by triggers
VECTOR: ColumnElement[Any] = literal_column("search_rows.search_vector")  # the generated column on PostgreSQL
_KINDS: dict[Any, RecordKind] = {kind: name for name, kind in TABLES.items()}
_RETOLD = update(SearchRow).where(col(SearchRow.id) == bindparam("row")).values(search_text=bindparam("told"))
_GENERALLY = text("SET LOCAL plan_cache_mode = force_generic_plan")
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
    """Write the words of a comment that was never there before: what is at hand says nearly all of it."""
    group = proposal.group_id if proposal else None
    told = documents.of_proposals(session, [comment.proposal_id])[comment.proposal_id]
    said = comment.id, comment.body_html, comment.public, comment.posted_at, comment.proposal_id, group
    _put(session, [documents.comment(*said, told)])


def follow(session: Session, proposal: Proposal) -> None:
    """Write what is asked of a proposal, its stage and its themes, into the words of whatever is about it. They are flushed."""
    mine = col(EntryProposal.proposal_id) == proposal.id, col(EntryProposal.rejected).is_(False)
    dated = and_(col(SearchRow.kind) == RecordKind.ENTRY, col(SearchRow.record_id).in_(select(EntryProposal.entry_id).where(*mine)))
    about = columns(SearchRow.id, SearchRow.kind, SearchRow.record_id, SearchRow.search_text)
    rows = session.connection().execute(about.where(or_(col(SearchRow.proposal_id) == proposal.id, dated))).all()
    if not rows:
        return
    told = documents.of_proposals(session, [proposal.id])[proposal.id]
    entries = documents.of_entries(session, [row.record_id for row in rows if row.kind is RecordKind.ENTRY])
    words = [
        {"row": row.id, "told": rewritten(row.search_text, row.kind, entries[row.record_id] if row.kind is RecordKind.ENTRY else told)}
        for row in rows
    ]
    changed = [one for one, row in zip(words, rows, strict=True) if one["told"] != row.search_text]
    if changed:
        session.connection().execute(_RETOLD, changed)


def rebuild(session: Session) -> int:
    """Make the whole index again. Gives the number of records in it."""
    session.connection().execute(delete(SearchRow))
    many = sum(_put(session, some) for _, some in documents.every(session))
    if session.connection().dialect.name == "sqlite":  # in one piece, or each question would be asked of several
        session.connection().execute(text("INSERT INTO search_words (search_words) VALUES ('optimize')"))
    return many


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


def rows(dialect: str, *facts: Any) -> Select[Any]:
    """Those facts of the rows that say what `match` asks for."""
    found = columns(*facts)
    if dialect == "sqlite":
        words = WORDS.c.search_words.op("MATCH")(bindparam("match"))
        return found.join(WORDS, WORDS.c.rowid == col(SearchRow.id)).where(words)
    return found.where(VECTOR.op("@@")(cast(bindparam("match"), TSQUERY)))


def match(dialect: str, asked: Asked) -> str:
    """The value of `match` that asks for it."""
    return fts5(asked) if dialect == "sqlite" else tsquery(asked)


def plan_generally(session: Session) -> None:
    """Before questions: until the end of the transaction PostgreSQL plans without a look at the words. Planning for the very words, it
    believes that the few hits it is to give are met soon, and walks through the whole table for them: it takes three times as long."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(_GENERALLY)


def _put(session: Session, some: Sequence[Document]) -> int:
    if some:
        session.connection().execute(insert(SearchRow), [_row(one) for one in some])
    return len(some)


def _row(one: Document) -> dict[str, Any]:
    facts = {"kind": one.kind, "record_id": one.record_id, "proposal_id": one.proposal_id, "languages": one.languages}
    return facts | {"id": place(one.day, one.kind, one.record_id), "search_text": written(one)}


def _compared(one: Document) -> tuple[Any, ...]:
    return tuple(_row(one)[name] for name in ("record_id", "id", "search_text", "proposal_id", "languages"))

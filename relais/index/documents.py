"""What each kind of record says, to be found by it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select
from sqlmodel import Session, col

from models import Actor, Comment, Entry, EntryProposal, Proposal, ProposalTheme, Source, Text
from models.search import RecordKind
from relais.db import among, columns, of_many, uncorrected
from relais.i18n import LANGUAGES
from relais.index.writing import ANYWHERE, LEAD, OTHER, TITLE, Document, Said, about
from relais.rendered import words

AT_ONCE = 500
NEVER = date.min
_NAMED = re.compile(r"@\{\d+\}")  # a person named in a comment: found by nobody, whatever they are called now
Read = Callable[[Session, Sequence[int]], Iterator[Document]]


def of(session: Session, kind: RecordKind, ids: Sequence[int]) -> Iterator[Document]:
    """The documents of some records, but for those that say nothing: a removed comment, a corrected entry."""
    yield from _READ[kind](session, ids)


def every(session: Session) -> Iterator[tuple[RecordKind, list[Document]]]:
    """Some at a time, kind by kind and in the order of their ids: there may be more than memory holds."""
    for kind, table in TABLES.items():
        last = 0
        while ids := session.execute(columns(table.id).where(table.id > last).order_by(table.id).limit(AT_ONCE)).scalars().all():
            last = ids[-1]
            yield kind, list(of(session, kind, ids))


def _proposals(session: Session, ids: Sequence[int]) -> Iterator[Document]:
    texts = columns(
        Text.proposal_id, Text.language, Text.title, Text.summary, Text.body_html, Text.saved_at,
        Proposal.instrument_fr, Proposal.instrument_en, Proposal.procedure, Proposal.slug,
    ).join(Proposal, col(Proposal.id) == col(Text.proposal_id))  # fmt: skip
    rows = session.execute(texts.where(col(Text.proposal_id).in_(ids)).order_by(col(Text.proposal_id), col(Text.language)))
    told = of_proposals(session, ids)
    for key, some in groupby(rows, lambda row: row.proposal_id):
        found = list(some)
        said = [field for row in found for field in _text(row)]
        facts = Said(ANYWHERE, "fr", found[0].instrument_fr), Said(ANYWHERE, "en", found[0].instrument_en)
        day = max(row.saved_at for row in found).date()
        said += [*facts, Said(ANYWHERE, "", found[0].procedure)]
        yield Document(RecordKind.PROPOSAL, key, day, tuple(said), proposal_id=key, about=told[key])


def _text(row: Row[Any]) -> tuple[Said, ...]:
    tongue = row.language
    return Said(TITLE, tongue, row.title), Said(LEAD, tongue, row.summary), Said(ANYWHERE, tongue, words(row.body_html))


def _entries(session: Session, ids: Sequence[int]) -> Iterator[Document]:
    wanted = columns(
        Entry.id, Entry.title_fr, Entry.title_en, Entry.note_fr, Entry.note_en, Entry.outcome_fr, Entry.outcome_en,
        Entry.effective_on, Entry.public, Entry.group_id,
    ).where(col(Entry.id).in_(ids), uncorrected(Entry))  # fmt: skip
    told = of_entries(session, ids)
    for row in _in_order(session, wanted, Entry):
        fields = ((TITLE, "title"), (ANYWHERE, "note"), (ANYWHERE, "outcome"))
        said = tuple(Said(where, tongue, getattr(row, f"{name}_{tongue}")) for where, name in fields for tongue in ("fr", "en"))
        group = None if row.public else row.group_id
        yield Document(RecordKind.ENTRY, row.id, row.effective_on or NEVER, said, group_id=group, about=told.get(row.id, frozenset()))


def _comments(session: Session, ids: Sequence[int]) -> Iterator[Document]:
    wanted = (
        columns(Comment.id, Comment.body_html, Comment.public, Comment.posted_at, Comment.proposal_id, Proposal.group_id)
        .join(Proposal, col(Proposal.id) == col(Comment.proposal_id))
        .where(col(Comment.id).in_(ids), col(Comment.removed_at).is_(None))
    )
    rows = _in_order(session, wanted, Comment)
    told = of_proposals(session, {row.proposal_id for row in rows})
    for row in rows:
        yield comment(row.id, row.body_html, row.public, row.posted_at, row.proposal_id, row.group_id, told[row.proposal_id])


def comment(
    key: int, body_html: str, public: bool, posted_at: datetime, proposal_id: int, group_id: int | None, told: frozenset[str]
) -> Document:
    """What a comment says; `group_id` is the group of its proposal, and `told` what is asked of that."""
    said = Said(ANYWHERE, "", _NAMED.sub(" ", words(body_html)))
    group = None if public else group_id
    return Document(RecordKind.COMMENT, key, posted_at.date(), (said,), proposal_id=proposal_id, group_id=group, about=told)


def _sources(session: Session, ids: Sequence[int]) -> Iterator[Document]:
    wanted = columns(
        Source.id, Source.title, Source.publisher, Source.language, Source.url, Source.note_fr, Source.note_en, Source.effective_on
    ).where(col(Source.id).in_(ids))
    for row in _in_order(session, wanted, Source):
        title = Said(TITLE, row.language, row.title), Said(LEAD, "", row.publisher), Said(ANYWHERE, "", row.url)
        notes = Said(ANYWHERE, "fr", row.note_fr), Said(ANYWHERE, "en", row.note_en)
        yield Document(RecordKind.SOURCE, row.id, row.effective_on or NEVER, (*title, *notes))


def _actors(session: Session, ids: Sequence[int]) -> Iterator[Document]:
    wanted = columns(Actor.id, Actor.names, Actor.code, Actor.note_fr, Actor.note_en).where(col(Actor.id).in_(ids))
    for row in _in_order(session, wanted, Actor):
        names = [Said(TITLE, tongue if tongue in LANGUAGES else OTHER, name) for tongue, name in sorted(row.names.items())]
        notes = Said(ANYWHERE, "fr", row.note_fr), Said(ANYWHERE, "en", row.note_en)
        yield Document(RecordKind.ACTOR, row.id, NEVER, (*names, Said(TITLE, "", row.code or ""), *notes))


def of_proposals(session: Session, ids: Collection[int]) -> dict[int, frozenset[str]]:
    """What is asked of each proposal."""
    return {
        key: about(some[0].stage.value, (row.theme for row in some if row.theme))
        for key, some in _by_first(of_many(session, _stages_and_themes, ids))
    }


def of_entries(session: Session, ids: Collection[int]) -> dict[int, frozenset[str]]:
    """What is asked of the proposals that each entry concerns, surely or perhaps."""
    concerned = [(key, [row.proposal_id for row in some]) for key, some in _by_first(links(session, ids))]
    told = of_proposals(session, {proposal for _, some in concerned for proposal in some})
    return {key: frozenset[str]().union(*(told[proposal] for proposal in some)) for key, some in concerned}


def links(session: Session, ids: Collection[int]) -> Sequence[Any]:
    """Entry and proposal, for each of these entries and each proposal it surely or perhaps concerns, in order."""
    return of_many(session, _links, ids)


@lru_cache
def _stages_and_themes(dialect: str) -> Select[Any]:
    """The question for id, stage and a theme of each of the proposals `ids`; a proposal of several themes is there for each."""
    themed = columns(Proposal.id, Proposal.stage, ProposalTheme.theme).outerjoin(
        ProposalTheme, col(ProposalTheme.proposal_id) == col(Proposal.id)
    )
    return themed.where(among(dialect, col(Proposal.id), "ids")).order_by(col(Proposal.id))


@lru_cache
def _links(dialect: str) -> Select[Any]:
    tied = columns(EntryProposal.entry_id, EntryProposal.proposal_id).where(col(EntryProposal.rejected).is_(False))
    return tied.where(among(dialect, col(EntryProposal.entry_id), "ids")).order_by(
        col(EntryProposal.entry_id), col(EntryProposal.proposal_id)
    )


def _by_first(rows: Iterable[Row[Any]]) -> Iterator[tuple[int, list[Row[Any]]]]:
    """Rows in the order of their first column, together where it is the same."""
    return ((key, list(some)) for key, some in groupby(rows, lambda row: row[0]))


def _in_order(session: Session, wanted: Select[Any], kind: Any) -> Sequence[Row[Any]]:
    return session.execute(wanted.order_by(col(kind.id))).all()


TABLES: dict[RecordKind, Any] = {
    RecordKind.PROPOSAL: Proposal,
    RecordKind.ENTRY: Entry,
    RecordKind.COMMENT: Comment,
    RecordKind.SOURCE: Source,
    RecordKind.ACTOR: Actor,
}
_READ: dict[RecordKind, Read] = {
    RecordKind.PROPOSAL: _proposals,
    RecordKind.ENTRY: _entries,
    RecordKind.COMMENT: _comments,
    RecordKind.SOURCE: _sources,
    RecordKind.ACTOR: _actors,
}

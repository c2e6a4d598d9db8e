"""Hits as a page shows them: what each is called, where it is, and the words around what was found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from models import Actor, Comment, Entry, EntryProposal, Proposal, Source, Text
from models.partial_date import PartialDate
from models.search import RecordKind
from relais.access import Reader, anybody, visible_proposals
from relais.comments import mentions
from relais.db import among, columns, of_many
from relais.i18n import LANGUAGES, say
from relais.index.writing import Wanted
from relais.presidencies import Calendar
from relais.proposals import titles
from relais.proposals.titles import Title
from relais.rendered import words
from relais.search.record import Hit
from relais.search.snippets import Run, around, marked, says


@dataclass(frozen=True)
class Shown:
    """`name` is empty where a hit is called by what it is said of; `what` a stage, a kind of entry or of actor; `path` its page."""

    kind: RecordKind
    path: str
    name: Sequence[Run] = ()
    name_language: str = ""
    excerpt: Sequence[Run] = ()
    excerpt_language: str = ""
    what: StrEnum | None = None
    when: PartialDate | None = None
    day: date | None = None
    about: Title | None = None
    publisher: str = ""
    private: bool = False


@dataclass(frozen=True)
class _Asked:
    session: Session
    reader: Reader
    language: str
    wanted: Sequence[Wanted]
    calendar: Calendar
    about: Mapping[int, Title]

    def fit(self, fields: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
        """Of the same fields in several languages those in the reader's, unless the words are found in another only."""
        order = sorted(fields, key=lambda tongue: (tongue != self.language, tongue not in LANGUAGES, tongue))
        saying = (tongue for tongue in order if any(says(text, self.wanted) for text in fields[tongue]))
        tongue = next(saying, next((tongue for tongue in order if any(fields[tongue])), self.language))
        return tongue, list(fields.get(tongue, ("",)))

    def excerpt(self, texts: Iterable[str]) -> list[Run]:
        """Of the first text that says a word that is looked for, else of the first there is."""
        there = [text for text in texts if text.strip()]
        return next(
            (around(text, self.wanted) for text in there if says(text, self.wanted)), around(there[0], self.wanted) if there else []
        )


def shown(
    session: Session, reader: Reader, language: str, wanted: Sequence[Wanted], hits: Sequence[Hit], calendar: Calendar
) -> list[Shown]:
    """In the same order; as many queries for one hit as for many of its kind."""
    dated = _dated(session, reader, [hit.record_id for hit in hits if hit.kind is RecordKind.ENTRY])
    ids = {hit.proposal_id for hit in hits if hit.proposal_id}.union(dated.values())
    about = titles.of(session, reader, language, ids) if ids else {}
    found: dict[tuple[RecordKind, int], Shown] = {}
    for kind, some in groupby(sorted(hits, key=lambda hit: hit.kind), lambda hit: hit.kind):
        asked = _Asked(session, reader, language, wanted, calendar, about)
        found |= {(kind, key): one for key, one in _SHOWN[kind](asked, [hit.record_id for hit in some], dated)}
    return [found[hit.kind, hit.record_id] for hit in hits if (hit.kind, hit.record_id) in found]


Pairs = Iterable[tuple[int, Shown]]


def _dated(session: Session, reader: Reader, ids: Sequence[int]) -> dict[int, int]:
    """The first proposal each entry surely or perhaps concerns that the reader may see."""
    return dict(map(tuple, of_many(session, _concerned, ids, reader.sight)))


def _read(asked: _Asked, kind: RecordKind, ids: Sequence[int]) -> Sequence[Any]:
    return of_many(asked.session, _rows, ids, kind)


# The statements are put together once, which takes longer than asking them.
@lru_cache(maxsize=1024)
def _concerned(dialect: str, sight: frozenset[int]) -> Select[Any]:
    """Entry and proposal: the last one named of each is the one it is shown with."""
    about = columns(EntryProposal.entry_id, EntryProposal.proposal_id).join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
    seen = about.where(among(dialect, col(EntryProposal.entry_id), "ids"), col(EntryProposal.rejected).is_(False))
    return seen.where(visible_proposals(anybody(sight))).order_by(
        col(EntryProposal.lead).desc(), col(Proposal.rank).desc(), col(Proposal.id).desc()
    )


@lru_cache
def _rows(dialect: str, kind: RecordKind) -> Select[Any]:
    """What is shown of those of a kind whose ids are given; of a proposal, a row for each of its texts."""
    key, rows = _COLUMNS[kind]
    return rows.where(among(dialect, key, "ids")).order_by(key)


_COLUMNS: dict[RecordKind, tuple[Any, Select[Any]]] = {
    RecordKind.PROPOSAL: (
        col(Text.proposal_id),
        columns(
            Text.proposal_id, Text.language, Text.title, Text.summary, Text.body_html, Proposal.slug, Proposal.stage, Proposal.public
        ).join(Proposal, col(Proposal.id) == col(Text.proposal_id)),
    ),
    RecordKind.COMMENT: (
        col(Comment.id),
        columns(Comment.id, Comment.body_html, Comment.public, Comment.posted_at, Comment.proposal_id),
    ),
    RecordKind.ENTRY: (
        col(Entry.id),
        columns(
            Entry.id, Entry.kind, Entry.title_fr, Entry.title_en, Entry.note_fr, Entry.note_en, Entry.outcome_fr, Entry.outcome_en,
            Entry.effective_on, Entry.effective_until, Entry.precision, Entry.public,
        ),
    ),
    RecordKind.SOURCE: (
        col(Source.id),
        columns(
            Source.id, Source.slug, Source.title, Source.language, Source.publisher, Source.note_fr, Source.note_en,
            Source.effective_on, Source.effective_until, Source.precision,
        ),
    ),
    RecordKind.ACTOR: (
        col(Actor.id),
        columns(Actor.id, Actor.slug, Actor.kind, Actor.names, Actor.note_fr, Actor.note_en),
    ),
}  # fmt: skip


def _proposals(asked: _Asked, ids: Sequence[int], _dated: Mapping[int, int]) -> Pairs:
    for key, some in groupby(_read(asked, RecordKind.PROPOSAL, ids), lambda row: row.proposal_id):
        texts = {row.language: row for row in some}
        tongue, (title, *others) = asked.fit({one: (row.title, row.summary, words(row.body_html)) for one, row in texts.items()})
        row = texts[tongue]
        yield key, Shown(
            RecordKind.PROPOSAL, f"/proposals/{row.slug}", marked(title, asked.wanted), tongue, asked.excerpt(others), tongue,
            what=row.stage, private=not row.public,
        )  # fmt: skip


def _comments(asked: _Asked, ids: Sequence[int], _dated: Mapping[int, int]) -> Pairs:
    names = mentions.of(asked.session, ids)
    for row in _read(asked, RecordKind.COMMENT, ids):
        about = asked.about[row.proposal_id]
        said = mentions.plain(words(row.body_html), dict(names.get(row.id, ())), say(asked.language, "Member"))
        yield row.id, Shown(
            RecordKind.COMMENT, f"/proposals/{about.slug}#c{row.id}", excerpt=asked.excerpt([said]),
            about=about, day=row.posted_at.date(), private=not row.public,
        )  # fmt: skip


def _entries(asked: _Asked, ids: Sequence[int], dated: Mapping[int, int]) -> Pairs:
    for row in _read(asked, RecordKind.ENTRY, ids):
        fields = {tongue: [getattr(row, f"{name}_{tongue}") for name in ("title", "note", "outcome")] for tongue in LANGUAGES}
        tongue, (title, *others) = asked.fit(fields)
        title = title or row.title_fr or row.title_en
        when = PartialDate(row.effective_on, row.effective_until, row.precision)
        about, term = asked.about.get(dated.get(row.id, 0)), asked.calendar.of(when)
        path = f"/proposals/{about.slug}#timeline" if about else f"/presidencies/{term.slug}#milestones" if term else "/presidencies"
        yield row.id, Shown(
            RecordKind.ENTRY, path, marked(title, asked.wanted), tongue, asked.excerpt(others), tongue,
            what=row.kind, when=when, about=about, private=not row.public,
        )  # fmt: skip


def _sources(asked: _Asked, ids: Sequence[int], _dated: Mapping[int, int]) -> Pairs:
    for row in _read(asked, RecordKind.SOURCE, ids):
        tongue, notes = asked.fit({"fr": [row.note_fr], "en": [row.note_en]})
        when = PartialDate(row.effective_on, row.effective_until, row.precision) if row.effective_on else None
        yield row.id, Shown(
            RecordKind.SOURCE, f"/sources/{row.slug}", marked(row.title, asked.wanted), row.language, asked.excerpt(notes), tongue,
            when=when, publisher=row.publisher,
        )  # fmt: skip


def _actors(asked: _Asked, ids: Sequence[int], _dated: Mapping[int, int]) -> Pairs:
    for row in _read(asked, RecordKind.ACTOR, ids):
        tongue, notes = asked.fit({"fr": [row.note_fr], "en": [row.note_en]})
        name = row.names.get(asked.language) or row.names["en"]
        called = marked(name, asked.wanted)
        yield row.id, Shown(
            RecordKind.ACTOR, f"/actors/{row.slug}", called, asked.language, asked.excerpt(notes), tongue, what=row.kind
        )  # fmt: skip


_SHOWN: dict[RecordKind, Callable[[_Asked, Sequence[int], Mapping[int, int]], Pairs]] = {
    RecordKind.PROPOSAL: _proposals,
    RecordKind.COMMENT: _comments,
    RecordKind.ENTRY: _entries,
    RecordKind.SOURCE: _sources,
    RecordKind.ACTOR: _actors,
}

"""Citations as a page shows them: each source once, numbered in the order the page meets it, with what it is cited for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, or_
from sqlmodel import Session, col

from models import Citation, Entry, Source
from models.partial_date import PartialDate
from relais.db import columns
from relais.i18n import said
from relais.sources import settlements

NOUNS = {"move": "moves", "position": "positions", "entry": "entries"}  # of claims, as in addresses


@dataclass(frozen=True)
class Dispute:
    """That sources disagree on a claim, where both sides are read, and what was held of it: the reason, where it is settled."""

    path: str
    settled: bool = False
    reason: str = ""
    language: str = ""


@dataclass(frozen=True)
class Evidence:
    """What one claim rests on: the numbers of the sources that support it, and of those that contradict it.

    Of several claims told in one breath, `dispute` is the first that is not settled, or else the first that is.
    """

    pro: tuple[int, ...] = ()
    contra: tuple[int, ...] = ()
    dispute: Dispute | None = None

    @property
    def contested(self) -> bool:
        return bool(self.contra)

    @property
    def missing(self) -> bool:
        return not (self.pro or self.contra)


@dataclass(frozen=True)
class Said:
    """What a source says where it is cited, for or against: our summary, and a quotation in its own language if one was taken."""

    summary: str
    language: str
    locator: str
    quote: str
    quote_language: str
    supports: bool = True


@dataclass
class Numbered:
    """A source of the page with its number and, once each, what is cited from it."""

    number: int
    slug: str
    title: str
    language: str
    publisher: str
    url: str
    when: PartialDate
    retrieved_on: date | None = None
    said: list[Said] = field(default_factory=list)


class Citations:
    """The citations of some claims, read in one query; a source gets its number when a claim that rests on it is first shown."""

    def __init__(
        self, session: Session, language: str, *, moves: Iterable[int] = (), positions: Iterable[int] = (), entries: Iterable[int] = ()
    ) -> None:
        self._language = language
        self._sources: dict[int, Numbered] = {}
        self._by_claim: dict[tuple[str, int], list[Row[Any]]] = defaultdict(list)
        for row in _rows(session, set(moves), set(positions), set(entries)):
            self._by_claim[_claim(row)].append(row)
        self._disputes = self._disputed(session)

    @property
    def sources(self) -> list[Numbered]:
        """The sources shown so far, by number."""
        return list(self._sources.values())

    def move(self, *ids: int) -> Evidence:
        return self._evidence("move", ids)

    def position(self, *ids: int) -> Evidence:
        return self._evidence("position", ids)

    def entry(self, *ids: int) -> Evidence:
        return self._evidence("entry", ids)

    def number(self, source: Source) -> int:
        """The number of a source that the page rests on without a citation, such as a legal basis."""
        known = self._sources.setdefault(source.id, numbered(len(self._sources) + 1, source))
        return known.number

    def _evidence(self, claim: str, ids: Iterable[int]) -> Evidence:
        """Of several claims told in one breath, all sources once."""
        ids = list(ids)
        numbers: dict[bool, dict[int, None]] = {True: {}, False: {}}
        for row in (row for one in ids for row in self._by_claim.get((claim, one), ())):
            numbers[row.supports][self._shown(row)] = None
        disputes = [self._disputes[claim, one] for one in ids if (claim, one) in self._disputes] if self._disputes else []
        first = min(disputes, key=lambda one: one.settled, default=None)
        return Evidence(tuple(sorted(numbers[True])), tuple(sorted(numbers[False])), first)

    def _disputed(self, session: Session) -> dict[tuple[str, int], Dispute]:
        """The claims a source contradicts, with what was held of each; asked only where there are any."""
        contra = {claim: rows[0] for claim, rows in self._by_claim.items() if not all(row.supports for row in rows)}
        held = settlements.standing(session, {noun: [key for of, key in contra if of == noun] for noun in NOUNS})
        return {claim: _dispute(claim, row, held.get(claim), self._language) for claim, row in contra.items()}

    def _shown(self, row: Row[Any]) -> int:
        source = self._sources.setdefault(row.source_id, numbered(len(self._sources) + 1, row))
        summary, tongue = said(row, "summary", self._language)
        words = Said(summary, tongue, row.locator, row.quote, row.quote_language or row.language, row.supports)
        if (words.summary or words.quote or words.locator) and words not in source.said:
            source.said.append(words)
        return source.number


def numbered(number: int, row: Any) -> Numbered:
    when = PartialDate(row.effective_on, row.effective_until, row.precision)
    return Numbered(number, row.slug, row.title, row.language, row.publisher, row.url, when, row.retrieved_on)


def _claim(row: Row[Any]) -> tuple[str, int]:
    return next((name, value) for name, value in (("move", row.move_id), ("position", row.position_id), ("entry", row.entry_id)) if value)


def _dispute(claim: tuple[str, int], row: Row[Any], held: Row[Any] | None, language: str) -> Dispute:
    path = f"/{NOUNS[claim[0]]}/{row.key if claim[0] == 'entry' else claim[1]}/evidence"
    if held is None or not held.settled:
        return Dispute(path)
    return Dispute(path, True, *said(held, "reason", language))


def _rows(session: Session, moves: set[int], positions: set[int], entries: set[int]) -> Iterable[Row[Any]]:
    if not (moves or positions or entries):
        return ()
    claims = ((Citation.move_id, moves), (Citation.position_id, positions), (Citation.entry_id, entries))
    named: ColumnElement[bool] = or_(*(col(column).in_(ids) for column, ids in claims))
    return session.execute(
        columns(
            Citation.move_id, Citation.position_id, Citation.entry_id, Citation.supports, Citation.locator, Citation.summary_fr,
            Citation.summary_en, Citation.quote, Citation.quote_language, Citation.source_id, Entry.key,
            Source.slug, Source.title, Source.language,
            Source.publisher, Source.url, Source.retrieved_on, Source.effective_on, Source.effective_until, Source.precision,
        )
        .join(Source, col(Source.id) == col(Citation.source_id))
        .outerjoin(Entry, col(Entry.id) == col(Citation.entry_id))
        .where(named)
        .order_by(col(Citation.id))
    )  # fmt: skip

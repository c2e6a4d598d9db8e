"""A proposal with everything its page shows, as one reader may see it, on any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from models import Proposal
from models.entry import EntryState
from models.partial_date import UNDATED, PartialDate
from models.proposal import Level, Stage
from models.text import FIELDS
from relais import positions, texts
from relais.access import Reader
from relais.answers import Answered
from relais.i18n import said
from relais.positions import backers, weighing
from relais.positions.backers import Backer, Tally
from relais.positions.weighing import Weighed
from relais.presidencies import Calendar
from relais.proposals import coming, dossier_rows, timeline
from relais.proposals.coming import Coming
from relais.proposals.timeline import Timeline
from relais.relay import windows
from relais.sources.citations import Citations, Evidence, Numbered
from relais.sources.coverage import Share
from relais.texts import Behind


@dataclass(frozen=True)
class Words:
    """The text shown: in the reader's language, or in the original where there is none; `behind` what of a translation is out of date."""

    language: str
    title: str
    summary: str
    body_html: str
    number: int
    behind: Behind | None
    source_saved_at: datetime


@dataclass(frozen=True)
class Tongue:
    """A language the proposal is written in, and the number of its last revision."""

    language: str
    title: str
    number: int
    behind: bool


@dataclass(frozen=True)
class Standing:
    """The stage on the day, since when and on what evidence; `stage` is None on a day before there was a proposal."""

    stage: Stage | None
    since: PartialDate
    evidence: Evidence


@dataclass(frozen=True)
class Dossier:
    proposal: Proposal
    group: Any
    origin: Any
    themes: list[tuple[str, str]]
    merged_into: Any
    words: Words
    tongues: list[Tongue]
    standing: Standing
    answers: list[Answered]
    backers: list[Backer]
    tallies: list[Tally]
    weighed: Weighed | None
    timeline: Timeline
    coming: Coming | None
    sources: list[Numbered]

    @property
    def coverage(self) -> Share:
        """How many of the claims that stand have a source."""
        held = [one for backer in self.backers for one in (backer.now, *backer.before) if not one.corrected]
        claims: list[Any] = [*self.timeline.items, *held]
        return Share(sum(not one.evidence.missing for one in claims), len(claims))

    @property
    def written(self) -> set[str]:
        return {tongue.language for tongue in self.tongues}


def of(session: Session, calendar: Calendar, proposal: Proposal, reader: Reader, language: str, *, day: date, as_of: bool) -> Dossier:
    """All of it on `day`; with `as_of` only what was surely so by then. Words are always those of today."""
    limit = day if as_of else None
    moves = dossier_rows.moves(session, proposal, limit)
    entries = dossier_rows.entries(session, proposal, reader, limit)
    held = backers.rows(session, proposal, reader, limit)
    ids = {"moves": (row.id for row in moves), "positions": (row.id for row in held), "entries": (row.id for row in entries)}
    citations = Citations(session, language, **ids)
    stage = moves[-1].to_stage if moves else None
    # Sources are numbered in the order of what follows, which is the order of the page.
    standing = Standing(stage, positions.when(moves[-1]) if moves else UNDATED, citations.move(moves[-1].id) if moves else Evidence())
    answered = [_answered(row, citations, language) for row in reversed(entries) if row.extent and row.state is EntryState.DONE]
    listed = backers.listed(held, {row.id for row in held if row.older}, citations, language)
    weighed = weighing.of(session, held, citations, day) if proposal.level is Level.EU else None
    told = timeline.of(calendar, moves, entries, held, citations, language, day, ended=stage is None or stage.ended)
    ended = stage is None or stage.ended
    due = () if as_of or ended else windows.ahead(session, reader, day, proposal=proposal)
    ahead = None if ended else coming.of(calendar, proposal.id, held, citations, language, day, due)
    group, origin = dossier_rows.about(session, proposal)
    rows = dossier_rows.texts(session, proposal)
    return Dossier(
        proposal=proposal,
        group=group,
        origin=origin,
        themes=dossier_rows.themes(session, proposal, language),
        merged_into=dossier_rows.merged_into(session, proposal, reader, language) if stage is Stage.MERGED else None,
        words=_words(rows, proposal, language),
        tongues=[Tongue(row.language, row.title, row.number, _behind(rows, row, proposal) is not None) for row in rows],
        standing=standing,
        answers=sorted(answered, key=lambda one: not one.sure),
        backers=listed,
        tallies=backers.tallies(listed),
        weighed=weighed,
        timeline=told,
        coming=ahead,
        sources=citations.sources,
    )


def _answered(row: Row[Any], citations: Citations, language: str) -> Answered:
    title, words = said(row, "title", language), said(row, "extent", language)
    return Answered(row.id, row.key, *title, positions.when(row), citations.entry(row.id), row.extent, *words, not row.lead)


def _words(rows: Sequence[Row[Any]], proposal: Proposal, language: str) -> Words:
    row = next((row for row in rows if row.language == language), rows[0])
    return Words(row.language, row.title, row.summary, row.body_html, row.number, _behind(rows, row, proposal), rows[0].saved_at)


def _behind(rows: Sequence[Row[Any]], row: Row[Any], proposal: Proposal) -> Behind | None:
    source = rows[0]
    if row is source or row.made_number is None or source.language != proposal.original_language:
        return None
    return texts.compared(source, SimpleNamespace(**{name: getattr(row, f"made_{name}") for name in ("number", *FIELDS)}))


def facts(session: Session, proposal: Proposal) -> dict[str, Any]:
    """The facts of a proposal as somebody would type them into their form."""
    _, origin = dossier_rows.about(session, proposal)
    plain = {name: str(getattr(proposal, name)) for name in ("instrument_fr", "instrument_en", "procedure", "rank")}
    chosen = {"level": proposal.level.value, "themes": [slug for slug, _ in dossier_rows.themes(session, proposal, "en")]}
    return plain | chosen | {"origin": origin.slug if origin else ""}

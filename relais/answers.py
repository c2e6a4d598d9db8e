"""Answers: what came of a proposal. An act, a body or a programme that is on the record answers it: fully, partly, or in name only.

Until an editor confirms the link between the two it is a lead, to be checked; what was sure already is confirmed by who says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Self
from zlib import crc32

from pydantic import StringConstraints, model_validator
from sqlalchemy import Row
from sqlmodel import Session, col, select

from models import Entry, EntryProposal, Person, Proposal
from models.entry import EntryState, Extent, Family
from models.event import EventKind
from models.partial_date import PartialDate
from relais import ledger
from relais.access import Reader, visible_entries
from relais.db import columns, uncorrected
from relais.errors import Invalid, Missing, Stale
from relais.form import Beside, Form, Note
from relais.i18n import N_
from relais.sources import claims
from relais.sources.citations import Evidence

Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]


@dataclass(frozen=True)
class Answered:
    """What came of a proposal: an entry that answers it, how far and in which words; `sure` once an editor confirmed it."""

    id: int
    key: str
    title: str
    title_language: str
    when: PartialDate
    evidence: Evidence
    extent: Extent
    words: str
    language: str
    sure: bool


class ExtentForm(Form):
    """How far, and in words what of the proposal is answered and what is not."""

    extent: Extent
    words_fr: Note = ""
    words_en: Note = ""

    @model_validator(mode="after")
    def _told(self) -> Self:
        if not (self.words_fr or self.words_en):
            raise Beside("words", N_("Say what it answers and what it leaves open, in French or in English"))
        return self


class AnswerForm(ExtentForm):
    """`entry` is the key of what answers the proposal."""

    entry: Key


def known(session: Session, key: str, reader: Reader) -> Entry:
    """An entry the reader may see, whatever it concerns, in its last wording. Raises Missing."""
    found = session.exec(select(Entry).where(col(Entry.key) == key, visible_entries(reader))).first()
    if found is None:
        raise Missing
    entry: Entry = claims.standing(session, found)
    return entry


def chosen(session: Session, form: AnswerForm, reader: Reader) -> Entry:
    """What is said to answer the proposal. Raises Invalid where the reader knows no such entry."""
    try:
        return known(session, form.entry, reader)
    except Missing:
        raise Invalid("Choose one from the list", field="entry") from None


def link(
    session: Session, proposal: Proposal, entry: Entry, form: ExtentForm, *, seen: str, by: Person | None, now: datetime
) -> EntryProposal:
    """Say how far an entry answers the proposal. `seen` is the state (`state`) of the answer its writer saw.

    Raises Invalid for what is no institutional entry that was done, and Stale when somebody said otherwise in between.
    """
    if entry.family is not Family.INSTITUTIONAL or entry.state is not EntryState.DONE:
        raise Invalid("Only an act, a body or a programme that is there answers a proposal", field="entry")
    found = _alone(session, proposal, entry)
    _as_seen(found, seen)
    row = found or EntryProposal(entry_id=entry.id, proposal_id=proposal.id, lead=True)
    row.sqlmodel_update({"extent": form.extent, "extent_fr": form.words_fr, "extent_en": form.words_en})
    if row.rejected or found is None:
        row.sqlmodel_update({"lead": True, "rejected": False, "checked_at": None, "checker_id": None})
    elif not row.lead:
        row.sqlmodel_update({"checked_at": now, "checker_id": by.id if by else None})
    session.add(row)
    _record(session, proposal, entry, form.extent.value, by, now, lead=row.lead)
    return row


def take_back(session: Session, proposal: Proposal, entry: Entry, *, seen: str, by: Person, now: datetime) -> EntryProposal:
    """Say that the entry does not answer the proposal after all; whether it concerns it stays as it was. Raises Missing, Stale."""
    row = _alone(session, proposal, entry)
    if row is None or row.extent is None:
        raise Missing
    _as_seen(row, seen)
    row.sqlmodel_update({"extent": None, "extent_fr": "", "extent_en": ""})
    _record(session, proposal, entry, "", by, now, lead=row.lead)
    return row


def of_entry(session: Session, proposal: Proposal, entry: Entry) -> EntryProposal | None:
    return session.get(EntryProposal, (entry.id, proposal.id))


def _alone(session: Session, proposal: Proposal, entry: Entry) -> EntryProposal | None:
    """The link as the last writer left it: nobody else changes one from here to the commit."""
    ledger.alone(session)
    return session.get(EntryProposal, (entry.id, proposal.id), with_for_update=True)


def _as_seen(link: EntryProposal | None, seen: str) -> None:
    if state(link) != seen:
        raise Stale(current=link, version=int(state(link) or 0))


def state(link: Any) -> str:
    """A number that changes with whatever is said of an answer, in up to nine digits; empty where none is given.

    `link` is the row, or its columns.
    """
    if link is None or link.extent is None or link.rejected:
        return ""
    said = "|".join((Extent(link.extent).value, str(bool(link.lead)), link.extent_fr, link.extent_en))
    return str(1 + crc32(said.encode()) % 999_999_999)


def offered(session: Session, proposal: Proposal, reader: Reader) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]]]:
    """What may be said to answer the proposal, the latest first: what is on its own timeline, and the rest of the record."""
    query = columns(
        Entry.id, Entry.key, Entry.title_fr, Entry.title_en, Entry.effective_on, Entry.effective_until, Entry.precision,
        EntryProposal.proposal_id,
    ).outerjoin(
        EntryProposal,
        (col(EntryProposal.entry_id) == col(Entry.id))
        & (col(EntryProposal.proposal_id) == proposal.id)
        & col(EntryProposal.rejected).is_(False),
    )  # fmt: skip
    there = (col(Entry.family) == Family.INSTITUTIONAL, col(Entry.state) == EntryState.DONE, uncorrected(Entry))
    rows = session.execute(query.where(visible_entries(reader), *there).order_by(col(Entry.effective_on).desc(), col(Entry.id))).all()
    return [row for row in rows if row.proposal_id], [row for row in rows if not row.proposal_id]


def _record(session: Session, proposal: Proposal, entry: Entry, extent: str, by: Person | None, now: datetime, *, lead: bool) -> None:
    details: dict[str, Any] = {"key": entry.key, "extent": extent, "lead": lead}
    ledger.record(session, EventKind.ANSWER_LINKED, entry, at=now, by=by, proposal=proposal, public=entry.public, **details)

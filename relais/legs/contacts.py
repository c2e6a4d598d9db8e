"""Contacts: letters, meetings, events and answers for a leg, kept as entries; and which letters nobody answered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator
from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col

from models import Actor, Entry, EntryProposal, Leg, Person, Proposal
from models.entry import EntryKind, EntryState, Family
from models.partial_date import PartialDate
from relais import entries, tasks
from relais.access import Reader, visible_entries_beside, visible_proposals
from relais.db import columns
from relais.entries import EntryForm
from relais.errors import Missing
from relais.form import Beside, Day
from relais.i18n import N_, said
from relais.positions import when
from relais.presidencies import Calendar
from relais.sources import claims
from relais.tasks import TaskForm

KINDS = (EntryKind.LETTER, EntryKind.MEETING, EntryKind.EVENT, EntryKind.ANSWER)
PATIENCE = 30  # days an answer to a letter is waited for where nothing else is said


class ContactForm(EntryForm):
    """`step` is what is to be done next, by whom and by when."""

    family: Family = Family.ADVOCACY
    kind: EntryKind
    public: bool = False
    step: Annotated[str, StringConstraints(max_length=500)] = ""
    assignee: Annotated[int, Field(gt=0, lt=2**31)] | None = None
    due_on: Day | None = None

    @model_validator(mode="after")
    def _said(self) -> "ContactForm":
        if self.kind not in KINDS or self.family is not Family.ADVOCACY:
            raise Beside("kind", N_("Choose one from the list"))
        if self.state is EntryState.DONE and self.on.on is None:
            raise Beside("on", N_("Say when it was"))
        if (self.assignee or self.due_on) and not self.step:
            raise Beside("step", N_("Say what is to be done"))
        return self


class NewContactForm(ContactForm):
    """`also` are other proposals it was about, `answers` the key of what it answers."""

    also: list[Annotated[str, StringConstraints(max_length=80)]] = []
    answers: Annotated[str, StringConstraints(max_length=80)] = ""


@dataclass(frozen=True)
class Contact:
    """An entry as the pages of a leg tell it. `answered_by` are the answers that stand; `due` is the day by which a letter wants one, told
    to the proposal's group only: to others its answer may be hidden.

    `presidency` is that of the leg it was for, or the one it falls in.
    """

    id: int
    key: str
    proposal_id: int
    presidency: str
    kind: EntryKind
    state: EntryState
    when: PartialDate
    words: str
    language: str
    note: str
    note_language: str
    outcome: str
    outcome_language: str
    actor: str
    actor_slug: str
    public: bool
    answers_id: int | None
    due: date | None
    answered_by: tuple["Contact", ...] = ()

    def unanswered(self, today: date) -> bool:
        """Whether nobody answered a letter within its days."""
        return self.due is not None and not self.answered_by and self.due < today

    def awaited(self, today: date) -> bool:
        return self.due is not None and not self.answered_by and self.due >= today


def record(
    session: Session,
    leg: Leg,
    proposal: Proposal,
    form: ContactForm,
    *,
    answers: Entry | None = None,
    also: Sequence[Proposal] = (),
    by: Person,
    now: datetime,
) -> Entry:
    """Record a contact for a leg, and what is to be done next. `also` are other proposals it was about, in the same presidency."""
    about = (proposal, *also)
    how: dict[str, Any] = {"group_id": proposal.group_id, "presidency": leg.presidency, "answers": answers}
    entry = entries.add(session, form, concerns=about, by=by, now=now, **how)
    if form.step:
        step = TaskForm(text=form.step, assignee=form.assignee, due_on=form.due_on, leg=leg.presidency)
        tasks.add(session, proposal, step, by=by, now=now, entry=entry)
    return entry


def answered(session: Session, proposal: Proposal, key: str, reader: Reader) -> Entry:
    """What a contact answers: on this proposal, as it stands. Missing for anything else."""
    entry, concerned = claims.entry(session, key, reader)
    if all(one.id != proposal.id for one in concerned):
        raise Missing
    found: Entry = claims.standing(session, entry)
    return found


def of(session: Session, reader: Reader, calendar: Calendar, language: str, proposals: Collection[int] | None) -> list[Contact]:
    """The contacts that stand and the reader may see, on these proposals or on all, in the order of their days: two queries in any case."""
    if proposals is not None and not proposals:
        return []
    seen = _rows(session, reader, proposals)
    later = _corrections(session, proposals) if seen else {}
    rows = [row for row in seen if row.id not in later]
    found = [_contact(reader, row, calendar, language, later) for row in sorted(rows, key=lambda row: (when(row).order(), row.id))]
    answered: dict[tuple[int, int | None], list[Contact]] = {}
    for one in found:
        if one.state is EntryState.DONE:
            answered.setdefault((one.proposal_id, one.answers_id), []).append(one)
    return [replace(one, answered_by=tuple(answered.get((one.proposal_id, one.id), ()))) for one in found]


def unanswered(contacts: Iterable[Contact], today: date) -> list[Contact]:
    """Letters nobody answered within their days, the longest waited for first."""
    return sorted((one for one in contacts if one.unanswered(today)), key=lambda one: (one.due or today, one.id))


def _corrections(session: Session, proposals: Collection[int] | None) -> dict[int, int]:
    """What corrects an entry, by the id of what is corrected, whoever may see it."""
    query = (
        columns(Entry.supersedes_id, Entry.id)
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .where(col(Entry.supersedes_id).is_not(None), _on(proposals))
    )
    return {corrected: key for corrected, key in session.execute(query)}  # noqa: C416  rows are no pairs to mypy


def _rows(session: Session, reader: Reader, proposals: Collection[int] | None) -> Sequence[Any]:
    contact = (col(Entry.family) == Family.ADVOCACY) | col(Entry.answers_id).is_not(None) | col(EntryProposal.presidency).is_not(None)
    query = (
        columns(
            Entry.id, Entry.key, Entry.kind, Entry.state, Entry.effective_on, Entry.effective_until, Entry.precision,
            Entry.title_fr, Entry.title_en, Entry.note_fr, Entry.note_en, Entry.outcome_fr, Entry.outcome_en, Entry.public,
            Entry.answers_id, Entry.notice_days, EntryProposal.proposal_id, EntryProposal.presidency, Actor.names,
            Proposal.group_id, col(Actor.slug).label("actor_slug"),
        )
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .outerjoin(Actor, col(Actor.id) == col(Entry.actor_id))
        .where(contact, _on(proposals), visible_proposals(reader), visible_entries_beside(reader))
        .where(col(EntryProposal.lead).is_(False), col(EntryProposal.rejected).is_(False))
    )  # fmt: skip
    return session.execute(query).all()


def _on(proposals: Collection[int] | None) -> ColumnElement[bool]:
    return true() if proposals is None else col(EntryProposal.proposal_id).in_(proposals)


def _contact(reader: Reader, row: Any, calendar: Calendar, language: str, later: dict[int, int]) -> Contact:
    on = when(row)
    term = calendar.of(on)
    names = row.names or {"en": ""}
    (words, tongue), (note, noted), (outcome, told) = (said(row, name, language) for name in ("title", "note", "outcome"))
    return Contact(
        id=row.id,
        key=row.key,
        proposal_id=row.proposal_id,
        presidency=row.presidency or (term.slug if term else ""),
        kind=row.kind,
        state=row.state,
        when=on,
        words=words,
        language=tongue,
        note=note,
        note_language=noted,
        outcome=outcome,
        outcome_language=told,
        actor=names.get(language) or names["en"],
        actor_slug=row.actor_slug or "",
        public=row.public,
        answers_id=standing(row.answers_id, later),
        due=_due(row, on) if reader.in_group(row.group_id) else None,
    )


def standing(entry_id: int | None, later: dict[int, int]) -> int | None:
    """The entry that stands in the place of one that was corrected."""
    while entry_id in later:
        entry_id = later[entry_id]
    return entry_id


def _due(row: Any, on: PartialDate) -> date | None:
    last = on.last()
    waits = row.kind is EntryKind.LETTER and row.state is EntryState.DONE and last is not None
    return last + timedelta(days=row.notice_days or PATIENCE) if waits and last else None

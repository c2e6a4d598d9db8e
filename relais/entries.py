"""Entries: what is dated on the timeline, and the leads an editor confirms or rejects."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator
from sqlmodel import Session, col, select

from models import Entry, EntryProposal, Person, Proposal
from models.dated import dates
from models.entry import KINDS, EntryKind, EntryState, Family
from models.event import EventKind
from models.partial_date import UNDATED
from relais import actors, ledger, sources
from relais.errors import Invalid, Missing, Refused
from relais.form import Beside, Form, Label, Line, Note, When
from relais.i18n import N_
from relais.sources import CitationForm


class EntryForm(Form):
    """`actor` is the slug of whom it was with, `outcome` what came of it, `notice_days` how long before it one begins or after it waits."""

    family: Family
    kind: EntryKind
    state: EntryState = EntryState.DONE
    on: When = UNDATED
    title_fr: Line = ""
    title_en: Line = ""
    label_fr: Label = ""
    label_en: Label = ""
    note_fr: Annotated[str, StringConstraints(max_length=2000)] = ""
    note_en: Annotated[str, StringConstraints(max_length=2000)] = ""
    outcome_fr: Note = ""
    outcome_en: Note = ""
    actor: Annotated[str, StringConstraints(max_length=80)] = ""
    notice_days: Annotated[int, Field(gt=0, lt=1000)] | None = None
    public: bool = True
    lead: bool = False
    citations: list[CitationForm] = []

    @field_validator("kind")
    @classmethod
    def _of_its_family(cls, kind: EntryKind, others: ValidationInfo) -> EntryKind:
        if "family" in others.data and kind not in KINDS[others.data["family"]]:
            raise ValueError(N_("This kind does not go with that family"))
        return kind

    @model_validator(mode="after")
    def _told(self) -> "EntryForm":
        if not (self.title_fr or self.title_en):
            raise Beside("title", N_("Say in one line what happened, in French or in English"))
        return self


class LeadForm(Form):
    """Whether a possible link is one."""

    verdict: Literal["confirm", "reject"]

    @property
    def confirmed(self) -> bool:
        return self.verdict == "confirm"


def add(
    session: Session,
    form: EntryForm,
    *,
    concerns: Sequence[Proposal] = (),
    leads: Sequence[Proposal] = (),
    group_id: int | None = None,
    comment_id: int | None = None,
    answers: Entry | None = None,
    presidency: str | None = None,
    by: Person | None,
    now: datetime,
    key: str = "",
) -> Entry:
    """Add an entry that surely concerns some proposals and perhaps others (its leads). A group-only entry belongs to `group_id`.

    `comment_id` is the comment it is made from, `answers` the entry it answers: the two stay linked. A contact may be for a leg, that of
    `presidency` on every proposal it concerns. Raises Invalid for an actor nobody knows.
    """
    about = (*concerns, *leads)
    entry = _row(session, form, by, now, key or f"e-{int(now.timestamp() * 1000):x}-{_count(session)}", group_id)
    entry.comment_id, entry.answers_id = comment_id, answers.id if answers else None
    _keep_in_group(entry, about)
    session.add(entry)
    session.flush()
    for proposal in concerns:
        session.add(EntryProposal(entry_id=entry.id, proposal_id=proposal.id, presidency=presidency))
    for proposal in leads:
        session.add(EntryProposal(entry_id=entry.id, proposal_id=proposal.id, lead=True))
    session.flush()
    sources.cite_all(session, entry, form.citations, proposal=about[0] if about else None, by=by, now=now, public=_open(form, about))
    told: dict[str, Any] = {"key": entry.key, "type": form.kind.value, "state": form.state.value, "on": str(form.on)}
    for one in about or (None,):
        _record(session, EventKind.ENTRY_ADDED, entry, one, by, now, **told, lead=one in leads)
    return entry


def correct(session: Session, old: Entry, form: EntryForm, *, by: Person | None, now: datetime, key: str = "") -> Entry:
    """Correct an entry by a new row that supersedes it and concerns the same proposals. A `key` names one that had a name elsewhere."""
    if session.exec(select(Entry.id).where(col(Entry.supersedes_id) == old.id)).first() is not None:
        raise Invalid("This was corrected already", field="on")
    first = old.key.split("~")[0]
    new = _row(session, form, by, now, key or f"{first}~{old.id}", old.group_id)
    new.supersedes_id, new.comment_id, new.answers_id = old.id, old.comment_id, old.answers_id
    links = session.exec(select(EntryProposal).where(col(EntryProposal.entry_id) == old.id)).all()
    about = [session.get_one(Proposal, link.proposal_id) for link in links]
    _keep_in_group(new, about)
    session.add(new)
    session.flush()
    session.add_all(EntryProposal(**link.model_dump(exclude={"entry_id"}), entry_id=new.id) for link in links)
    if not any(citation.given for citation in form.citations):
        sources.repeat(session, old, new)
    sources.cite_all(session, new, form.citations, proposal=about[0] if about else None, by=by, now=now, public=_open(form, about))
    for proposal in about or (None,):
        _record(session, EventKind.ENTRY_CORRECTED, new, proposal, by, now, key=new.key, supersedes=old.id)
    return new


def check_lead(session: Session, proposal: Proposal, entry: Entry, *, confirmed: bool, by: Person, now: datetime) -> EntryProposal:
    """An editor says whether a lead concerns the proposal. Raises Refused for what was settled already, Missing for what was no lead."""
    link = session.get(EntryProposal, (entry.id, proposal.id), with_for_update=True)
    if link is None:
        raise Missing
    if not link.lead:
        raise Refused("Somebody settled this lead already")
    link.sqlmodel_update({"lead": False, "rejected": not confirmed, "checked_at": now, "checker_id": by.id})
    kind = EventKind.LEAD_CONFIRMED if confirmed else EventKind.LEAD_REJECTED
    _record(session, kind, entry, proposal, by, now, key=entry.key)
    return link


def _record(
    session: Session, kind: EventKind, entry: Entry, proposal: Proposal | None, by: Person | None, now: datetime, **details: Any
) -> None:
    ledger.record(
        session,
        kind,
        entry,
        at=now,
        by=by,
        proposal=proposal,
        group_id=entry.group_id if proposal is None else None,
        public=entry.public,
        **details,
    )


def _row(session: Session, form: EntryForm, by: Person | None, now: datetime, key: str, group_id: int | None) -> Entry:
    columns = form.model_dump(include=set(EntryForm.model_fields) - {"on", "lead", "actor", "citations"})
    columns |= dates(form.on) | {"actor_id": actors.known(session, form.actor).id if form.actor else None}
    return Entry(key=key, recorded_at=now, recorder_id=by.id if by else None, group_id=group_id, **columns)


def _keep_in_group(entry: Entry, about: Sequence[Proposal]) -> None:
    """What is not public belongs to a group that can see it. What is, and concerns proposals in preparation, waits for one to be public."""
    if not entry.public and entry.group_id is None and about:
        entry.group_id = about[0].group_id


def _open(form: EntryForm, about: Sequence[Proposal]) -> bool:
    return form.public and all(proposal.public for proposal in about)


def _count(session: Session) -> int:
    last = session.exec(select(Entry.id).order_by(col(Entry.id).desc()).limit(1)).first()
    return (last or 0) + 1

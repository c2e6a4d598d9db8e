"""Legs: what a proposal asks of each presidency, planned, changed, closed and carried on by its group."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator
from sqlmodel import Session, col, select

from models import Group, Leg, Membership, Person, Presidency, Proposal
from models.event import EventKind
from relais import ledger
from relais.access import Reader, visible_legs
from relais.db import take
from relais.errors import Invalid, Missing, Refused
from relais.form import Beside, Form
from relais.i18n import N_
from relais.legs import targets

Slug = Annotated[str, StringConstraints(max_length=80)]
Words = Annotated[str, StringConstraints(max_length=2000)]
LongWords = Annotated[str, StringConstraints(max_length=4000)]
Key = Annotated[int, Field(gt=0, lt=2**31)]
PAIRS = ("ask_fr", "ask_en", "note_fr", "note_en")


class LegForm(Form):
    """`lead` is a member of the proposal's group, `lead_group` the slug of a group: one of the two, or neither.

    `targets` are slugs of actors. What is not `public` is for the proposal's group; the note is for the group in any case.
    """

    ask_fr: Words = ""
    ask_en: Words = ""
    note_fr: LongWords = ""
    note_en: LongWords = ""
    lead: Key | None = None
    lead_group: Slug = ""
    targets: list[Slug] = []
    public: bool = False

    @model_validator(mode="after")
    def _asks(self) -> "LegForm":
        if not (self.ask_fr or self.ask_en):
            raise Beside("ask", N_("Say what is asked, in French or in English"))
        if self.lead and self.lead_group:
            raise Beside("lead", N_("Choose a person or a group"))
        return self


class OutcomeForm(Form):
    """What came of the ask, and what whoever takes it up should know. `onward` is the slug of a presidency it is carried to."""

    outcome_fr: Words = ""
    outcome_en: Words = ""
    note_fr: LongWords = ""
    note_en: LongWords = ""
    onward: Annotated[str, StringConstraints(max_length=12)] = ""

    @model_validator(mode="after")
    def _tells(self) -> "OutcomeForm":
        if not (self.outcome_fr or self.outcome_en):
            raise Beside("outcome", N_("Say what came of it, in French or in English"))
        return self


def find(session: Session, proposal: Proposal, presidency: str, reader: Reader) -> Leg:
    """The leg of a proposal the reader sees in one presidency, or Missing when it is not there for them."""
    of_proposal = select(Leg).join(Proposal, col(Proposal.id) == col(Leg.proposal_id))
    wanted = (col(Leg.proposal_id) == proposal.id, col(Leg.presidency) == presidency)
    leg = session.exec(of_proposal.where(*wanted, visible_legs(reader))).first()
    if leg is None:
        raise Missing
    return leg


def plan(
    session: Session,
    proposal: Proposal,
    presidency: str,
    form: LegForm,
    *,
    by: Person | None,
    now: datetime,
    carried_from: Leg | None = None,
) -> Leg:
    """Plan what is asked of a presidency. Raises Invalid for one the calendar does not know, or that is asked something already."""
    term = _term(session, presidency)
    ledger.alone(session)  # of two who plan at once the second is told
    if presidency in planned(session, proposal):
        raise Invalid("Something is asked of this presidency already", field="presidency")
    leg = Leg(
        proposal_id=proposal.id,
        presidency=presidency,
        carried_from_id=carried_from.id if carried_from else None,
        planned_at=now,
        **_columns(session, proposal, form, before=None),
    )
    session.add(leg)
    session.flush()
    targets.put(session, leg, form.targets, term)
    details = {"from": carried_from.presidency} if carried_from else {}
    _record(session, EventKind.LEG_PLANNED, leg, proposal, by, now, public=leg.public, **details)
    return leg


def change(session: Session, leg: Leg, proposal: Proposal, form: LegForm, *, version: int, by: Person, now: datetime) -> Leg:
    """Change the ask, the lead, the targets, the note or who sees it. Raises Stale when somebody did in between."""
    take(session, leg, version)
    before, was_public = _told(session, leg), leg.public
    leg.sqlmodel_update(_columns(session, proposal, form, before=leg))
    targets.put(session, leg, form.targets, _term(session, leg.presidency))
    after = _told(session, leg)
    changed = [name for name, value in after.items() if before[name] != value]
    _record(session, EventKind.LEG_CHANGED, leg, proposal, by, now, public=was_public or leg.public, changed=changed)
    return leg


def close(
    session: Session, leg: Leg, proposal: Proposal, form: OutcomeForm, *, version: int, by: Person | None, now: datetime
) -> Leg | None:
    """Say what came of the ask; gives the leg it is carried to, if to any. Raises Stale when somebody changed it in between."""
    take(session, leg, version)
    leg.sqlmodel_update(form.model_dump(exclude={"onward"}))
    _record(session, EventKind.LEG_CHANGED, leg, proposal, by, now, public=leg.public, closed=True)
    return carry(session, leg, proposal, form.onward, by=by, now=now) if form.onward else None


def reopen(session: Session, leg: Leg, proposal: Proposal, *, version: int, by: Person, now: datetime) -> None:
    """Take the outcome back. Raises Refused for a leg that is open, Stale when somebody changed it in between."""
    take(session, leg, version)
    if not leg.closed:
        raise Refused("This is open already")
    leg.outcome_fr = leg.outcome_en = ""
    _record(session, EventKind.LEG_CHANGED, leg, proposal, by, now, public=leg.public, closed=False)


def carry(session: Session, leg: Leg, proposal: Proposal, presidency: str, *, by: Person | None, now: datetime) -> Leg:
    """Ask the same of a later presidency. What is asked of it already keeps its words, and tells where it comes from.

    Those the leg addressed come along, but whoever belongs to the state that presided or is gone by then. Raises Invalid for a
    presidency that is not later, or whose ask goes on from elsewhere.
    """
    term, start = _term(session, presidency), _term(session, leg.presidency)
    if term.starts_on <= start.starts_on:
        raise Invalid("Choose a later presidency", field="onward")
    ledger.alone(session)
    there = session.exec(select(Leg).where(col(Leg.proposal_id) == proposal.id, col(Leg.presidency) == presidency)).first()
    if there is None:
        return plan(session, proposal, presidency, _again(session, leg, proposal, start, term), by=by, now=now, carried_from=leg)
    if there.carried_from_id not in (None, leg.id):
        raise Invalid("What is asked of this presidency goes on from elsewhere", field="onward")
    if there.carried_from_id is None:
        take(session, there, there.version)
        there.carried_from_id = leg.id
        said = {"from": leg.presidency, "changed": ["carried_from"]}
        _record(session, EventKind.LEG_CHANGED, there, proposal, by, now, public=there.public, **said)
    return there


def planned(session: Session, proposal: Proposal) -> Sequence[str]:
    """The presidencies of which something is asked, whoever may know."""
    return session.exec(select(Leg.presidency).where(col(Leg.proposal_id) == proposal.id)).all()


def _again(session: Session, leg: Leg, proposal: Proposal, start: Presidency, term: Presidency) -> LegForm:
    """The ask as it is put to a later presidency: to whom it may concern there, led by who is still there."""
    group = session.get(Group, leg.lead_group_id) if leg.lead_group_id else None
    lead = leg.lead_id if leg.lead_id and _in_group(session, proposal, leg.lead_id) else None
    addressed = [one.slug for one in targets.of(session, [leg.id])[leg.id] if targets.goes_on(one, start, term)]
    words = {name: getattr(leg, name) for name in PAIRS}
    return LegForm(**words, lead=lead, lead_group=group.slug if group else "", targets=addressed, public=leg.public)


def _columns(session: Session, proposal: Proposal, form: LegForm, *, before: Leg | None) -> dict[str, Any]:
    """The checked values. Somebody who left the group since may keep what they had."""
    if form.lead is not None and not (before and before.lead_id == form.lead) and not _in_group(session, proposal, form.lead):
        raise Invalid("Choose somebody of the group", field="lead")
    group = session.exec(select(Group).where(col(Group.slug) == form.lead_group)).first() if form.lead_group else None
    if form.lead_group and group is None:
        raise Invalid("Choose one from the list", field="lead")
    return form.model_dump(include={*PAIRS, "public"}) | {"lead_id": form.lead, "lead_group_id": group.id if group else None}


def _in_group(session: Session, proposal: Proposal, person_id: int) -> bool:
    among = select(Membership.id).where(col(Membership.group_id) == proposal.group_id, col(Membership.person_id) == person_id)
    return session.exec(among).first() is not None


def _term(session: Session, presidency: str) -> Presidency:
    term = session.get(Presidency, presidency)
    if term is None:
        raise Invalid("Choose one from the list", field="presidency")
    return term


def _told(session: Session, leg: Leg) -> dict[str, Any]:
    """What a leg says, by the name of what is changed."""
    addressed = sorted(one.slug for one in targets.of(session, [leg.id])[leg.id])
    words = {name: (getattr(leg, f"{name}_fr"), getattr(leg, f"{name}_en")) for name in ("ask", "note")}
    return {**words, "lead": (leg.lead_id, leg.lead_group_id), "targets": addressed, "public": leg.public}


def _record(
    session: Session, kind: EventKind, leg: Leg, proposal: Proposal, by: Person | None, now: datetime, *, public: bool, **details: Any
) -> None:
    ledger.record(session, kind, leg, at=now, by=by, proposal=proposal, public=public, presidency=leg.presidency, **details)

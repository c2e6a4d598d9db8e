"""What a hand-over brief tells as open: asks without an outcome, letters without an answer, leads to check, what is planned later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select
from sqlmodel import Session, col

from models import Actor, Entry, EntryProposal, Group, Leg, LegTarget, Person, Presidency, Proposal
from models.entry import EntryKind, EntryState, Family
from relais.access import Reader, visible_entries, visible_legs, visible_proposals
from relais.db import columns
from relais.positions import when
from relais.presidencies import Term
from relais.presidencies.brief_rows import Happened, happened


@dataclass(frozen=True)
class Open:
    """Entries the brief of one presidency tells beside those of its half-years, and the names of whom letters were sent to."""

    leads: Sequence[Happened] = ()
    letters: Sequence[Happened] = ()
    ahead: Sequence[Happened] = ()
    names: dict[int, dict[str, str]] = field(default_factory=dict)

    @property
    def entries(self) -> list[Happened]:
        return [*self.leads, *self.letters, *self.ahead]


def entries(session: Session, reader: Reader, term: Term, as_of: date | None) -> Open:
    """Leads and unanswered letters dated by the end of a presidency, undated leads too, and what is planned after it."""
    by_then = col(Entry.effective_on) <= term.ends_on
    leads = select(col(EntryProposal.entry_id)).where(col(EntryProposal.lead), col(EntryProposal.rejected).is_(False))
    letter = (col(Entry.kind) == EntryKind.LETTER) & (col(Entry.family) == Family.ADVOCACY) & (col(Entry.state) == EntryState.DONE)
    later = (col(Entry.effective_on) > term.ends_on) & (col(Entry.state) == EntryState.PLANNED)
    undated = col(Entry.effective_on).is_(None)
    found = happened(session, reader, as_of, or_(col(Entry.id).in_(leads) & (by_then | undated), letter & by_then, later))
    sent = [one for one in found if _is_letter(one) and not _later(one, term)]
    answered = _answered(session, reader, as_of) if sent else set()
    letters = [one for one in sent if one.id not in answered and (one.concerns or not one.about_proposals)]
    planned = [one for one in found if _later(one, term) and (one.concerns or not one.about_proposals) and not one.hands_over]
    names = _names(session, {one.actor_id for one in letters if one.actor_id})
    return Open([one for one in found if one.leads and not _later(one, term)], letters, planned, names)


def asks(session: Session, reader: Reader, terms: Iterable[Term], day: date, as_of: bool) -> list[Row[Any]]:
    """What was asked of these presidencies and has no outcome yet, in the order of the presidencies.

    As of a day, an outcome is known once its presidency is over. Who leads is told to the group only.
    """
    query = (
        columns(
            Leg.id, Leg.proposal_id, Leg.presidency, Leg.ask_fr, Leg.ask_en, Leg.note_fr, Leg.note_en, Leg.carried_from_id, Leg.public,
            Proposal.group_id, col(Person.name).label("lead"), Group.name_fr, Group.name_en, Leg.outcome_fr, Leg.outcome_en,
            Presidency.ends_on,
        )
        .join(Proposal, col(Proposal.id) == col(Leg.proposal_id))
        .join(Presidency, col(Presidency.slug) == col(Leg.presidency))
        .outerjoin(Person, col(Person.id) == col(Leg.lead_id))
        .outerjoin(Group, col(Group.id) == col(Leg.lead_group_id))
        .where(
            visible_proposals(reader), visible_legs(reader), col(Leg.presidency).in_([term.slug for term in terms]),
            (col(Leg.ask_fr) != "") | (col(Leg.ask_en) != ""),
        )
        .order_by(col(Presidency.starts_on), col(Leg.id))
    )  # fmt: skip
    return [row for row in session.execute(query) if not (row.outcome_fr or row.outcome_en) or (as_of and row.ends_on > day)]


def targets(session: Session, legs: Iterable[int]) -> dict[int, list[dict[str, str]]]:
    """The names of whom each of these legs addresses."""
    found: dict[int, list[dict[str, str]]] = {}
    query = columns(LegTarget.leg_id, Actor.names).join(Actor, col(Actor.id) == col(LegTarget.actor_id))
    for row in session.execute(query.where(col(LegTarget.leg_id).in_(list(legs))).order_by(col(Actor.id))):
        found.setdefault(row.leg_id, []).append(row.names)
    return found


def _is_letter(one: Happened) -> bool:
    return one.kind is EntryKind.LETTER and one.state is EntryState.DONE and not one.institutional


def _later(one: Happened, term: Term) -> bool:
    return one.when.on is not None and one.when.on > term.ends_on


def _answered(session: Session, reader: Reader, as_of: date | None) -> set[int]:
    """The entries that another answers; an answer to an entry that was corrected since answers its correction."""
    replaced = {row.supersedes_id: row.id for row in session.execute(_CORRECTIONS)}
    query = columns(Entry.answers_id, Entry.effective_on, Entry.effective_until, Entry.precision, Entry.id).where(
        col(Entry.answers_id).is_not(None), col(Entry.state) == EntryState.DONE, visible_entries(reader)
    )
    found = set()
    for row in session.execute(query):
        if row.id not in replaced and (as_of is None or when(row).certain_by(as_of)):
            found.add(_standing(row.answers_id, replaced))
    return found


def _standing(entry: int, replaced: dict[int, int]) -> int:
    while entry in replaced:
        entry = replaced[entry]
    return entry


def _names(session: Session, actors: set[int]) -> dict[int, dict[str, str]]:
    if not actors:
        return {}
    return {row.id: row.names for row in session.execute(columns(Actor.id, Actor.names).where(col(Actor.id).in_(actors)))}


_CORRECTIONS = columns(Entry.id, Entry.supersedes_id).where(col(Entry.supersedes_id).is_not(None))

"""What a hand-over brief tells as open: asks without an outcome, letters without an answer, leads to check, what is planned later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session, col

from models import Actor, Entry, EntryProposal
from models.entry import EntryKind, EntryState, Family
from relais.access import Reader, visible_entries
from relais.db import columns
from relais.legs import contacts, lists
from relais.legs.cards import Told
from relais.positions import when
from relais.presidencies import Calendar, Term
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


def asks(session: Session, reader: Reader, calendar: Calendar, language: str, terms: Sequence[Term], day: date, as_of: bool) -> list[Told]:
    """What was asked of these presidencies and is open, in the order of the presidencies; what is carried on is told where it went.

    As of a day, an outcome is known, and an ask carried on, once its presidency is over.
    """
    found = [leg for asks in lists.of_presidencies(session, reader, calendar, language, terms) for leg in asks.legs]
    return [leg for leg in found if leg.open or (as_of and leg.term.ends_on > day)]


def _is_letter(one: Happened) -> bool:
    return one.kind is EntryKind.LETTER and one.state is EntryState.DONE and not one.institutional


def _later(one: Happened, term: Term) -> bool:
    return one.when.on is not None and one.when.on > term.ends_on


def _answered(session: Session, reader: Reader, as_of: date | None) -> set[int | None]:
    """The entries that another answers; an answer to an entry that was corrected since answers its correction."""
    replaced = {row.supersedes_id: row.id for row in session.execute(_CORRECTIONS)}
    query = columns(Entry.answers_id, Entry.effective_on, Entry.effective_until, Entry.precision, Entry.id).where(
        col(Entry.answers_id).is_not(None), col(Entry.state) == EntryState.DONE, visible_entries(reader)
    )
    found: set[int | None] = set()
    for row in session.execute(query):
        if row.id not in replaced and (as_of is None or when(row).certain_by(as_of)):
            found.add(contacts.standing(row.answers_id, replaced))
    return found


def _names(session: Session, actors: set[int]) -> dict[int, dict[str, str]]:
    if not actors:
        return {}
    return {row.id: row.names for row in session.execute(columns(Actor.id, Actor.names).where(col(Actor.id).in_(actors)))}


_CORRECTIONS = columns(Entry.id, Entry.supersedes_id).where(col(Entry.supersedes_id).is_not(None))

"""Legs as pages show them: of a proposal, a presidency, a group; what is open, where it comes from, what is offered to the next."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col

from models import Group, Leg, Membership, Person, Proposal
from models.proposal import Stage
from relais.access import Reader, edited_proposals, visible_legs
from relais.db import columns
from relais.i18n import said
from relais.legs import cards, contacts, targets
from relais.legs.cards import Line, Told
from relais.legs.contacts import Contact
from relais.legs.targets import Target
from relais.presidencies import Calendar, Term
from relais.proposals import titles
from relais.proposals.titles import Title

FEW, LOOKED_AT = 20, 200


@dataclass(frozen=True)
class Asks:
    """What is asked of one presidency, in the order of the proposals. For editors `offered` is what was open before and may be carried to
    it, and `bare` are the first of their proposals for which nothing is asked."""

    term: Term
    legs: tuple[Told, ...]
    offered: tuple[Told, ...]
    bare: tuple[Title, ...]

    @property
    def open(self) -> tuple[Told, ...]:
        return tuple(leg for leg in self.legs if leg.open)


@dataclass(frozen=True)
class Waiting:
    """A letter nobody answered, on which proposal, and whether there is an ask it was sent for."""

    letter: Contact
    title: Title
    asked: bool


def of_proposal(session: Session, reader: Reader, calendar: Calendar, language: str, proposal: Proposal) -> list[Told]:
    """Every leg of the proposal the reader may see, in the order of the presidencies, with its contacts."""
    lines = _lines(session, reader, calendar, col(Leg.proposal_id) == proposal.id)
    return _told(session, reader, calendar, language, lines)


def of_presidency(session: Session, reader: Reader, calendar: Calendar, language: str, term: Term) -> Asks:
    """What is asked of a presidency on every proposal, as far as the reader may see; and for editors what might be."""
    (asks,) = of_presidencies(session, reader, calendar, language, [term])
    return asks


def of_presidencies(
    session: Session, reader: Reader, calendar: Calendar, language: str, terms: Sequence[Term], *, group: Group | None = None
) -> list[Asks]:
    """The same of several at once, of one group's proposals if it is given: as many queries as of one."""
    which = col(Proposal.group_id) == group.id if group else col(Proposal.id).is_not(None)
    lines = _lines(session, reader, calendar, which)
    whole = [list(its) for _, its in groupby(sorted(lines, key=lambda line: line.proposal_id), key=lambda line: line.proposal_id)]
    before = {term.slug: {one.id for its in whole if (one := cards.offered(its, term))} for term in terms}
    wanted = set().union(*before.values())
    legs = _told(session, reader, calendar, language, [line for line in lines if line.term in terms or line.id in wanted])
    edited = _edited(session, reader, language, which)
    found = []
    for term in terms:
        here = tuple(leg for leg in legs if leg.term == term)
        asked = {leg.proposal_id for leg in here}
        earlier = tuple(leg for leg in legs if leg.id in before[term.slug] and reader.may_edit(leg))
        bare = tuple(title for key, title in edited.items() if key not in asked)
        found.append(Asks(term, here, earlier, bare[:FEW]))
    return found


def unanswered(
    session: Session, reader: Reader, calendar: Calendar, language: str, today: date, *, proposals: Collection[int] | None = None
) -> list[Contact]:
    """Letters nobody answered within their days, on these proposals or on all the reader may see; the longest waited for first."""
    return contacts.unanswered(contacts.of(session, reader, calendar, language, proposals), today)


def waiting(session: Session, reader: Reader, calendar: Calendar, language: str, group: Group, today: date) -> list[Waiting]:
    """The letters on a group's proposals that nobody answered within their days."""
    ids = session.execute(columns(Proposal.id).where(col(Proposal.group_id) == group.id)).scalars().all()
    letters = unanswered(session, reader, calendar, language, today, proposals=ids)
    if not letters:
        return []
    named = titles.of(session, reader, language, {letter.proposal_id for letter in letters})
    asked = {tuple(row) for row in session.execute(columns(Leg.proposal_id, Leg.presidency).where(col(Leg.proposal_id).in_(named.keys())))}
    return [Waiting(one, named[one.proposal_id], (one.proposal_id, one.presidency) in asked) for one in letters]


def _told(session: Session, reader: Reader, calendar: Calendar, language: str, lines: Sequence[Line]) -> list[Told]:
    """These legs with their targets and contacts, by proposal and presidency."""
    if not lines:
        return []
    rows = {row.id: row for row in _rows(session, reader, col(Leg.id).in_([line.id for line in lines]))}
    about = {line.proposal_id for line in lines}
    named = titles.of(session, reader, language, about)
    addressed = targets.of(session, rows.keys())
    of_leg: dict[tuple[int, str], list[Contact]] = defaultdict(list)
    for contact in contacts.of(session, reader, calendar, language, about):
        of_leg[contact.proposal_id, contact.presidency].append(contact)
    legs = []
    for line in lines:
        leg = _leg(reader, rows[line.id], line.term, named[line.proposal_id], addressed[line.id], language)
        its = tuple(of_leg.get((line.proposal_id, line.term.slug), ()))
        legs.append(replace(leg, lineage=line.lineage, onward=line.onward, contacts=its))
    order = {key: place for place, key in enumerate(named)}
    return sorted(legs, key=lambda leg: (order[leg.proposal_id], leg.term.starts_on))


def _lines(session: Session, reader: Reader, calendar: Calendar, which: ColumnElement[bool]) -> list[Line]:
    """The legs that are seen, in short. What a lineage goes through unseen ends it."""
    told = (col(Leg.outcome_fr) != "") | (col(Leg.outcome_en) != "")
    query = columns(Leg.id, Leg.proposal_id, Leg.presidency, Leg.carried_from_id, told.label("closed"))
    rows = session.execute(query.join(Proposal, col(Proposal.id) == col(Leg.proposal_id)).where(visible_legs(reader), which)).all()
    terms, by_id = {term.slug: term for term in calendar.terms}, {row.id: row for row in rows}
    after = {row.carried_from_id: terms[row.presidency] for row in rows if row.carried_from_id}
    found = []
    for row in rows:
        lineage: list[Term] = []
        here: Any = row
        while (here := by_id.get(here.carried_from_id)) is not None:
            lineage.append(terms[here.presidency])
        found.append(Line(row.id, row.proposal_id, terms[row.presidency], bool(row.closed), tuple(lineage), after.get(row.id)))
    return found


def _rows(session: Session, reader: Reader, which: ColumnElement[bool]) -> Sequence[Any]:
    of_group = (col(Membership.person_id) == col(Leg.lead_id)) & (col(Membership.group_id) == col(Proposal.group_id))
    query = (
        columns(
            Leg.id, Leg.proposal_id, Leg.presidency, Leg.ask_fr, Leg.ask_en, Leg.note_fr, Leg.note_en, Leg.outcome_fr, Leg.outcome_en,
            Leg.carried_from_id, Leg.public, Leg.version, Leg.lead_id, func.coalesce(Person.name, "").label("lead"), Membership.role,
            Proposal.slug, Proposal.group_id, col(Group.slug).label("group_slug"), func.coalesce(Group.name_fr, "").label("name_fr"),
            func.coalesce(Group.name_en, "").label("name_en"),
        )
        .join(Proposal, col(Proposal.id) == col(Leg.proposal_id))
        .outerjoin(Person, col(Person.id) == col(Leg.lead_id))
        .outerjoin(Membership, of_group)
        .outerjoin(Group, col(Group.id) == col(Leg.lead_group_id))
        .where(visible_legs(reader), which)
    )  # fmt: skip
    return session.execute(query).all()


def _leg(reader: Reader, row: Any, term: Term, title: Title, addressed: Sequence[Target], language: str) -> Told:
    inside = reader.in_group(row.group_id)
    (ask, asked), (outcome, told), (group, tongue) = (said(row, name, language) for name in ("ask", "outcome", "name"))
    note, noted = said(row, "note", language) if inside else ("", language)
    return Told(
        id=row.id,
        proposal_id=row.proposal_id,
        slug=row.slug,
        group_id=row.group_id,
        title=title,
        term=term,
        ask=ask,
        ask_language=asked,
        note=note,
        note_language=noted,
        outcome=outcome,
        outcome_language=told,
        lead_id=row.lead_id if inside else None,
        lead=row.lead if inside else "",
        lead_role=row.role if inside else None,
        group=group,
        group_language=tongue,
        group_slug=row.group_slug or "",
        public=row.public,
        version=row.version,
        targets=tuple(addressed),
    )


def _edited(session: Session, reader: Reader, language: str, which: ColumnElement[bool]) -> dict[int, Title]:
    """The proposals the reader edits that go on, by id, in their order: the first of many."""
    if not reader.edits_somewhere():
        return {}
    going = (edited_proposals(reader), col(Proposal.stage).not_in([stage for stage in Stage if stage.ended]), which)
    ids = session.execute(columns(Proposal.id).where(*going).order_by(col(Proposal.rank), col(Proposal.id)).limit(LOOKED_AT)).scalars()
    return titles.of(session, reader, language, ids)

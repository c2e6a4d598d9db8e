"""Reports: a selection of the public record as data, in the shape of the export; every form of a report is made from it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col, select

from models import Actor, Entry, EntryProposal, Presidency, Proposal, Report, Snapshot, Source
from relais import export, ledger
from relais.access import VISITOR
from relais.export import merge, parts, rows
from relais.export.parts import Part
from relais.export.read import read
from relais.presidencies import Calendar
from relais.reports.selection import Section, Selection, checked, chosen, period


def document(session: Session, selection: Selection, calendar: Calendar, *, today: date) -> Part:
    """What the selection says of the record: an export of it, whose `meta.selection` tells what was asked.

    Parts that were not asked for are empty. The same selection of the same state of the record gives the same bytes. Raises Invalid.
    """
    checked(session, selection, calendar)
    day, which = export.past(selection.as_of, today), chosen(selection)
    span = _span(selection, calendar)
    terms = {term.slug for term in calendar.terms if _within({"from": term.starts_on, "to": term.ends_on}, span)}
    proposals = [_cut(found, selection, span, terms) for found in merge.proposals(session, which, VISITOR, day)]
    entries = list(_entries(session, selection, day, [found["slug"] for found in proposals], span))
    told = {entry["key"] for entry in entries}
    for found in proposals:
        found["entries"] = [entry for entry in found["entries"] if entry["key"] in told]
    return {
        "meta": {**export.meta(session, VISITOR, selection.as_of), "state": _state(session), "selection": selection.told()},
        "groups": [found for found in map(parts.group, read(session, rows.groups())) if found["slug"] in _all(proposals, "group")],
        "themes": [found for found in map(parts.theme, read(session, rows.all_themes())) if found["slug"] in _themes(proposals)],
        "presidencies": list(merge.presidencies(session, col(Presidency.slug).in_(terms), day)),
        "actors": [parts.actor(row) for row in read(session, rows.actors(col(Actor.slug).in_(_actors(proposals, entries))))],
        "sources": list(merge.sources(session, col(Source.slug).in_(export.cited(proposals, entries)))) if _with_sources(selection) else [],
        "populations": [],
        "proposals": proposals,
        "entries": entries,
    }


def written(document: Part) -> bytes:
    """The one way a report is written as JSON: the digest of a snapshot is that of these bytes."""
    return export.written(document) + b"\n"


def known(session: Session) -> Row[Any] | None:
    """The last public act of the record, as (id, recorded_at): what a report knows of. Reports themselves are no part of the record."""
    return ledger.last_public(session, besides=(Report, Snapshot))


def _state(session: Session) -> int:
    last = known(session)
    return last.id if last else 0


def _with_sources(selection: Selection) -> bool:
    return Section.SOURCES in selection.parts


# --- the period ------------------------------------------------------------------------------------------------------

Span = tuple[date | None, date | None]


def _span(selection: Selection, calendar: Calendar) -> Span:
    first, last = period(selection, calendar)
    return first.starts_on if first else None, last.ends_on if last else None


def _within(when: Part, span: Span) -> bool:
    """Whether some day of it is in the period. What is undated is in no period; of “by a day” that day alone is known."""
    first, last = span
    if first is None and last is None:
        return True
    begins, ends = when["from"] or when["to"], when["to"] or when["from"]
    return begins is not None and (last is None or begins <= last) and (first is None or ends >= first)


# --- the parts -------------------------------------------------------------------------------------------------------


def _cut(found: Part, selection: Selection, span: Span, terms: set[str]) -> Part:
    """A proposal with the parts that were asked for, and of what is dated what falls in the period. Comments are in no report."""
    asked = set(selection.parts)
    found["comments"] = []
    found["moves"] = [move for move in found["moves"] if _within(move["when"], span)] if Section.STAGES in asked else []
    if Section.POSITIONS not in asked:
        found["positions"] = []
    found["legs"] = [leg for leg in found["legs"] if leg["presidency"] in terms] if Section.ASKS in asked else []
    if Section.ARITHMETIC not in asked:
        found["council"] = None
    if Section.TEXTS not in asked:
        found["texts"] = {language: {**text, "body": ""} for language, text in found["texts"].items()}
    return found


def _entries(session: Session, selection: Selection, day: date | None, slugs: list[str], span: Span) -> Iterable[Part]:
    if Section.TIMELINE not in selection.parts:
        return []
    about = select(EntryProposal.entry_id).join(Proposal).where(col(Proposal.slug).in_(slugs), col(EntryProposal.rejected).is_(False))
    present = export.present(session, about, VISITOR, day)
    found = merge.entries(session, col(Entry.id).in_(about), VISITOR, day, present)
    return [entry for entry in found if _within(entry["when"], span)]


def _all(proposals: Iterable[Part], name: str) -> set[str]:
    return {found[name] for found in proposals if found[name]}


def _themes(proposals: Iterable[Part]) -> set[str]:
    return {theme for found in proposals for theme in found["themes"]}


def _actors(proposals: list[Part], entries: list[Part]) -> set[str]:
    said = {position["actor"] for found in proposals for position in found["positions"]}
    asked = {target for found in proposals for leg in found["legs"] for target in leg["targets"]}
    return said | asked | {entry["actor"] for entry in entries if entry["actor"]}

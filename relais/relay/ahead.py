"""What there is to do before the presidency changes hands, found from what the record lacks."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import Citation, Entry, EntryProposal, Position, Proposal, Settlement, Source
from models.entry import EntryState
from relais.access import Reader, visible_entries, visible_positions, visible_proposals
from relais.db import columns, uncorrected
from relais.i18n import said
from relais.relay import Picture
from relais.sources import settlements

LEADS_NAMED = 3


@dataclass(frozen=True)
class Work:
    """One thing to do: its kind (position, lead, contested), what it is about, where, and a number."""

    kind: str
    title: str = ""
    language: str = ""
    path: str = ""
    number: int = 0
    code: str = ""
    name: str = ""


def before_handover(session: Session, reader: Reader, language: str, picture: Picture) -> list[Work]:
    """The next state's missing positions, then the newest leads to check, then what sources dispute."""
    return [*_missing_position(language, picture), *_leads(session, reader, language), *_contested(session, reader)]


def _missing_position(language: str, picture: Picture) -> list[Work]:
    term = picture.next
    missing = picture.missing_position(term)
    if term is None or not missing:
        return []
    return [Work("position", path=f"/presidencies/{term.slug}", number=missing, code=term.code, name=term.name(language))]


def _leads(session: Session, reader: Reader, language: str) -> list[Work]:
    rows = session.execute(
        columns(Entry.title_fr, Entry.title_en, Entry.effective_on, Entry.state, Proposal.slug, Entry.id)
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .where(col(EntryProposal.lead), visible_entries(reader), visible_proposals(reader), uncorrected(Entry))
        .order_by(col(Proposal.rank), col(Proposal.id))
    ).all()
    firsts = {row.id: row for row in reversed(rows)}  # one line per entry, at its first proposal
    newest = sorted(firsts.values(), key=lambda row: (row.state is EntryState.DONE, str(row.effective_on or ""), row.id), reverse=True)
    found = []
    for row in newest[:LEADS_NAMED]:
        title, tongue = said(row, "title", language)
        found.append(Work("lead", title, tongue, f"/proposals/{row.slug}#timeline", len(newest)))
    return found


def _contested(session: Session, reader: Reader) -> list[Work]:
    query = (
        select(Proposal.slug)
        .join(Position, col(Position.proposal_id) == col(Proposal.id))
        .join(Citation, col(Citation.position_id) == col(Position.id))
        .join(Source, col(Source.id) == col(Citation.source_id))
        .where(col(Citation.supports).is_(False), visible_proposals(reader), visible_positions(reader))
        .where(uncorrected(Position), ~settlements.is_settled(Settlement.position_id, Position.id))
        .order_by(col(Proposal.rank), col(Proposal.id))
    )
    slugs = list(dict.fromkeys(session.execute(query).scalars()))
    return [Work("contested", path=f"/proposals/{slugs[0]}#backers", number=len(slugs))] if slugs else []

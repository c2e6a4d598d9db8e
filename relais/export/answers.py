"""What came of one proposal, as far as a reader may see it: the entries that answer it, in the order they were recorded."""

from sqlalchemy import select
from sqlmodel import Session, col

from models import Entry, EntryProposal, Proposal
from relais import answers
from relais.access import Reader, visible_entries
from relais.db import uncorrected
from relais.export import parts
from relais.export.parts import Part
from relais.export.read import columns, read
from relais.export.rows import TIE, Where


def to(session: Session, reader: Reader, proposal: Proposal, after: int, limit: int, *chosen: Where) -> list[tuple[int, Part]]:
    """Each with the number of its entry, which stands; `after` is that of the last one seen."""
    query = (
        select(col(Entry.id), col(Entry.key), *columns(EntryProposal, f"rejected {TIE}"))
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .where(col(EntryProposal.proposal_id) == proposal.id, col(EntryProposal.extent).is_not(None))
        .where(col(EntryProposal.rejected).is_(False), visible_entries(reader), uncorrected(Entry), col(Entry.id) > after, *chosen)
    )
    rows = read(session, query.order_by(col(Entry.id)).limit(limit))
    about = {"proposal": proposal.slug}
    return [(row.id, about | parts.link("key", row[3:], row.key) | {"version": int(answers.state(row))}) for row in rows]

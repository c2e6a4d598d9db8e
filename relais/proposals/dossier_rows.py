"""What the page of a proposal reads: rows as columns, in few queries, and what the reader may not see left out."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Comment, Entry, EntryProposal, Group, Move, Proposal, ProposalTheme, Revision, Source, Text, Theme
from models.text import FIELDS
from relais import positions, proposals
from relais.access import Reader, visible_comments, visible_entries, visible_proposals
from relais.db import uncorrected


def moves(session: Session, proposal: Proposal, as_of: date | None) -> list[Row[Any]]:
    query = (
        select(  # type: ignore[call-overload]
            Move.id, Move.proposal_id, Move.supersedes_id, Move.from_stage, Move.to_stage, Move.reason_fr, Move.reason_en,
            Move.effective_on, Move.effective_until, Move.precision,
        )
        .where(col(Move.proposal_id) == proposal.id)
        .order_by(col(Move.id))
    )  # fmt: skip
    rows: Any = session.execute(query).all()
    standing: list[Any] = list(proposals.standing(rows))
    return [row for row in standing if as_of is None or positions.when(row).certain_by(as_of)]


def entries(session: Session, proposal: Proposal, reader: Reader, as_of: date | None) -> list[Row[Any]]:
    known = select(Comment.id).join(Proposal, col(Proposal.id) == col(Comment.proposal_id)).where(visible_comments(reader, traces=True))
    query = (
        select(  # type: ignore[call-overload]
            Entry.id, Entry.key, Entry.kind, Entry.state, Entry.title_fr, Entry.title_en, Entry.note_fr, Entry.note_en, Entry.public,
            Entry.effective_on, Entry.effective_until, Entry.precision, EntryProposal.lead,
            EntryProposal.extent, EntryProposal.extent_fr, EntryProposal.extent_en,
            known.where(col(Comment.id) == col(Entry.comment_id)).correlate(Entry).scalar_subquery().label("comment_id"),
        )
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .where(col(EntryProposal.proposal_id) == proposal.id, col(EntryProposal.rejected).is_(False))
        .where(visible_entries(reader), uncorrected(Entry))
        .order_by(col(Entry.id))
    )  # fmt: skip
    return [row for row in session.execute(query) if as_of is None or positions.when(row).certain_by(as_of)]


def about(session: Session, proposal: Proposal) -> tuple[Any, Any]:
    """The lead group, and the document the proposal comes from or None."""
    query = (
        select(  # type: ignore[call-overload]
            Group.slug, Group.name_fr, Group.name_en, col(Source.slug).label("source"), Source.title, Source.language,
        )
        .outerjoin(Source, col(Source.id) == proposal.origin_id)
        .where(col(Group.id) == proposal.group_id)
    )  # fmt: skip
    row = session.execute(query).one()
    return row, SimpleNamespace(slug=row.source, title=row.title, language=row.language) if row.source else None


def themes(session: Session, proposal: Proposal, language: str) -> list[tuple[str, str]]:
    name = Theme.name_fr if language == "fr" else Theme.name_en
    query = select(Theme.slug, name).join(ProposalTheme).where(col(ProposalTheme.proposal_id) == proposal.id).order_by(name)
    return [(slug, words) for slug, words in session.execute(query)]


def merged_into(session: Session, proposal: Proposal, reader: Reader, language: str) -> Any:
    """The proposal it goes on in, under the title the reader knows it by; None when the reader may not see it."""
    query = (
        select(Proposal.slug, Text.title, Text.language)
        .join(Text, col(Text.proposal_id) == col(Proposal.id))
        .where(col(Proposal.id) == proposal.merged_into_id, visible_proposals(reader))
    )
    rows = session.execute(query).all()
    return next((row for row in rows if row.language == language), rows[0] if rows else None)


def texts(session: Session, proposal: Proposal) -> Sequence[Row[Any]]:
    """The texts, the original first, each with the fields of the revision it translates."""
    last, made = aliased(Revision), aliased(Revision)
    translated = (getattr(made, name).label(f"made_{name}") for name in ("number", *FIELDS))
    query = (
        select(Text.language, Text.title, Text.summary, Text.body, Text.body_html, Text.number, Text.saved_at, *translated)  # type: ignore[call-overload]
        .outerjoin(last, (col(last.text_id) == col(Text.id)) & (col(last.number) == col(Text.number)))
        .outerjoin(made, col(made.id) == col(last.translates_id))
        .where(col(Text.proposal_id) == proposal.id)
        .order_by(col(Text.language) != proposal.original_language, col(Text.language))
    )
    return session.execute(query).all()

"""What the relay picture asks the record for: proposals, what happened to them, what is asked, and what the presiding states say."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, exists, or_
from sqlmodel import Session, col

from models import Citation, Entry, EntryProposal, Group, Leg, Move, Position, Presidency, Proposal, ProposalTheme, Source, Text
from models.partial_date import PartialDate, Precision
from models.proposal import Stage
from relais.access import Reader, visible_entries_beside, visible_legs, visible_positions, visible_proposals
from relais.db import columns, uncorrected
from relais.i18n import said, say
from relais.presidencies import Calendar
from relais.relay import lines
from relais.relay.filters import Filters
from relais.relay.lines import CellKind, Happening
from relais.settings import BRUSSELS
from relais.sources import BY_DAY


def proposals(session: Session, reader: Reader, language: str, filters: Filters, only: Collection[int] | None = None) -> list[Row[Any]]:
    """Each visible proposal once, with its title in the reader's language or the original one, by origin and rank."""
    query = (
        columns(
            Proposal.id, Proposal.slug, Proposal.stage, Proposal.rank, Proposal.group_id, Proposal.original_language, Proposal.public,
            Text.title, Text.language, col(Source.slug).label("origin"), col(Source.title).label("origin_title"),
            col(Source.language).label("origin_language"), col(Source.effective_on).label("origin_on"),
        )
        .join(Text, col(Text.proposal_id) == col(Proposal.id))
        .outerjoin(Source, col(Source.id) == col(Proposal.origin_id))
        .where(
            visible_proposals(reader),
            col(Text.language).in_({language, "fr", "en"}) | (col(Text.language) == col(Proposal.original_language)),
        )
    )  # fmt: skip
    if only is not None:
        query = query.where(col(Proposal.id).in_(only))
    if filters.group:
        query = query.join(Group, col(Group.id) == col(Proposal.group_id)).where(col(Group.slug) == filters.group)
    if filters.theme:
        query = query.join(ProposalTheme, col(ProposalTheme.proposal_id) == col(Proposal.id)).where(
            col(ProposalTheme.theme) == filters.theme
        )
    for column, wanted in ((Source.slug, filters.origin), (Proposal.stage, filters.stage), (Proposal.level, filters.level)):
        if wanted:
            query = query.where(col(column) == wanted)
    best: dict[int, Any] = {}
    for row in session.execute(query.order_by(*BY_DAY, col(Proposal.rank), col(Proposal.id))):
        if row.id not in best or row.language == language or (row.language == row.original_language and best[row.id].language != language):
            best[row.id] = row
    return list(best.values())


def happenings(session: Session, reader: Reader, language: str, ids: set[int], day: date, as_of: date | None) -> dict[int, list[Happening]]:
    found: dict[int, list[Happening]] = defaultdict(list)
    for row in _moves(session):
        when = PartialDate(row.effective_on, row.effective_until, row.precision)
        if row.proposal_id in ids and (as_of is None or when.certain_by(as_of)):
            words, tongue = said(row, "reason", language)
            label, _ = said(row, "label", language)
            kind = lines.happening_of_stage(row.to_stage)
            found[row.proposal_id].append(Happening(kind, when, words, label, Stage(row.to_stage), row.sourced, tongue))
    for row in _entries(session, reader):
        when = PartialDate(row.effective_on, row.effective_until, row.precision)
        kind_of = lines.happening_of_entry(row.state, row.lead)
        if row.proposal_id in ids and kind_of and (as_of is None or when.certain_by(as_of)):
            words, tongue = said(row, "title", language)
            label, _ = said(row, "label", language)
            found[row.proposal_id].append(Happening(kind_of, when, words, label, None, row.sourced, tongue, row.extent))
    for row in _asks(session, reader, day, as_of):
        if row.proposal_id in ids:
            words, tongue = said(row, "ask", language)
            half = PartialDate(row.starts_on, precision=Precision.HALF_YEAR)
            found[row.proposal_id].append(Happening(CellKind.PLANNED, half, words, say(language, "Ask"), language=tongue))
    return found


def _moves(session: Session) -> Iterable[Row[Any]]:
    return session.execute(
        columns(
            Move.proposal_id, Move.to_stage, Move.reason_fr, Move.reason_en, Move.label_fr, Move.label_en,
            Move.effective_on, Move.effective_until, Move.precision,
            exists().where(col(Citation.move_id) == col(Move.id)).label("sourced"),
        ).where(uncorrected(Move)).order_by(col(Move.id))
    )  # fmt: skip


def _entries(session: Session, reader: Reader) -> Iterable[Row[Any]]:
    """Of proposals the reader may see what the reader may see; of others they are not to be told."""
    return session.execute(
        columns(
            EntryProposal.proposal_id, EntryProposal.lead, EntryProposal.extent, Entry.state,
            Entry.title_fr, Entry.title_en, Entry.label_fr, Entry.label_en,
            Entry.effective_on, Entry.effective_until, Entry.precision,
            exists().where(col(Citation.entry_id) == col(Entry.id)).label("sourced"),
        )
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(visible_entries_beside(reader), col(EntryProposal.rejected).is_(False), uncorrected(Entry))
        .order_by(col(Entry.id))
    )  # fmt: skip


def _asks(session: Session, reader: Reader, day: date, as_of: date | None) -> Iterable[Row[Any]]:
    """What is still asked of the presidency of that day and of those to come."""
    query = (
        columns(Leg.proposal_id, Leg.ask_fr, Leg.ask_en, Leg.planned_at, Presidency.starts_on)
        .join(Presidency, col(Presidency.slug) == col(Leg.presidency))
        .join(Proposal, col(Proposal.id) == col(Leg.proposal_id))
        .where(visible_legs(reader), col(Presidency.ends_on) >= day, or_(col(Leg.ask_fr) != "", col(Leg.ask_en) != ""))
    )
    if as_of:
        return [row for row in session.execute(query) if row.planned_at.astimezone(BRUSSELS).date() <= as_of]
    return session.execute(query.where(col(Leg.outcome_fr) == "", col(Leg.outcome_en) == ""))


def presiding_positions(session: Session, reader: Reader, calendar: Calendar) -> list[Row[Any]]:
    states = {term.actor_id for term in calendar.terms}
    query = (
        columns(
            Position.id, Position.proposal_id, Position.actor_id, Position.stance, Position.supersedes_id,
            Position.effective_on, Position.effective_until, Position.precision,
        )
        .join(Proposal, col(Proposal.id) == col(Position.proposal_id))
        .where(visible_proposals(reader), visible_positions(reader), col(Position.actor_id).in_(states))
    )  # fmt: skip
    return list(session.execute(query))

"""What the export asks for: columns in the order relais/export/parts.py unpacks them. What the reader may not see is not read.

`chosen` is a condition on Proposal; for entries on Entry; for presidencies, actors and sources on themselves.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from models import (
    Actor,
    Comment,
    Entry,
    EntryProposal,
    Group,
    Leg,
    LegTarget,
    Mention,
    Move,
    Packet,
    Person,
    Position,
    Presidency,
    Proposal,
    ProposalTheme,
    Revision,
    Source,
    Text,
    Theme,
)
from relais.access import Reader, visible_comments, visible_entries, visible_legs, visible_positions, visible_proposals
from relais.export.read import columns
from relais.positions import on_changed_text

Where = ColumnElement[bool]
DATES = "effective_on effective_until precision"
TIE = "lead presidency extent extent_fr extent_en"


# --- proposals, and what belongs to them: led by the proposal's id, in its order -------------------------------------------


def proposals(chosen: Where, reader: Reader) -> Select[Any]:
    facts = columns(Proposal, "id slug level instrument_fr instrument_en procedure rank original_language created_at stage merged_into_id")
    return (
        select(*facts, col(Group.slug), col(Source.slug))
        .join(Group, col(Group.id) == col(Proposal.group_id))
        .outerjoin(Source, col(Source.id) == col(Proposal.origin_id))
        .where(chosen, visible_proposals(reader))
        .order_by(col(Proposal.id))
    )


def merged_into(reader: Reader) -> Select[Any]:
    """Proposals others were merged into."""
    merged = select(col(Proposal.merged_into_id)).where(col(Proposal.merged_into_id).is_not(None))
    return select(*columns(Proposal, "id slug")).where(col(Proposal.id).in_(merged), visible_proposals(reader))


def themes(chosen: Where, reader: Reader) -> Select[Any]:
    return _of_proposals(ProposalTheme, columns(ProposalTheme, "theme"), chosen, reader)


def texts(chosen: Where, reader: Reader) -> Select[Any]:
    made_from, original = aliased(Revision), aliased(Text)
    words = columns(Text, "language title summary body number saved_at")
    return (
        _of_proposals(Text, [*words, col(original.language), col(made_from.number)], chosen, reader)
        .outerjoin(Revision, and_(col(Revision.text_id) == col(Text.id), col(Revision.number) == col(Text.number)))
        .outerjoin(made_from, col(made_from.id) == col(Revision.translates_id))
        .outerjoin(original, col(original.id) == col(made_from.text_id))
    )


def moves(chosen: Where, reader: Reader) -> Select[Any]:
    words = "reason_fr reason_en label_fr label_en"
    step = columns(Move, f"id supersedes_id {DATES} recorded_at from_stage to_stage {words}")
    return _of_proposals(Move, step, chosen, reader).order_by(col(Move.id))


def positions(chosen: Where, reader: Reader) -> Select[Any]:
    said = columns(Position, f"id supersedes_id {DATES} recorded_at actor_id stance note_fr note_en")
    return (
        _of_proposals(Position, [*said, col(Actor.slug), col(Text.language), col(Revision.number), on_changed_text()], chosen, reader)
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .outerjoin(Revision, col(Revision.id) == col(Position.revision_id))
        .outerjoin(Text, col(Text.id) == col(Revision.text_id))
        .where(visible_positions(reader))
        .order_by(col(Position.id))
    )


def comments(chosen: Where, reader: Reader) -> Select[Any]:
    said = columns(Comment, "id parent_id body posted_at edited_at")
    return (
        _of_proposals(Comment, [*said, col(Person.name)], chosen, reader)
        .join(Person, col(Person.id) == col(Comment.author_id))
        .where(visible_comments(reader), col(Comment.removed_at).is_(None), col(Comment.hidden_at).is_(None))
        .order_by(col(Comment.id))
    )


def mentions(chosen: Where, reader: Reader) -> Select[Any]:
    named = [col(Mention.comment_id), col(Mention.person_id), col(Person.name)]
    return (
        _of_proposals(Comment, named, chosen, reader)
        .join(Mention, col(Mention.comment_id) == col(Comment.id))
        .join(Person, col(Person.id) == col(Mention.person_id))
    )


def legs(chosen: Where, reader: Reader) -> Select[Any]:
    earlier = aliased(Leg)
    words = columns(Leg, "id presidency ask_fr ask_en outcome_fr outcome_en planned_at")
    return (
        _of_proposals(Leg, [*words, col(Group.slug), col(earlier.presidency)], chosen, reader)
        .outerjoin(Group, col(Group.id) == col(Leg.lead_group_id))
        .outerjoin(earlier, and_(col(earlier.id) == col(Leg.carried_from_id), visible_legs(reader, earlier)))
        .join(Presidency, col(Presidency.slug) == col(Leg.presidency))
        .where(visible_legs(reader))
        .order_by(col(Presidency.starts_on))
    )


def leg_targets(chosen: Where, reader: Reader) -> Select[Any]:
    return (
        _of_proposals(Leg, [col(Leg.id), col(Actor.slug)], chosen, reader)
        .join(LegTarget, col(LegTarget.leg_id) == col(Leg.id))
        .join(Actor, col(Actor.id) == col(LegTarget.actor_id))
        .where(visible_legs(reader))
    )


def entry_links(chosen: Where, reader: Reader) -> Select[Any]:
    link = [*columns(EntryProposal, f"entry_id {TIE}"), *columns(Entry, f"key {DATES}")]
    return (
        _of_proposals(EntryProposal, link, chosen, reader)
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(col(EntryProposal.rejected).is_(False), visible_entries(reader))
        .order_by(col(EntryProposal.entry_id))
    )


# --- entries, and what belongs to them: led by the entry's id, in its order ------------------------------------------------


def entries(chosen: Where, reader: Reader) -> Select[Any]:
    words = "title_fr title_en label_fr label_en note_fr note_en outcome_fr outcome_en"
    facts = columns(Entry, f"id key {DATES} recorded_at family kind state {words} notice_days answers_id")
    with_whom = select(*facts, col(Actor.slug)).outerjoin(Actor, col(Actor.id) == col(Entry.actor_id))
    return with_whom.where(chosen, shown(reader)).order_by(col(Entry.id))


def answered(reader: Reader) -> Select[Any]:
    """Entries that others answer."""
    answered = select(col(Entry.answers_id)).where(col(Entry.answers_id).is_not(None)).correlate(None)
    return select(*columns(Entry, "id key")).where(col(Entry.id).in_(answered), shown(reader))


def corrections(reader: Reader) -> Select[Any]:
    """Entries that supersede another, the last first."""
    correction = columns(Entry, f"id key {DATES} supersedes_id")
    return select(*correction).where(col(Entry.supersedes_id).is_not(None), shown(reader)).order_by(col(Entry.id).desc())


def proposal_links(chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(*columns(EntryProposal, f"entry_id {TIE}"), col(Proposal.slug))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(chosen, col(EntryProposal.rejected).is_(False), visible_proposals(reader), visible_entries(reader))
        .order_by(col(EntryProposal.entry_id), col(EntryProposal.proposal_id))
    )


# --- what belongs to everybody --------------------------------------------------------------------------------------------


def presidencies(chosen: Where) -> Select[Any]:
    facts = columns(Presidency, "slug code starts_on ends_on trio known_on note_fr note_en")
    return (
        select(*facts, col(Actor.slug), col(Source.slug))
        .join(Actor, col(Actor.id) == col(Presidency.actor_id))
        .join(Source, col(Source.id) == col(Presidency.source_id))
        .where(chosen)
        .order_by(col(Presidency.starts_on))
    )


def packets() -> Select[Any]:
    """The frozen briefs, by presidency and number, without what they hold: each is at its own address."""
    return select(*columns(Packet, "presidency number digest reason frozen_at")).order_by(col(Packet.presidency), col(Packet.number))


def actors(chosen: Where) -> Select[Any]:
    whole = aliased(Actor)
    facts = columns(Actor, "id slug kind code names size since until note_fr note_en")
    return (
        select(*facts, whole.slug.label("part_of"))  # type: ignore[attr-defined]
        .outerjoin(whole, whole.id == col(Actor.part_of_id))  # type: ignore[arg-type]
        .where(chosen)
        .order_by(col(Actor.id))
    )


def sources(chosen: Where) -> Select[Any]:
    facts = columns(Source, f"id slug title publisher language url {DATES} retrieved_on note_fr note_en")
    return select(*facts).where(chosen).order_by(col(Source.id))


def groups(chosen: Where | None = None) -> Select[Any]:
    every = select(*columns(Group, "slug name_fr name_en description_fr description_en")).order_by(col(Group.id))
    return every if chosen is None else every.where(chosen)


def all_themes() -> Select[Any]:
    return select(*columns(Theme, "slug name_fr name_en"))


# --- their parts ----------------------------------------------------------------------------------------------------------


def _of_proposals(table: Any, wanted: list[Any], chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(table.proposal_id, *wanted)
        .join(Proposal, col(Proposal.id) == table.proposal_id)
        .where(chosen, visible_proposals(reader))
        .order_by(table.proposal_id)
    )


def shown(reader: Reader) -> Where:
    """A visible entry; when it concerns proposals, one at least that the reader may see."""
    link = select(col(EntryProposal.entry_id)).where(col(EntryProposal.entry_id) == col(Entry.id), col(EntryProposal.rejected).is_(False))
    seen = link.join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id)).where(visible_proposals(reader))
    return and_(visible_entries(reader), or_(~link.exists(), seen.exists()))

"""What the export reads: columns, never entities, in the order they are merged. What the reader may not see is not read."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Enum, Select, String, and_, or_, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import (
    Actor,
    Citation,
    Comment,
    Entry,
    EntryProposal,
    Group,
    Move,
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
from models.columns import UtcDateTime
from relais.access import Reader, visible_comments, visible_entries, visible_positions, visible_proposals

BATCH = 500
Where = ColumnElement[bool]


class Instant(String):
    """An instant as ISO 8601 in UTC, to the second. SQLite keeps it as text, in UTC, so that it need not be taken apart."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:
        return _text_instant if dialect.name == "sqlite" else _instant


def _text_instant(kept: str | None) -> str | None:
    return f"{kept[:10]}T{kept[11:19]}Z" if kept else None


def _instant(kept: datetime | None) -> str | None:
    return kept.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if kept else None


def read(session: Session, statement: Select[Any]) -> Iterator[Any]:
    """The rows of a statement, a batch in memory at a time, on both engines."""
    result = session.connection().execute(statement, execution_options={"yield_per": BATCH})
    return chain.from_iterable(result.partitions())


class Merge:
    """Rows ordered by their first column, handed out by its value: `take(7)` gives the rows of 7 and forgets those before."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self.rows = rows
        self.row = next(rows, None)

    def take(self, key: int) -> list[Any]:
        taken = []
        row = self.row
        while row is not None and row[0] <= key:
            if row[0] == key:
                taken.append(row)
            row = next(self.rows, None)
        self.row = row
        return taken


# --- statements --------------------------------------------------------------------------------------------------------
# `chosen` is a condition on Proposal; for entries on Entry.


def proposals(chosen: Where, reader: Reader) -> Select[Any]:
    columns = "id slug level instrument_fr instrument_en procedure rank original_language stage merged_into_id created_at"
    return (
        select(*_columns(Proposal, columns), col(Group.slug).label("group"), col(Source.slug).label("origin"))
        .join(Group, col(Group.id) == col(Proposal.group_id))
        .outerjoin(Source, col(Source.id) == col(Proposal.origin_id))
        .where(chosen, visible_proposals(reader))
        .order_by(col(Proposal.id))
    )


def merged_into(reader: Reader) -> Select[Any]:
    """Proposals others were merged into."""
    merged = select(col(Proposal.merged_into_id)).where(col(Proposal.merged_into_id).is_not(None))
    return select(*_columns(Proposal, "id slug")).where(col(Proposal.id).in_(merged), visible_proposals(reader))


def themes(chosen: Where, reader: Reader) -> Select[Any]:
    return _of_proposals(ProposalTheme, [col(ProposalTheme.theme)], chosen, reader)


def texts(chosen: Where, reader: Reader) -> Select[Any]:
    made_from, original = aliased(Revision), aliased(Text)
    columns = [
        *_columns(Text, "language title summary body number saved_at"),
        col(original.language).label("from_language"),
        col(made_from.number).label("from_number"),
    ]
    return (
        _of_proposals(Text, columns, chosen, reader)
        .outerjoin(Revision, and_(col(Revision.text_id) == col(Text.id), col(Revision.number) == col(Text.number)))
        .outerjoin(made_from, col(made_from.id) == col(Revision.translates_id))
        .outerjoin(original, col(original.id) == col(made_from.text_id))
    )


def moves(chosen: Where, reader: Reader) -> Select[Any]:
    columns = _columns(Move, "id from_stage to_stage effective_on effective_until precision reason_fr reason_en label_fr label_en")
    return _of_proposals(Move, [*columns, *_columns(Move, "recorded_at supersedes_id")], chosen, reader).order_by(col(Move.id))


def positions(chosen: Where, reader: Reader) -> Select[Any]:
    columns = [
        *_columns(Position, "id actor_id stance effective_on effective_until precision note_fr note_en recorded_at supersedes_id"),
        col(Actor.slug).label("actor"),
        col(Text.language).label("given_language"),
        col(Revision.number).label("given_number"),
    ]
    return (
        _of_proposals(Position, columns, chosen, reader)
        .join(Actor, col(Actor.id) == col(Position.actor_id))
        .outerjoin(Revision, col(Revision.id) == col(Position.revision_id))
        .outerjoin(Text, col(Text.id) == col(Revision.text_id))
        .where(visible_positions(reader))
        .order_by(col(Position.id))
    )


def comments(chosen: Where, reader: Reader) -> Select[Any]:
    columns = [*_columns(Comment, "id parent_id body posted_at edited_at"), col(Person.name).label("author")]
    return (
        _of_proposals(Comment, columns, chosen, reader)
        .join(Person, col(Person.id) == col(Comment.author_id))
        .where(visible_comments(reader), col(Comment.removed_at).is_(None))
        .order_by(col(Comment.id))
    )


def move_citations(chosen: Where, reader: Reader) -> Select[Any]:
    return _citations(col(Citation.move_id), Move, chosen, reader)


def position_citations(chosen: Where, reader: Reader) -> Select[Any]:
    return _citations(col(Citation.position_id), Position, chosen, reader).where(visible_positions(reader))


def entry_names(chosen: Where, reader: Reader) -> Select[Any]:
    columns = [*_columns(EntryProposal, "entry_id lead"), *_columns(Entry, "key effective_on effective_until precision")]
    return (
        _of_proposals(EntryProposal, columns, chosen, reader)
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(col(EntryProposal.rejected).is_(False), visible_entries(reader))
        .order_by(col(EntryProposal.entry_id))
    )


def entries(chosen: Where, reader: Reader) -> Select[Any]:
    words = "title_fr title_en label_fr label_en note_fr note_en"
    columns = _columns(Entry, f"id key family kind state effective_on effective_until precision {words} recorded_at")
    return select(*columns).where(chosen, _shown(reader)).order_by(col(Entry.id))


def corrections(reader: Reader) -> Select[Any]:
    """Entries that supersede another, the last first."""
    columns = _columns(Entry, "id key supersedes_id effective_on effective_until precision")
    return select(*columns).where(col(Entry.supersedes_id).is_not(None), _shown(reader)).order_by(col(Entry.id).desc())


def proposal_names(chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(*_columns(EntryProposal, "entry_id lead"), col(Proposal.slug))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .join(Entry, col(Entry.id) == col(EntryProposal.entry_id))
        .where(chosen, col(EntryProposal.rejected).is_(False), visible_proposals(reader), visible_entries(reader))
        .order_by(col(EntryProposal.entry_id), col(EntryProposal.proposal_id))
    )


def entry_citations(chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(col(Citation.entry_id), *_citation_columns())
        .join(Entry, col(Entry.id) == col(Citation.entry_id))
        .join(Source, col(Source.id) == col(Citation.source_id))
        .where(chosen, _shown(reader))
        .order_by(col(Citation.entry_id), col(Citation.id))
    )


def presidencies(chosen: Where) -> Select[Any]:
    return (
        select(
            *_columns(Presidency, "slug code starts_on ends_on trio known_on note_fr note_en"),
            col(Actor.slug).label("state"),
            col(Source.slug).label("legal_basis"),
        )
        .join(Actor, col(Actor.id) == col(Presidency.actor_id))
        .join(Source, col(Source.id) == col(Presidency.source_id))
        .where(chosen)
        .order_by(col(Presidency.starts_on))
    )


def actors(chosen: Where) -> Select[Any]:
    return select(*_columns(Actor, "id slug kind code names size note_fr note_en")).where(chosen).order_by(col(Actor.id))


def sources(chosen: Where) -> Select[Any]:
    columns = "id slug title publisher language url effective_on effective_until precision retrieved_on note_fr note_en"
    return select(*_columns(Source, columns)).where(chosen).order_by(col(Source.id))


def groups() -> Select[Any]:
    return select(*_columns(Group, "slug name_fr name_en description_fr description_en")).order_by(col(Group.id))


def all_themes() -> Select[Any]:
    return select(*_columns(Theme, "slug name_fr name_en"))


# --- their parts -------------------------------------------------------------------------------------------------------


def _columns(table: Any, names: str) -> list[Any]:
    return [_plain(getattr(table, name), name) for name in names.split()]


def _plain(column: Any, name: str) -> Any:
    """Enums and instants as the text they are kept as: to make objects of them first takes as long as all the rest."""
    if isinstance(column.type, Enum):
        return type_coerce(column, String).label(name)
    if isinstance(column.type, UtcDateTime):
        return type_coerce(column, Instant).label(name)
    return column


def _of_proposals(table: Any, columns: list[Any], chosen: Where, reader: Reader) -> Select[Any]:
    """Columns of a table that belongs to proposals, led by the proposal's id and in its order."""
    return (
        select(table.proposal_id, *columns)
        .join(Proposal, col(Proposal.id) == table.proposal_id)
        .where(chosen, visible_proposals(reader))
        .order_by(table.proposal_id)
    )


def _citations(claim_id: Any, claim: Any, chosen: Where, reader: Reader) -> Select[Any]:
    return (
        select(claim.proposal_id, claim_id.label("claim_id"), *_citation_columns())
        .join(claim, claim.id == claim_id)
        .join(Proposal, col(Proposal.id) == claim.proposal_id)
        .join(Source, col(Source.id) == col(Citation.source_id))
        .where(chosen, visible_proposals(reader))
        .order_by(claim.proposal_id, claim.id, col(Citation.id))
    )


def _citation_columns() -> list[Any]:
    columns = _columns(Citation, "id supports locator summary_fr summary_en quote quote_language")
    return [*columns, col(Source.slug).label("source")]


def _shown(reader: Reader) -> Where:
    """A visible entry; when it concerns proposals, one at least that the reader may see."""
    link = select(col(EntryProposal.entry_id)).where(col(EntryProposal.entry_id) == col(Entry.id), col(EntryProposal.rejected).is_(False))
    seen = link.join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id)).where(visible_proposals(reader))
    return and_(visible_entries(reader), or_(~link.exists(), seen.exists()))

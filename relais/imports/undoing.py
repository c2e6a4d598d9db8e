"""An import taken back, as far as what is public can be: proposals are dropped, positions and entries withdrawn, comments removed.

Actors and sources stay: they belong to everybody, and others may have come to rest on them. Where people have built on what was imported
nothing is taken back at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Citation, Comment, Confirmation, Entry, EntryProposal, Event, Import, Imported, Person, Position, Proposal, Task
from models.event import EventKind
from models.imports import Kind
from models.proposal import Stage
from relais import comments, ledger, proposals, withdrawals
from relais.comments import moderation
from relais.comments.moderation import ReasonForm
from relais.db import columns, take
from relais.errors import Refused
from relais.i18n import N_, say
from relais.proposals import MoveForm

WHY = N_("The import of “%(name)s” was undone.")
SHOWN = 50
TABLES: dict[Kind, Any] = {Kind.PROPOSAL: Proposal, Kind.POSITION: Position, Kind.ENTRY: Entry, Kind.COMMENT: Comment}


@dataclass(frozen=True)
class Obstacle:
    """A record that people have built on since, by the row it came from."""

    kind: Kind
    external_id: str
    record_id: int


def obstacles(session: Session, brought: Import) -> list[Obstacle]:
    """The first of what keeps an import from being undone, with one query for each kind."""
    found: list[Obstacle] = []
    for kind, table in TABLES.items():
        mine = columns(Imported.external_id, Imported.record_id).join(table, col(table.id) == col(Imported.record_id))
        built = mine.where(*_of(brought, kind), or_(*_built_on(brought, kind))).order_by(col(Imported.id)).limit(SHOWN)
        found += [Obstacle(kind, row.external_id, row.record_id) for row in session.execute(built)]
    return found[:SHOWN]


def undo(session: Session, brought: Import, *, version: int, by: Person, now: datetime) -> None:
    """Take back what an import made, and forget its rows, so that they may be imported anew.

    Raises Refused when it was not applied, was undone already, or people have built on it; Stale when somebody undid it in between.
    """
    if brought.applied_at is None or brought.undone_at is not None:
        raise Refused(N_("Only what was imported can be undone, and only once"))
    take(session, brought, version)
    ledger.alone(session)
    if obstacles(session, brought):
        raise Refused(N_("Others have built on what was imported: it cannot be undone any more"))
    for kind in (Kind.COMMENT, Kind.POSITION, Kind.ENTRY, Kind.PROPOSAL):
        for record_id in _made(session, brought, kind):
            _take_back(session, brought, kind, record_id, by, now)
    taken_back = col(Imported.kind).in_([kind.value for kind in TABLES])
    session.connection().execute(delete(Imported).where(col(Imported.import_id) == brought.id, taken_back))
    brought.undone_at, brought.undoer_id = now, by.id
    told: dict[str, Any] = {"import": brought.id, "name": brought.name}
    ledger.record(session, EventKind.IMPORT_UNDONE, brought, at=now, by=by, group_id=brought.group_id, public=False, **told)


def _take_back(session: Session, brought: Import, kind: Kind, record_id: int, by: Person, now: datetime) -> None:
    row = session.get_one(TABLES[kind], record_id)
    match row:
        case Comment() if row.removed_at is None:
            proposal = session.get_one(Proposal, row.proposal_id)
            if row.author_id == by.id:
                comments.remove(session, row, proposal, version=row.version, by=by, now=now)
            else:
                moderation.hide(session, row, proposal, ReasonForm(reason=_why(brought, brought.language)), by=by, now=now)
        case Position():
            withdrawals.of_position(session, row, by=by, now=now)
        case Entry():
            withdrawals.of_entry(session, row, by=by, now=now)
        case Proposal() if not row.stage.ended:
            dropped = MoveForm(to=Stage.DROPPED, reason_fr=_why(brought, "fr"), reason_en=_why(brought, "en"))
            proposals.move(session, row, dropped, version=row.version, by=by, now=now)


def _why(brought: Import, language: str) -> str:
    return say(language, WHY, name=brought.name)


def _of(brought: Import, kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return col(Imported.import_id) == brought.id, col(Imported.kind) == kind.value


def _made(session: Session, brought: Import, kind: Kind) -> Sequence[int]:
    """The last first: answers before what they answer."""
    return session.exec(select(Imported.record_id).where(*_of(brought, kind)).order_by(col(Imported.id).desc())).all()


def _built_on(brought: Import, kind: Kind) -> list[ColumnElement[bool]]:
    """Conditions, one of which is met by a record of this kind that people have built on."""
    match kind:
        case Kind.PROPOSAL:  # whatever was done to it, or on it
            return [exists().where(col(Event.proposal_id) == col(Proposal.id), col(Event.id) > brought.last_event)]
        case Kind.POSITION:
            later = aliased(Position)
            asked = exists().where(col(Confirmation.position_id) == col(Position.id))
            return [exists().where(col(later.supersedes_id) == col(Position.id)), asked, _cited(brought, Citation.position_id, Position)]
        case Kind.ENTRY:
            other = aliased(Entry)
            checked = or_(col(EntryProposal.checked_at).is_not(None), col(EntryProposal.extent).is_not(None))
            return [
                exists().where(or_(col(other.supersedes_id) == col(Entry.id), col(other.answers_id) == col(Entry.id))),
                exists().where(col(EntryProposal.entry_id) == col(Entry.id), checked),
                exists().where(col(Task.entry_id) == col(Entry.id)),
                _cited(brought, Citation.entry_id, Entry),
            ]
    answer, made = aliased(Comment), aliased(Entry)
    brought_too = select(Imported.record_id).where(*_of(brought, Kind.COMMENT))
    done = col(Event.subject) == Comment.__tablename__, col(Event.subject_id) == cast(col(Comment.id), String)
    return [
        exists().where(*done, col(Event.id) > brought.last_event),
        exists().where(col(answer.parent_id) == col(Comment.id), col(answer.id).not_in(brought_too)),
        exists().where(col(made.comment_id) == col(Comment.id)),
        exists().where(col(Task.comment_id) == col(Comment.id)),
    ]


def _cited(brought: Import, claim: Any, table: Any) -> ColumnElement[bool]:
    return exists().where(col(claim) == col(table.id), col(Citation.recorded_at) > brought.applied_at)

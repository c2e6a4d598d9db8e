"""Positions: what actors say of proposals, over time, never overwritten."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Person, Position, Proposal, Revision
from models.dated import dates
from models.event import EventKind
from models.partial_date import UNDATED, PartialDate
from models.position import Stance
from relais import actors, ledger, sources, texts
from relais.db import columns
from relais.errors import Invalid
from relais.form import Form, Note, When
from relais.sources import CitationForm


class PositionForm(Form):
    actor: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    stance: Stance
    on: When = UNDATED
    note_fr: Note = ""
    note_en: Note = ""
    public: bool = True
    citations: list[CitationForm] = []


def record(session: Session, proposal: Proposal, form: PositionForm, *, by: Person | None, now: datetime) -> Position:
    """Record a position, pinned to the text as it stands. Raises Invalid when the actor is not known."""
    position = _row(session, proposal, form, by, now)
    session.add(position)
    session.flush()
    how: dict[str, Any] = {"proposal": proposal, "by": by, "now": now, "public": form.public}
    sources.cite_all(session, position, form.citations, **how)
    details: dict[str, Any] = {"actor": form.actor, "stance": form.stance.value, "on": str(form.on)}
    ledger.record(session, EventKind.POSITION_RECORDED, position, at=now, by=by, proposal=proposal, public=form.public, **details)
    return position


def correct(session: Session, proposal: Proposal, old: Position, form: PositionForm, *, by: Person | None, now: datetime) -> Position:
    """Correct a position by a new row that supersedes it; its sources come along unless new ones are given."""
    if session.exec(select(Position.id).where(col(Position.supersedes_id) == old.id)).first() is not None:
        raise Invalid("This was corrected already", field="stance")
    new = _row(session, proposal, form, by, now)
    new.supersedes_id, new.revision_id = old.id, old.revision_id
    session.add(new)
    session.flush()
    if not any(citation.given for citation in form.citations):
        sources.repeat(session, old, new)
    sources.cite_all(session, new, form.citations, proposal=proposal, by=by, now=now, public=form.public)
    details: dict[str, Any] = {"actor": form.actor, "stance": form.stance.value, "on": str(form.on), "supersedes": old.id}
    ledger.record(session, EventKind.POSITION_CORRECTED, new, at=now, by=by, proposal=proposal, public=form.public, **details)
    return new


def latest(rows: Iterable[Any], as_of: date | None = None) -> dict[tuple[int, int], Any]:
    """The position that stands for each (proposal, actor): the last to take effect among rows not superseded, as of a day if given.

    Rows need the columns of Position. With `as_of` only what was surely so by that day counts; an undated row never does.
    """
    rows = list(rows)
    replaced = {row.supersedes_id for row in rows if row.supersedes_id}
    standing: dict[tuple[int, int], Any] = {}
    for row in sorted((row for row in rows if row.id not in replaced), key=lambda row: (order(row), row.id)):
        if as_of is None or when(row).certain_by(as_of):
            standing[row.proposal_id, row.actor_id] = row
    return standing


def when(row: Any) -> PartialDate:
    return PartialDate(row.effective_on, row.effective_until, row.precision)


def order(row: Any) -> tuple[date, date]:
    """A key that sorts positions as they took effect. Undated first, so that any dated position is taken as later."""
    return when(row).order() if row.effective_on else (date.min, date.min)


def on_older_text(session: Session, positions: Sequence[Any]) -> dict[int, datetime]:
    """Of these positions those given on a revision whose text has since changed in substance (a minor edit is none): since when, by id."""
    pinned = {row.revision_id for row in positions if row.revision_id}
    if not pinned:
        return {}
    given, later = aliased(Revision), aliased(Revision)
    newer = (col(later.text_id) == col(given.text_id)) & (col(later.number) > col(given.number)) & col(later.minor).is_(False)
    query = columns(given.id, func.min(later.saved_at)).join(later, newer).where(col(given.id).in_(pinned)).group_by(col(given.id))
    changed: dict[int, datetime] = dict(tuple(row) for row in session.execute(query))
    return {row.id: changed[row.revision_id] for row in positions if row.revision_id in changed}


def on_changed_text() -> ColumnElement[bool]:
    """The same of each Position a query reads, as its column `older`."""
    given, later = aliased(Revision), aliased(Revision)
    newer = (col(later.text_id) == col(given.text_id)) & (col(later.number) > col(given.number)) & col(later.minor).is_(False)
    return exists().where(col(given.id) == col(Position.revision_id), newer).label("older")


def _row(session: Session, proposal: Proposal, form: PositionForm, by: Person | None, now: datetime) -> Position:
    actor = actors.known(session, form.actor)
    text = texts.of(session, proposal, proposal.original_language)
    pinned = texts.revision(session, text, text.number) if text else None
    return Position(
        proposal_id=proposal.id,
        actor_id=actor.id,
        revision_id=pinned.id if pinned else None,
        recorded_at=now,
        recorder_id=by.id if by else None,
        **form.model_dump(include={"stance", "note_fr", "note_en", "public"}),
        **dates(form.on),
    )

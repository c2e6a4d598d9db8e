"""Saving while others do: what was written on an older revision is merged by itself where nobody else touched the same paragraph."""

from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session, col, select

from models import Person, Proposal, Revision, Text
from models.text import FIELDS
from relais import presences, texts
from relais.errors import Stale
from relais.texts import TextForm
from relais.texts.merge import apart


def save(session: Session, proposal: Proposal, language: str, form: TextForm, *, base: int, by: Person, now: datetime) -> Revision:
    """As `texts.save`; but a save on an older revision is merged into the last one and saved on top of that, and its event says so.

    Whoever saves is no longer at work on the text. Raises Stale where both touched the same paragraph, or where there is no such revision
    to start from.
    """
    saved = _saved(session, proposal, language, form, base=base, by=by, now=now)
    presences.leave(session, proposal, language, by)
    return saved


def _saved(session: Session, proposal: Proposal, language: str, form: TextForm, *, base: int, by: Person, now: datetime) -> Revision:
    try:
        return texts.save(session, proposal, language, form, base=base, by=by, now=now)
    except Stale as stale:
        if stale.base is None:
            raise
    text = _held(session, proposal, language)
    both = _both(text, texts.revision(session, text, base), form)
    if both is None:
        raise texts.stale(session, text, base)
    return texts.save(session, proposal, language, both, base=text.number, by=by, now=now, started=base)


def _held(session: Session, proposal: Proposal, language: str) -> Text:
    """The text as it stands, which nobody else can save until this is done."""
    mine = select(Text).where(col(Text.proposal_id) == proposal.id, col(Text.language) == language)
    return session.exec(mine.with_for_update().execution_options(populate_existing=True)).one()


def _both(text: Text, base: Revision | None, form: TextForm) -> TextForm | None:
    """What they saved and what I wrote, in one; None where the two meet, or are too long together."""
    words = {name: apart(getattr(base, name), getattr(form, name), getattr(text, name)) for name in FIELDS}
    if None in words.values():
        return None
    try:
        return TextForm.model_validate(form.model_dump() | words)
    except ValidationError:
        return None

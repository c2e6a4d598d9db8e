"""What a page tells of a text that was just saved: from the record, so that nothing need be remembered in between."""

from dataclasses import dataclass
from typing import Any

from models import Proposal, Revision
from relais import texts
from relais.texts import revisions
from web.desk import Desk
from web.place import Place


@dataclass(frozen=True)
class Saved:
    """A revision; `started` is the one it was written on when what others saved in between was merged into it."""

    path: str
    language: str
    number: int
    started: int | None


def told(desk: Desk, proposal: Proposal, tongue: str, number: int) -> Saved | None:
    """Revision `number` of a text, if there is one that the reader saved."""
    text = texts.of(desk.session, proposal, tongue)
    row = texts.revision(desk.session, text, number) if text else None
    if row is None or desk.reader.person is None or row.author_id != desk.reader.person.id:
        return None
    return Saved(f"/proposals/{proposal.slug}", tongue, number, revisions.started(desk.session, proposal, row.id))


def merged(proposal: Proposal, row: Any, started: int | None) -> Saved | None:
    """A revision, if others' words were merged into it."""
    return Saved(f"/proposals/{proposal.slug}", row.language, row.number, started) if started is not None else None


def place_of(desk: Desk, place: Place, tongue: str, saved: Revision, anchor: str) -> str:
    """Where a save is seen: in the page in its language, or at the revision. A page that tells of a merge is read from its top."""
    if tongue != desk.language:
        return f"{place.path}/revisions/{tongue}/{saved.number}"
    merged = revisions.started(desk.session, place.proposal, saved.id) is not None
    return f"{place.path}?saved={saved.number}" if merged else f"{place.path}#{anchor}"

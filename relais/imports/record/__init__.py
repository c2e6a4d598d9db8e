"""The whole record from its own export (docs/export.md): what Relais wrote, here or elsewhere, comes back through the verbs.

What is there under its name already is left as it is, with all that belongs to it: a document read twice changes nothing.
"""

from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from models import Person
from relais.errors import Invalid
from relais.export.schema import Export
from relais.i18n import N_
from relais.imports.record import claims, legs, proposals, things, timeline
from relais.imports.record.putting import Putting


def read(content: bytes) -> Export:
    """The document. Raises Invalid for what is none, and for one that tells less, or more, than all that the public sees."""
    try:
        document = Export.model_validate_json(content)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise Invalid(N_("This is no export of Relais: %(why)s, at /%(where)s"), field="file", why=first["msg"], where=place) from None
    if document.meta.selection is not None:
        raise Invalid(N_("This is a report: only an export of the whole record can be read back"), field="file")
    return document


def put(session: Session, document: Export, *, by: Person | None, now: datetime) -> Putting:
    """Add what is not there, all of it or nothing, and tell what was added, what was there and what could not come along.

    Raises the refusals of the verbs. When somebody entered something there is kept as the document says it; the ledger tells when it came.
    """
    it = Putting(session, by, now)
    things.put(it, document)
    new = proposals.put(it, document.proposals)
    claims.put_moves(it, new)
    claims.put_positions(it, new)
    timeline.put(it, document.entries)
    legs.put(it, new)
    session.flush()
    return it

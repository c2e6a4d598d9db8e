"""What a member is told of, each notice with the act it tells of, in the order they came to be.

`after` is the number of the last one seen.
"""

from sqlalchemy import select
from sqlmodel import Session, col

from models import Event, Notice
from relais import notices
from relais.access import Reader
from relais.errors import Missing
from relais.export import together
from relais.export.parts import Part
from relais.export.read import columns, read
from relais.export.rows import Where


def listed(session: Session, reader: Reader, *, unread: bool, after: int, limit: int) -> list[Part]:
    """The reader's own, and of acts they may know of."""
    return _told(session, reader, [col(Notice.id) > after, *([col(Notice.read_at).is_(None)] if unread else [])], limit)


def one(session: Session, reader: Reader, notice_id: int) -> Part:
    """Raises Missing for what is not the reader's, or not theirs to see."""
    found = _told(session, reader, [col(Notice.id) == notice_id], 1)
    if not found:
        raise Missing
    return found[0]


def _told(session: Session, reader: Reader, chosen: list[Where], limit: int) -> list[Part]:
    query = notices.mine(reader, select(*columns(Notice, "id kind read_at event_id"))).where(*chosen)
    rows = list(read(session, query.order_by(col(Notice.id)).limit(limit)))
    told = [col(Event.id).in_([row.event_id for row in rows])]
    acts = {act["id"]: act for act in together.acts(session, reader, told, 0, limit)}
    return [{"id": row.id, "kind": row.kind, "read_at": row.read_at, "act": acts[row.event_id]} for row in rows]

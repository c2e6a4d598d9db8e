"""Contacts of one ask as a reader may see them: entries, with what is waited for."""

from sqlmodel import Session, col

from models import Entry, Leg
from relais import presidencies
from relais.access import Reader
from relais.export import claimed
from relais.export.parts import Part
from relais.legs import contacts


def of_leg(session: Session, reader: Reader, leg: Leg, after: str | None, limit: int, *, key: str = "") -> list[Part]:
    """Those that stand, in the order they were recorded, or the one with the `key` alone; `after` is the key of the last one seen.

    Raises Invalid where there is none.
    """
    calendar = presidencies.calendar(session)
    seen = contacts.of(session, reader, calendar, "en", [leg.proposal_id])
    told = {one.key: one for one in seen if one.presidency == leg.presidency and key in ("", one.key)}
    found = claimed.entries(session, reader, [col(Entry.key).in_(told)], after, limit)
    return [
        entry | {"due": told[entry["key"]].due, "answered_by": [answer.key for answer in told[entry["key"]].answered_by]} for entry in found
    ]

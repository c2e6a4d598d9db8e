"""What the address of a report asks for."""

from typing import Any

from models import Person
from relais import access, reports
from relais.errors import Missing
from relais.export.parts import Part
from relais.reports.selection import USUAL, Selection
from web.desk import Desk
from web.forms import Posted

SEVERAL, ONE = ("proposal", "group", "theme", "actor", "part"), ("from", "to", "as_of")


def form(desk: Desk) -> Posted[Selection]:
    """The query as a form; what it does not know is left out, as other addresses do."""
    query = desk.request.query_params
    values: dict[str, Any] = {name: [one for one in query.getlist(name) if one] for name in SEVERAL if name in query}
    values |= {name: query[name].strip() for name in ONE if name in query}
    asked: Posted[Selection] = Posted(desk.language, values)
    asked.check(Selection, ())
    asked.values.setdefault("part", [part.value for part in USUAL])
    return asked


def selection(desk: Desk) -> Selection:
    """Raises Missing for what cannot be asked for: a file has no form to say it on."""
    asked = form(desk)
    if asked.errors:
        raise Missing
    return asked.form


def contributor(desk: Desk) -> Person:
    """Who may keep a report. A visitor signs in first."""
    desk.must_be_signed_in(desk.here)
    return access.any_contributor(desk.reader)


def document(desk: Desk, asked: Selection) -> Part:
    return reports.document(desk.session, asked, desk.calendar, today=desk.today)


def path(desk: Desk, asked: Selection) -> str:
    """Where the report stands on the site."""
    query = asked.query()
    return f"/{desk.language}/reports" + (f"?{query}" if query else "")

"""Planning what is asked of a presidency, and with it of the rest of its trio."""

from datetime import date, datetime
from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Session

from models import Leg, Person, Proposal
from relais import legs
from relais.errors import Invalid
from relais.form import Form
from relais.legs import LegForm, cards
from relais.presidencies import Calendar

Presidency = Annotated[str, StringConstraints(min_length=1, max_length=12)]


class NewLegForm(LegForm):
    """With `trio` the rest of the trio is asked the same, as far as it is to come and asked nothing yet."""

    presidency: Presidency
    trio: bool = False


class OnwardForm(Form):
    """`onward` is the slug of the later presidency that is asked the same."""

    onward: Presidency


def plan(session: Session, calendar: Calendar, proposal: Proposal, form: NewLegForm, *, by: Person, now: datetime, today: date) -> Leg:
    """Plan what the form asks; gives the leg of the presidency it names. Raises Invalid for one the calendar does not know."""
    term = next((term for term in calendar.terms if term.slug == form.presidency), None)
    if term is None:
        raise Invalid("Choose one from the list", field="presidency")
    asked = legs.planned(session, proposal)
    trio = [other.slug for other in cards.trio(calendar, term) if other.ends_on >= today and other.slug not in asked]
    leg = legs.plan(session, proposal, term.slug, form, by=by, now=now)
    for slug in trio if form.trio else ():
        if slug != term.slug:
            legs.plan(session, proposal, slug, form, by=by, now=now)
    return leg

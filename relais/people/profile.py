"""What a person says of themselves: the name others see, and the language letters come in."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints
from sqlmodel import Session

from models import Person
from models.event import EventKind
from relais import ledger
from relais.db import take
from relais.form import Form


class ProfileForm(Form):
    name: Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\n]*$")] = ""
    language: Literal["fr", "en"] = "fr"


def change(session: Session, person: Person, form: ProfileForm, *, version: int, now: datetime) -> Person:
    """Take another name or language. Raises Stale when somebody did in between. The ledger says that it was done, not what."""
    take(session, person, version)
    person.sqlmodel_update(form.model_dump())
    ledger.record(session, EventKind.PERSON_CHANGED, person, at=now, by=person)
    return person

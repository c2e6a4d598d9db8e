"""A diary as iCalendar (RFC 5545, with what RFC 7986 adds for calendars that are fetched)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from relais.calendars.appointments import Appointment, Diary
from relais.settings import settings

if TYPE_CHECKING:
    from icalendar import Event, Todo

MEDIA_TYPE = "text/calendar"
AGAIN = timedelta(hours=12)


def written(diary: Diary) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415  nobody waits for it but who asks for a calendar

    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", f"-//Relais//{diary.language.upper()}")
    whole.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        whole.add(name, f"{diary.words} — Relais")
    whole.add("url", f"{settings().base_url}/{diary.language}{diary.path}")
    whole.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT12H")
    for one in diary.appointments:
        for component in _components(one, diary.language):
            whole.add_component(component)
    text: bytes = whole.to_ical()
    return text


def _host() -> str:
    """What makes a name the only one of its kind in the world."""
    return urlsplit(settings().base_url).hostname or "localhost"


def _components(one: Appointment, language: str) -> Iterable["Event | Todo"]:
    from icalendar import Event, Todo  # noqa: PLC0415

    event = Event()
    _tell(event, one, language, f"{one.name}-day" if one.to_do else one.name)
    event.add("dtstart", one.first)
    event.add("dtend", one.last + timedelta(days=1))  # the first day after
    event.add("status", one.status.value)
    event.add("transp", "TRANSPARENT")  # nobody is busy for it
    yield event
    if one.to_do:
        step = Todo()
        _tell(step, one, language, one.name)
        step.add("due", one.last)
        step.add("status", "COMPLETED" if one.done else "NEEDS-ACTION")
        if one.done:
            step.add("completed", one.done)
            step.add("percent-complete", 100)
        yield step


def _tell(component: "Event | Todo", one: Appointment, language: str, name: str) -> None:
    """What events and steps have in common. Their times are those of the record, so that the same record is the same calendar."""
    component.add("uid", f"{name}@{_host()}")
    component.add("sequence", one.sequence)
    for time, at in (("dtstamp", one.changed), ("created", one.made), ("last-modified", one.changed)):
        component.add(time, at)
    component.add("summary", one.words)
    if one.told:
        component.add("description", one.told)
    component.add("categories", list(one.categories))
    component.add("url", f"{settings().base_url}/{language}{one.path}")

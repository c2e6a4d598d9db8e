"""What the forms of tasks offer to choose from: the people of a group, and the presidencies from now on."""

from typing import Any

from models import Person
from relais import i18n
from relais.i18n import N_
from relais.tasks import lists
from web.desk import Desk
from web.sentences import Sentences

Choices = list[tuple[str, str]]


def people(desk: Desk, group_id: int, also: int | None = None) -> Choices:
    """Who is in the group, oneself first; `also` is kept in the list when they left since."""
    rows = lists.assignable(desk.session, group_id)
    me = desk.reader.person.id if desk.reader.person else None
    found = [(str(row.id), _name(desk, row, me=row.id == me)) for row in sorted(rows, key=lambda row: row.id != me)]
    if also is not None and all(row.id != also for row in rows):
        found.append((str(also), desk.session.get_one(Person, also).name or i18n.say(desk.language, "Member")))
    return found


def legs(desk: Desk) -> list[tuple[str, Choices]]:
    """Presidencies in groups: the current and the next, those after them, and those that are over, the last first."""
    say = Sentences(desk.language)
    now = desk.calendar.at(desk.today)
    near = [term for term in (now, desk.calendar.after(now)) if term]
    later = [term for term in desk.calendar.terms if term.starts_on > desk.today and term not in near]
    over = [term for term in reversed(desk.calendar.terms) if term.ends_on < desk.today]
    named: list[tuple[str, Any]] = [(N_("Current and next"), near), (N_("Later"), later), (N_("Earlier"), over)]
    return [(i18n.say(desk.language, name), [(term.slug, say.term_name(term)) for term in terms]) for name, terms in named if terms]


def _name(desk: Desk, row: Any, *, me: bool) -> str:
    """The name somebody chose; for who chose none the role and since when, which tells them apart."""
    say = Sentences(desk.language)
    name = row.name or say._(
        "%(role)s since %(day)s, no name chosen", role=say.word(row.role), day=i18n.day(row.joined_at.date(), desk.language)
    )
    return f"{name} ({say._('you')})" if me else str(name)

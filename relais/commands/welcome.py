"""What `serve` prints before anybody has ever signed in: how to."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlmodel import Session

from models import Person
from models.group import Role
from relais import groups, people, sign_in
from relais.settings import BRUSSELS, settings

LASTS = timedelta(hours=24)
NO_GROUP = "Nobody can sign in: there is no working group yet. Run `python -m relais seed`."
LINK = """Sign in as coordinator (works once, until {until} in Brussels):
  {link}
Invite the others:
  python -m relais invite name@example.org --group {group} --role editor"""


def words(session: Session, now: datetime) -> str:
    """The way in for a coordinator, who is made when nobody coordinates; empty once anybody has signed in."""
    if sign_in.anybody_ever(session):
        return ""
    known = groups.every(session)
    if not known:
        return NO_GROUP
    coordinator = people.first_coordinator(session) or _coordinator(session, now)
    return LINK.format(until=until(now), link=link(session, coordinator, now), group=known[0].slug)


def link(session: Session, person: Person, now: datetime) -> str:
    """A one-use link for whoever holds the machine, good for a day."""
    return sign_in.address_of(person, sign_in.link_for(session, person, "/", now, LASTS))


def until(now: datetime) -> str:
    return f"{(now + LASTS).astimezone(BRUSSELS):%Y-%m-%d %H:%M}"


def _coordinator(session: Session, now: datetime) -> Person:
    """A coordinator of every group: whoever starts Relais can try all of it."""
    everywhere = [
        people.invite(session, group, f"coordinator@{_host()}", Role.COORDINATOR, by=None, now=now, name="Coordination")
        for group in groups.every(session)
    ]
    return everywhere[0]


def _host() -> str:
    host = urlsplit(settings().base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"

"""Invitations and links for whoever holds the machine: both are printed, neither is sent."""

from models.group import Role
from relais import groups, people
from relais.commands import database, welcome
from relais.commands.refusal import CannotRun
from relais.db import writing
from relais.errors import Missing
from relais.settings import now

LINK = "Link to sign in once, until {until} in Brussels:\n  {link}"


def invite(email: str, slug: str, role: Role, name: str, language: str) -> str:
    """Give somebody a role; what to tell them."""
    at = now()
    with writing(database.ready()) as session:
        by_slug = {group.slug: group for group in groups.every(session)}
        if slug not in by_slug:
            raise CannotRun(f"There is no group “{slug}”. There are: {', '.join(by_slug) or 'none yet, run seed'}")
        person = people.invite(session, by_slug[slug], email, role, by=None, now=at, name=name, language=language)
        link = welcome.link(session, person, at)
    return f"{person.email} is {role} of {slug}.\n" + LINK.format(until=welcome.until(at), link=link)


def sign_in_link(email: str) -> str:
    at = now()
    with writing(database.ready()) as session:
        try:
            person = people.find(session, email)
        except Missing:
            raise CannotRun("Nobody has this address. Invite them first: python -m relais invite") from None
        link = welcome.link(session, person, at)
    return LINK.format(until=welcome.until(at), link=link)

"""Invitations, links and tokens for whoever holds the machine: they are printed, none is sent."""

from pydantic import ValidationError
from sqlmodel import Session

from models import Person
from models.group import Role
from models.token import Scope
from relais import groups, people, tokens
from relais.commands import database, welcome
from relais.commands.refusal import CannotRun
from relais.db import writing
from relais.errors import Missing
from relais.settings import now
from relais.tokens import TokenForm

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
        link = welcome.link(session, _known(session, email), at)
    return LINK.format(until=welcome.until(at), link=link)


def token(email: str, scope: Scope, name: str, days: int) -> str:
    """Make somebody a token of their own: the token alone, so that it can be piped."""
    try:
        form = TokenForm(name=name, scope=scope, days=days)
    except ValidationError:
        raise CannotRun("A token is named in one line of at most 80 characters.") from None
    with writing(database.ready()) as session:
        return tokens.make(session, form, by=_known(session, email), now=now())


def _known(session: Session, email: str) -> Person:
    try:
        return people.find(session, email)
    except Missing:
        raise CannotRun("Nobody has this address. Invite them first: python -m relais invite") from None

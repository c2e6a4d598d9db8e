"""Accounts: who may sign in, invited into a group with a role."""

from datetime import datetime
from typing import Annotated

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from pydantic import AfterValidator, StringConstraints
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import Group, Membership, Person
from models.group import Role
from relais.errors import Invalid, Missing
from relais.groups import roles
from relais.i18n import N_

# An office's own network may end in .local, and a machine by itself is localhost: whether a letter arrives, sending it tells.
SPECIAL_USE_DOMAIN_NAMES.clear()


def address(written: str) -> str:
    """An e-mail address as it is kept: lower case, in ASCII. Raises ValueError with a msgid when it is none."""
    try:
        found = validate_email(written.strip(), strict=True, allow_smtputf8=False, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise ValueError(N_("Write an address such as name@example.org")) from None
    return (found.ascii_email or found.normalized).lower()


Address = Annotated[str, StringConstraints(max_length=254), AfterValidator(address)]


def known(session: Session, email: str) -> Person | None:
    return session.exec(select(Person).where(col(Person.email) == email)).first()


def find(session: Session, email: str) -> Person:
    """The account with this address. Raises Invalid for what is no address, Missing when there is none."""
    person = known(session, _checked(email))
    if person is None:
        raise Missing
    return person


def first_coordinator(session: Session) -> Person | None:
    """Whoever has coordinated a group for longest."""
    theirs = select(Person).join(Membership, col(Membership.person_id) == col(Person.id))
    return session.exec(theirs.where(col(Membership.role) == Role.COORDINATOR).order_by(col(Membership.id)).limit(1)).first()


def invite(
    session: Session, group: Group, email: str, role: Role, *, by: Person | None, now: datetime, name: str = "", language: str = "fr"
) -> Person:
    """Give somebody a role in a group, with an account if they had none. Sends nothing. Raises Invalid for what is no address."""
    person = account(session, _checked(email), name=name, language=language, now=now)
    roles.give(session, group, person, role, by=by, now=now)
    return person


def account(session: Session, email: str, *, language: str, now: datetime, name: str = "") -> Person:
    """The account with this address, made if there was none; of two who make it at once both get the same."""
    try:
        with session.begin_nested():
            found = known(session, email)
            if found is None:
                found = Person(email=email, name=name, language=language, created_at=now)
                session.add(found)
    except IntegrityError:
        return find(session, email)
    return found


def _checked(email: str) -> str:
    try:
        return address(email)
    except ValueError as wrong:
        raise Invalid(str(wrong), field="email") from None

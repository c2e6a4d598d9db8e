"""An invitation as scenes need it: somebody is invited, a worker sends the letter, and its link is used."""

from sqlmodel import col, select

from models import Invitation
from models.group import Role
from relais import invitations
from relais.db import reading, writing
from relais.invitations import InvitationForm
from tests.days import NOW
from tests.relais.postbox import Postbox, drain


def invite(group, by, email="ana@example.org", role=Role.EDITOR, language="en", now=NOW):
    with writing() as session:
        return invitations.invite(session, group, InvitationForm(email=email, role=role, language=language), by=by, now=now)


def rows():
    with reading() as session:
        return session.exec(select(Invitation).order_by(col(Invitation.id))).all()


def sent(engine, now=NOW):
    """The token of the one letter that is due."""
    post = Postbox()
    drain(engine, post, now)
    (letter,) = post
    return the_token(letter)


def the_token(letter):
    (link,) = [line for line in letter.text.splitlines() if "/invitations/" in line]
    return link.rpartition("/")[2]


def accept(token, now=NOW):
    with writing() as session:
        return invitations.accept(session, token, now)

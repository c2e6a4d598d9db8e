"""The worker's part in inviting: each invitation that is due gets its letter, with a link of which only the hash is kept."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from models import Group, Invitation, Person
from models.group import Role
from relais import errands, invitations, mail, sign_in
from relais.errands import Errand
from relais.i18n import N_, long_day, said, say
from relais.mail import Letter
from relais.settings import BRUSSELS, settings

ROLES = {
    Role.OBSERVER: N_("As an observer you read what the group keeps to itself."),
    Role.COMMENTER: N_("As a commenter you take part in the discussion."),
    Role.EDITOR: N_("As an editor you keep the record: texts, positions, events, sources."),
    Role.COORDINATOR: N_("As a coordinator you keep the record, invite others and give roles."),
}


def any_due(session: Session, now: datetime) -> bool:
    return errands.any_due(session, Invitation, *_due(now))


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the oldest invitation that is due, with a new link: the one of a letter that was tried before is void."""
    invitation = next(iter(errands.oldest(session, Invitation, *_due(now))), None)
    if invitation is None:
        return None
    errands.take_up(invitation, now)
    token = invitations.new_token()
    invitation.token_hash = sign_in.hashed(token)
    return Errand(invitation.id, _letter(session, invitation, token))


def posted(session: Session, invitation_id: int, now: datetime) -> None:
    """The letter left, unless the invitation was withdrawn or written anew meanwhile: then the new letter is still owed."""
    invitation = session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.token_hash:
        invitation.due_at, invitation.sent_at = None, now


def refused(session: Session, invitation_id: int, _now: datetime) -> None:
    """No letter will ever be taken: the coordinators see that none was sent."""
    invitation = session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.token_hash:
        invitation.due_at, invitation.token_hash = None, None


def put_off(session: Session, invitation_id: int, now: datetime) -> None:
    invitation = session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.token_hash and not errands.again(invitation, invitation.invited_at, now):
        refused(session, invitation_id, now)


def _due(now: datetime) -> tuple[ColumnElement[bool]]:
    return (col(Invitation.due_at) <= now,)


def _letter(session: Session, invitation: Invitation, token: str) -> Letter:
    language = invitation.language
    group = session.get_one(Group, invitation.group_id)
    inviter = session.get(Person, invitation.inviter_id) if invitation.inviter_id else None
    words, _ = said(group, "name", language)
    return mail.write(
        "invitation",
        to=invitation.email,
        language=language,
        subject=say(language, "Invitation to the working group “%(group)s”", group=words),
        group=words,
        about=said(group, "description", language)[0],
        inviter=inviter.name if inviter else "",
        role=say(language, ROLES[invitation.role]),
        link=f"{settings().base_url}/{language}/invitations/{token}",
        until=long_day(invitation.expires_at.astimezone(BRUSSELS).date(), language),
    )

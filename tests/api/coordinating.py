"""What scenes need that run a group by the API: for each act somebody in it, or asked into it, of their own."""

from datetime import timedelta
from itertools import count

from models import Group, Invitation, Membership, Person
from models.group import Role
from relais.db import writing
from relais.settings import now
from tests.api.keeping import a_snapshot
from tests.days import NOW
from tests.public_record import a_position, a_proposal
from tests.relais.confirming import ask
from tests.relais.importing import brought
from tests.relais.webhooks_told import a_webhook

BEFORE = NOW - timedelta(days=1)
_numbers = count(1)


def numbers(path: str, group: Group, by: Person) -> dict[str, int | str]:
    """What the path asks for, new each time."""
    return {name: make(group, by) for name, make in MAKERS.items() if f"{{{name}}}" in path}


def a_member(group: Group, _by: Person | None = None, role: Role = Role.OBSERVER) -> int:
    """The number of the membership."""
    with writing() as session:
        person = Person(email=f"member-{next(_numbers)}@relais.test", created_at=NOW)
        session.add(person)
        session.flush()
        membership = Membership(group_id=group.id, person_id=person.id, role=role, joined_at=NOW)
        session.add(membership)
    return membership.id


def an_invitation(group: Group, by: Person) -> int:
    """Sent yesterday, and waiting."""
    facts = {"role": Role.EDITOR, "language": "fr", "inviter_id": by.id, "invited_at": BEFORE, "sent_at": BEFORE}
    with writing() as session:
        invitation = Invitation(
            group_id=group.id, email=f"asked-{next(_numbers)}@example.org", expires_at=NOW + timedelta(days=13), **facts
        )
        session.add(invitation)
    return invitation.id


def a_confirmation(group: Group, by: Person) -> int:
    """Asked two days ago, of a position on a proposal of its own, and waiting. Needs the actor `mednum`."""
    position = a_position(a_proposal(f"asked-{next(_numbers)}", group), "mednum")
    return ask(position, by, now() - timedelta(days=2)).id


MAKERS = {
    "confirmation": a_confirmation,
    "member": a_member,
    "import": lambda group, by: brought(group, by, "titre\nUn guichet\n"),
    "invitation": an_invitation,
    "snapshot": lambda _, by: a_snapshot(by),
    "webhook": lambda group, by: a_webhook(group, by).id,
}

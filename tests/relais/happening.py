"""What scenes of the activity are made of: a member who reads, and a text saved at a moment."""

from models import Person, Proposal
from models.group import Role
from relais import texts
from relais.access import Reader
from relais.db import reading, writing
from relais.texts import TextForm


def member(group, person, role=Role.EDITOR):
    with reading() as session:
        return Reader(session.get_one(Person, person.id), {group.id: role})


def saved(proposal, base, by, now):
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        body = "x" * (base + 1)
        texts.save(session, row, "fr", TextForm(title="Titre", body=body), base=base, by=by, now=now)

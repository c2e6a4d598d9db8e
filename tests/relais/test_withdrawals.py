"""Positions and entries taken back: shown to nobody, told by the ledger, and in the record for good."""

from sqlmodel import col, select

from models import Entry, Event, Position, Withdrawal
from models.event import EventKind
from relais import withdrawals
from relais.access import VISITOR, reader_for
from relais.db import reading, writing
from relais.positions import backers
from tests.days import NOW
from tests.exported import exported
from tests.public_record import a_position, a_proposal, an_actor, an_entry


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def test_a_position_taken_back_is_shown_to_nobody_and_told_by_the_ledger(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    an_actor("ada")
    position = a_position(proposal, "ada")

    for _ in range(2):
        with writing() as session:
            withdrawals.of_position(session, session.get_one(Position, position.id), by=editor, now=NOW)

    with reading() as session:
        for reader in (VISITOR, reader_for(session, editor)):
            assert backers.rows(session, proposal, reader, None) == []
    assert [row.position_id for row in rows(Withdrawal)] == [position.id]
    taken = [row for row in rows(Event) if row.kind is EventKind.POSITION_WITHDRAWN]
    assert [(row.public, row.actor_id, row.details["actor"]) for row in taken] == [(True, editor.id, "ada")]
    assert exported()["proposals"][0]["positions"] == []
    assert len(rows(Position)) == 1


def test_an_entry_taken_back_leaves_every_proposal_it_concerned(public_affairs, editor):
    one, other = a_proposal("guichet", public_affairs), a_proposal("communs", public_affairs)
    entry = an_entry("e", one, other)

    with writing() as session:
        withdrawals.of_entry(session, session.get_one(Entry, entry.id), by=editor, now=NOW)

    taken = [row.proposal_id for row in rows(Event) if row.kind is EventKind.ENTRY_WITHDRAWN]
    assert (taken, exported()["entries"], len(rows(Entry))) == ([one.id, other.id], [], 1)

"""Groups at the same instant: one link lets one in, and two coordinators cannot take the role from each other."""

from functools import partial

from sqlmodel import col, select

from models import Membership, Person
from models.group import Role
from relais import invitations
from relais.db import reading, writing
from relais.groups import roles
from tests.cast import a_member
from tests.days import NOW
from tests.relais.inviting import accept, invite, sent
from tests.relais.races import names, race


def test_of_many_who_follow_one_invitation_exactly_one_joins(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    token = sent(engine)

    outcomes = race(*[partial(accept, token)] * 8)

    assert names(outcomes) == ["Gone"] * 7 + ["won"]
    with reading() as session:
        assert len(session.exec(select(Membership.id)).all()) == len(session.exec(select(Person.id)).all()) == 2


def test_two_invitations_of_one_address_make_one_account(engine, public_affairs, social_tech, coordinator):
    invite(public_affairs, coordinator)
    first = sent(engine)
    invite(social_tech, coordinator, now=NOW + invitations.BETWEEN_LETTERS)
    second = sent(engine, NOW + invitations.BETWEEN_LETTERS)

    outcomes = race(partial(accept, first), partial(accept, second))

    assert names(outcomes) == ["won", "won"]
    with reading() as session:
        assert session.exec(select(Person.email).order_by(col(Person.id))).all() == ["claire@relais.test", "ana@example.org"]
        assert len(session.exec(select(Membership.id)).all()) == 3


def test_of_two_coordinators_who_go_at_once_one_stays(engine, public_affairs, coordinator):
    other = a_member(engine, public_affairs, Role.COORDINATOR, "Karl Weiss", "en")

    def leave(person):
        with writing() as session:
            roles.remove(session, roles.of(session, public_affairs, person), version=1, by=person, now=NOW)

    outcomes = race(partial(leave, coordinator), partial(leave, other))

    assert names(outcomes) == ["Refused", "won"]
    with reading() as session:
        assert session.exec(select(Membership.role)).all() == [Role.COORDINATOR]


def test_of_two_letters_at_once_to_one_address_one_is_owed(engine, public_affairs, coordinator):
    other = a_member(engine, public_affairs, Role.COORDINATOR, "Karl Weiss", "en")

    outcomes = race(partial(invite, public_affairs, coordinator), partial(invite, public_affairs, other))

    assert names(outcomes) == ["TooMany", "won"]

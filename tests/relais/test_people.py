import pytest
from sqlmodel import select

from models import Event, Membership, Person
from models.group import Role
from relais import people
from relais.db import reading, writing
from relais.errors import Invalid, Missing
from tests.days import NOW


def acts(session):
    return [(event.kind, event.public, event.group_id, event.details) for event in session.exec(select(Event).order_by(Event.id)).all()]


def test_an_invitation_makes_an_account_and_a_membership_that_visitors_may_count(engine, public_affairs):
    with writing() as session:
        person = people.invite(session, public_affairs, " Ana.Silva@Example.ORG ", Role.EDITOR, by=None, now=NOW, name="Ana", language="en")

    with reading() as session:
        kept = session.exec(select(Person)).one()
        assert (kept.email, kept.name, kept.language, kept.created_at) == ("ana.silva@example.org", "Ana", "en", NOW)
        assert [(row.group_id, row.person_id, row.role) for row in session.exec(select(Membership)).all()] == [
            (public_affairs.id, person.id, Role.EDITOR)
        ]
        assert acts(session) == [("member_joined", True, public_affairs.id, {"person": person.id, "role": "editor"})]


def test_a_second_invitation_changes_the_role_and_nothing_else(engine, public_affairs, observer):
    with writing() as session:
        people.invite(session, public_affairs, "oskar@relais.test", Role.EDITOR, by=None, now=NOW, name="Somebody else", language="fr")

    with reading() as session:
        kept = session.get(Person, observer.id)
        assert (kept.name, kept.language) == ("Oskar Berg", "en")
        assert [row.role for row in session.exec(select(Membership)).all()] == [Role.EDITOR]
        assert acts(session) == [("role_changed", True, public_affairs.id, {"person": observer.id, "role": "editor"})]


def test_the_same_role_again_is_no_act(engine, public_affairs, observer):
    with writing() as session:
        people.invite(session, public_affairs, "oskar@relais.test", Role.OBSERVER, by=None, now=NOW)

    with reading() as session:
        assert acts(session) == []


def test_one_person_may_be_in_two_groups(engine, public_affairs, social_tech, editor):
    with writing() as session:
        people.invite(session, social_tech, "emil@relais.test", Role.OBSERVER, by=None, now=NOW)

    with reading() as session:
        roles = session.exec(select(Membership.group_id, Membership.role).order_by(Membership.id)).all()
    assert roles == [(public_affairs.id, Role.EDITOR), (social_tech.id, Role.OBSERVER)]


@pytest.mark.parametrize(
    "written",
    ["", "ana", "ana@", "@example.org", "ana@example..org", "ana@example.org, eva@example.org", "<ana@example.org>",
     "Ana <ana@example.org>", "ana@example.org\r\nBcc: eva@example.org", "ana\x00@example.org", "an a@example.org", "ana@[127.0.0.1]",
     "é@example.org", f"{'a' * 65}@example.org", f"ana@{'example.' * 32}org", "ana@-example.org"],
)  # fmt: skip
def test_what_is_no_address_invites_nobody(engine, public_affairs, written):
    with writing() as session, pytest.raises(Invalid) as refused:
        people.invite(session, public_affairs, written, Role.EDITOR, by=None, now=NOW)

    assert refused.value.field == "email"
    with reading() as session:
        assert session.exec(select(Person)).all() == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ANA@EXAMPLE.ORG", "ana@example.org"),
        ("ana@éco.example", "ana@xn--co-9ia.example"),
        ("ana+relais@example.org", "ana+relais@example.org"),
        ("ana@intranet.local", "ana@intranet.local"),
        ("ana@localhost", "ana@localhost"),
    ],
)
def test_an_address_is_kept_in_lower_case_ascii(written, kept):
    assert people.address(written) == kept


def test_somebody_is_found_however_their_address_is_written(engine, editor):
    with reading() as session:
        assert people.find(session, " Emil@Relais.TEST ").id == editor.id


def test_nobody_is_found_at_an_unknown_address(engine, editor):
    with reading() as session, pytest.raises(Missing):
        people.find(session, "ana@relais.test")


def test_the_first_coordinator_is_who_coordinates_for_longest(engine, editor, coordinator, social_tech):
    with writing() as session:
        people.invite(session, social_tech, "stan@relais.test", Role.COORDINATOR, by=None, now=NOW)

    with reading() as session:
        assert people.first_coordinator(session).id == coordinator.id


def test_editors_do_not_coordinate(engine, editor):
    with reading() as session:
        assert people.first_coordinator(session) is None

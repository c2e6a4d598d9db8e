"""The first start: whoever opens a new Relais gets a link to sign in."""

import pytest
from sqlmodel import col, select

from models import Group, Membership, Person
from models.group import Role
from relais import sign_in
from relais.commands import welcome
from relais.db import reading, writing
from relais.settings import settings
from tests.days import NOW
from tests.relais.sign_in_links import the_link


def words(now=NOW):
    with writing() as session:
        return welcome.words(session, now)


def test_the_first_start_makes_a_coordinator_of_every_group_and_prints_a_link(engine, public_affairs, social_tech):
    said = words()

    with reading() as session:
        made = session.exec(select(Person)).one()
        roles = session.exec(select(Group.slug, Membership.role).join(Membership).order_by(col(Group.slug))).all()
    assert made.email == "coordinator@testserver"
    assert roles == [("european-public-affairs", Role.COORDINATOR), ("social-tech-skills", Role.COORDINATOR)]
    assert "python -m relais invite name@example.org --group european-public-affairs --role editor" in said
    with writing() as session:
        assert sign_in.redeem(session, the_link(said).rpartition("/")[2], NOW + welcome.LASTS - welcome.LASTS / 100)


@pytest.mark.parametrize(
    ("base_url", "email"),
    [("http://127.0.0.1:8000", "coordinator@localhost"), ("https://relais.soga.example", "coordinator@relais.soga.example")],
)
def test_the_coordinator_is_named_after_the_site(engine, public_affairs, house, base_url, email):
    house.setenv("RELAIS_BASE_URL", base_url)
    settings.cache_clear()

    words()

    with reading() as session:
        assert session.exec(select(Person.email)).all() == [email]


def test_later_starts_print_a_fresh_link_until_somebody_signed_in(engine, public_affairs):
    first, second = the_link(words()), the_link(words())
    with writing() as session:
        sign_in.redeem(session, second.rpartition("/")[2], NOW)

    assert first != second
    assert words() == ""
    with reading() as session:
        assert len(session.exec(select(Person)).all()) == 1


def test_a_coordinator_who_was_invited_gets_the_link(engine, coordinator, editor):
    link = the_link(words())

    with writing() as session:
        opened, _ = sign_in.redeem(session, link.rpartition("/")[2], NOW)
        assert sign_in.person_of(session, opened, NOW).email == "claire@relais.test"


def test_without_a_group_nobody_can_sign_in(engine):
    assert words() == "Nobody can sign in: there is no working group yet. Run `python -m relais seed`."

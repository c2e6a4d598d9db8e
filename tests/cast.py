"""The cast: two groups, and five people who meet in every scene. Each is committed, and may be read after."""

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Group, Membership, Person
from models.group import Role
from relais.db import writing
from tests.days import NOW


@pytest.fixture
def public_affairs(engine: Engine) -> Group:
    return a_group(engine, "european-public-affairs", "Affaires publiques européennes", "European public affairs")


@pytest.fixture
def social_tech(engine: Engine) -> Group:
    return a_group(engine, "social-tech-skills", "Compétences en tech sociale", "Social tech skills")


@pytest.fixture
def coordinator(engine: Engine, public_affairs: Group) -> Person:
    return a_member(engine, public_affairs, Role.COORDINATOR, "Claire Martin", "fr")


@pytest.fixture
def editor(engine: Engine, public_affairs: Group) -> Person:
    return a_member(engine, public_affairs, Role.EDITOR, "Emil Novák", "en")


@pytest.fixture
def commenter(engine: Engine, public_affairs: Group) -> Person:
    return a_member(engine, public_affairs, Role.COMMENTER, "Chiara Conti", "fr")


@pytest.fixture
def observer(engine: Engine, public_affairs: Group) -> Person:
    return a_member(engine, public_affairs, Role.OBSERVER, "Oskar Berg", "en")


@pytest.fixture
def stranger(engine: Engine, social_tech: Group) -> Person:
    """An editor, but of another group."""
    return a_member(engine, social_tech, Role.EDITOR, "Sofia Pires", "fr")


def a_group(engine: Engine, slug: str, french: str, english: str) -> Group:
    """One of that slug: where the real content is there, the group of that content."""
    with writing(engine) as session:
        group = session.exec(select(Group).where(col(Group.slug) == slug)).first() or Group(slug=slug, name_fr=french, name_en=english)
        session.add(group)
    return group


def a_member(engine: Engine, group: Group, role: Role, name: str, language: str) -> Person:
    """A person with that role in the group; the address is the first name at relais.test."""
    person = Person(email=f"{name.split(maxsplit=1)[0].lower()}@relais.test", name=name, language=language, created_at=NOW)
    with writing(engine) as session:
        session.add(person)
        session.flush()
        session.add(Membership(group_id=group.id, person_id=person.id, role=role, joined_at=NOW))
    return person

import pytest
from sqlmodel import select

from models import Event
from models.group import Role
from relais import groups
from relais.db import reading, writing
from relais.errors import Invalid, Missing
from relais.groups import GroupForm
from tests.days import NOW

COMMONS = GroupForm(slug="digital-commons", name_fr="Communs numériques", name_en="Digital commons", description_en="Four proposals.")


def test_a_group_is_founded_in_public(engine):
    with writing() as session:
        groups.found(session, COMMONS, now=NOW)

    with reading() as session:
        group = groups.find(session, "digital-commons")
        events = session.exec(select(Event)).all()
    assert (group.name_fr, group.name_en, group.description_fr, group.description_en) == (
        "Communs numériques",
        "Digital commons",
        "",
        "Four proposals.",
    )
    assert [(event.kind, event.subject, event.subject_id, event.recorded_at, event.public) for event in events] == [
        ("group_added", "groups", str(group.id), NOW, True)
    ]


def test_a_slug_founds_one_group(engine):
    with writing() as session:
        groups.found(session, COMMONS, now=NOW)

    with writing() as session, pytest.raises(Invalid) as refused:
        groups.found(session, COMMONS, now=NOW)

    assert refused.value.field == "slug"


def test_a_group_that_is_not_there_is_missing(engine):
    with reading() as session, pytest.raises(Missing):
        groups.find(session, "digital-commons")


def test_groups_stand_in_the_order_they_were_founded(engine, social_tech, public_affairs):
    with reading() as session:
        assert [group.slug for group in groups.every(session)] == ["social-tech-skills", "european-public-affairs"]


def test_members_are_those_of_the_group_only(engine, public_affairs, editor, observer, stranger):
    with reading() as session:
        members = groups.members(session, public_affairs)

    assert [(person.name, membership.role) for person, membership in members] == [
        ("Emil Novák", Role.EDITOR),
        ("Oskar Berg", Role.OBSERVER),
    ]

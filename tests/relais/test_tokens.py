"""Tokens: who acts with one, and from when on nobody does."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Event, Membership, Person, Token
from models.event import EventKind
from models.group import Role
from models.token import Scope
from relais import tokens
from relais.access import reader_for
from relais.activity import latest
from relais.db import reading, writing
from relais.errors import Invalid, Missing
from relais.sign_in import hashed
from relais.tokens import NoToken, TokenForm
from tests.days import NOW

LATER = NOW + timedelta(days=30)


def made(person, group=None, scope="write", days=30, name="Sheet"):
    with writing() as session:
        return tokens.make(session, TokenForm(name=name, scope=scope, days=days), by=person, now=NOW, group=group)


def held(secret, now=NOW):
    with reading() as session:
        return tokens.holder(session, secret, now)


def ended(key, person, group=None, now=NOW):
    with writing() as session:
        tokens.end(session, tokens.find(session, key, person, group), by=person, now=now)


def acts():
    with reading() as session:
        events = session.exec(select(Event).where(col(Event.subject) == "tokens").order_by(col(Event.id))).all()
    return [(event.kind, event.actor_id, event.group_id, event.public, event.details) for event in events]


def test_a_token_acts_as_its_person_where_they_are_and_as_they_may(commenter, public_affairs):
    holder = held(made(commenter))

    assert (holder.reader.person, holder.reader.roles, holder.writes) == (commenter, {public_affairs.id: Role.COMMENTER}, True)


def test_a_person_without_a_group_has_tokens_too(engine):
    with writing() as session:
        person = Person(email="ana@relais.test", created_at=NOW)
        session.add(person)

    assert held(made(person)).reader.roles == {}


def test_a_groups_token_acts_as_an_editor_of_that_group_alone(coordinator, public_affairs, social_tech):
    with writing() as session:
        session.add(Membership(group_id=social_tech.id, person_id=coordinator.id, role=Role.COORDINATOR, joined_at=NOW))

    holder = held(made(coordinator, public_affairs))

    assert (holder.reader.person, holder.reader.roles) == (coordinator, {public_affairs.id: Role.EDITOR})


def step_down(person, role):
    """To a lesser role, or out of the group."""
    with writing() as session:
        seat = session.exec(select(Membership).where(col(Membership.person_id) == person.id)).one()
        if role:
            seat.role = role
        else:
            session.delete(seat)


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.COMMENTER])
def test_a_groups_token_opens_nothing_once_its_maker_edits_there_no_more(coordinator, public_affairs, role):
    secret = made(coordinator, public_affairs)
    step_down(coordinator, role)

    with pytest.raises(NoToken):
        held(secret)


def test_one_that_manages_acts_as_a_coordinator_of_its_group_alone(coordinator, public_affairs, social_tech):
    with writing() as session:
        session.add(Membership(group_id=social_tech.id, person_id=coordinator.id, role=Role.COORDINATOR, joined_at=NOW))

    ours, mine = held(made(coordinator, public_affairs, "manage")), held(made(coordinator, scope="manage"))

    assert ours.reader.roles == {public_affairs.id: Role.COORDINATOR}
    assert mine.reader.roles == {public_affairs.id: Role.COORDINATOR, social_tech.id: Role.COORDINATOR}


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.COMMENTER, Role.EDITOR])
def test_it_opens_nothing_once_its_maker_coordinates_there_no_more(coordinator, public_affairs, role):
    secret = made(coordinator, public_affairs, "manage")
    step_down(coordinator, role)

    with pytest.raises(NoToken):
        held(secret)


def test_each_scope_allows_what_those_before_it_do(editor):
    allowed = {scope: held(made(editor, scope=scope)) for scope in Scope}

    assert {scope.value: (holder.writes, holder.manages) for scope, holder in allowed.items()} == {
        "read": (False, False), "write": (True, False), "manage": (True, True),
    }  # fmt: skip


def test_it_is_good_until_its_day_and_not_at_it(editor):
    secret = made(editor)

    assert held(secret, LATER - timedelta(seconds=1)).reader.person == editor
    with pytest.raises(NoToken):
        held(secret, LATER)


@pytest.mark.parametrize("secret", ["", "relais_", "x" * 5000, "\x00", "relais_é", "' OR 1=1 --"])
def test_what_is_no_token_opens_nothing(editor, secret):
    made(editor)

    with pytest.raises(NoToken):
        held(secret)


def test_only_a_hash_of_it_is_kept(editor):
    secret = made(editor)

    with reading() as session:
        token = session.exec(select(Token)).one()
    assert token.token_hash == hashed(secret)
    assert (secret.startswith("relais_"), len(secret), secret in repr(token)) == (True, 50, False)


def test_ended_it_opens_nothing_and_ending_it_again_is_no_act(editor):
    secret = made(editor)
    ended(1, editor)
    ended(1, editor)

    with pytest.raises(NoToken):
        held(secret)
    assert acts() == [(kind, editor.id, None, False, {"scope": "write"}) for kind in (EventKind.TOKEN_MADE, EventKind.TOKEN_ENDED)]


def test_a_groups_token_is_told_to_its_coordinators_alone(coordinator, editor, public_affairs):
    made(coordinator, public_affairs)
    made(coordinator)

    def told(person):
        with reading() as session:
            return [act.kind for act in latest(session, reader_for(session, person), "en", limit=5)]

    assert acts()[0] == (EventKind.TOKEN_MADE, coordinator.id, public_affairs.id, False, {"scope": "write"})
    assert (told(coordinator), told(editor), told(None)) == ([EventKind.TOKEN_MADE], [], [])


def test_nobody_ends_what_is_not_theirs(coordinator, editor, public_affairs, social_tech):
    made(editor)
    made(coordinator, public_affairs)

    for key, person, group in (
        (1, coordinator, None),
        (2, coordinator, None),
        (1, editor, public_affairs),
        (2, coordinator, social_tech),
        (3, editor, None),
    ):
        with pytest.raises(Missing):
            ended(key, person, group)


def test_those_in_use_are_told_the_newest_first(editor, coordinator, public_affairs):
    for name, days in (("old", 1), ("first", 90), ("second", 90), ("gone", 90)):
        made(editor, days=days, name=name)
    ended(4, editor)
    made(coordinator, public_affairs, name="ours")

    def names(person, group, now=LATER):
        with reading() as session:
            return [(token.name, maker.name) for token, maker in tokens.standing(session, person, group, now)]

    assert names(editor, None) == [("second", "Emil Novák"), ("first", "Emil Novák")]
    assert names(editor, public_affairs, NOW) == [("ours", "Claire Martin")]


def test_of_many_the_last_is_refused(editor):
    for number in range(tokens.MOST):
        made(editor, name=str(number))

    with pytest.raises(Invalid) as refused:
        made(editor)
    assert (refused.value.field, refused.value.values) == ("name", {"most": 20})


def test_its_last_use_is_noted_once_a_minute(editor):
    made(editor)

    def noted(seconds):
        with writing() as session:
            tokens.used(session, 1, NOW + timedelta(seconds=seconds))
        with reading() as session:
            return (session.get_one(Token, 1).last_used_at - NOW).total_seconds()

    assert [noted(seconds) for seconds in (0, 59, 60, 61, 120)] == [0, 0, 60, 60, 120]


def test_it_is_forgotten_a_month_after_its_end(editor):
    made(editor, days=1)
    made(editor, days=90)
    made(editor, days=90)
    ended(2, editor)

    def kept(days):
        with writing() as session:
            tokens.purge(session, NOW + timedelta(days=days, seconds=1))
        with reading() as session:
            return list(session.exec(select(Token.id).order_by(col(Token.id))))

    assert [kept(days) for days in (29, 30, 31, 120)] == [[1, 2, 3], [1, 3], [3], []]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "a\nb"}, {"name": "x" * 81}, {"days": 0}, {"days": 367}, {"scope": "all"}, {"more": 1}]
)
def test_what_is_wrong_with_one_is_refused(wrong):
    with pytest.raises(ValueError, match="1 validation error"):
        TokenForm.model_validate({"name": "Sheet", "scope": Scope.READ} | wrong)

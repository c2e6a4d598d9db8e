"""Invitations: accepted once, sent again, withdrawn, and forgotten."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Event, Invitation, Membership, Person, PersonSession
from models.group import Role
from relais import invitations, sign_in
from relais.access import reader_for
from relais.db import reading, writing
from relais.errors import Missing, Refused, Stale, TooMany
from relais.invitations import BETWEEN_LETTERS, KEPT, LASTS, PER_INVITER, WINDOW, Gone
from tests.days import NOW
from tests.relais.inviting import accept, invite, rows, sent
from tests.relais.postbox import Postbox, drain

SECOND = timedelta(seconds=1)


# --- saying yes ------------------------------------------------------------------------------------------------------


def test_saying_yes_makes_the_account_gives_the_role_and_opens_a_session(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    token = sent(engine)

    opened, group = accept(token)

    with reading() as session:
        ana = sign_in.person_of(session, opened, NOW)
        assert (group.id, ana.email, ana.name, ana.language) == (public_affairs.id, "ana@example.org", "", "en")
        assert reader_for(session, ana).roles == {public_affairs.id: Role.EDITOR}
    (row,) = rows()
    assert (row.email, row.token_hash, row.accepted_at, row.person_id) == ("", None, NOW, ana.id)


def test_what_happened_before_the_first_visit_is_not_new(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)

    accept(sent(engine))

    with reading() as session:
        ana = session.exec(select(Person).where(col(Person.email) == "ana@example.org")).one()
        newest = session.exec(select(Event.id).order_by(col(Event.id).desc()).limit(1)).one()
    assert ana.seen_event_id == newest


def test_somebody_with_an_account_gets_a_second_group(engine, public_affairs, social_tech, coordinator, stranger):
    invite(public_affairs, coordinator, "sofia@relais.test", Role.OBSERVER)

    accept(sent(engine))

    with reading() as session:
        assert reader_for(session, stranger).roles == {social_tech.id: Role.EDITOR, public_affairs.id: Role.OBSERVER}
        assert session.get_one(Person, stranger.id).language == "fr"


def test_somebody_in_the_group_keeps_their_role(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator, "claire@relais.test", Role.OBSERVER)

    accept(sent(engine))

    with reading() as session:
        assert session.exec(select(Membership.role)).all() == [Role.COORDINATOR]


def test_a_link_works_once(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    token = sent(engine)
    accept(token)

    with pytest.raises(Gone):
        accept(token)
    with reading() as session, pytest.raises(Gone):
        invitations.behind(session, token, NOW)


def test_a_link_is_good_for_fourteen_days(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    token = sent(engine)

    with reading() as session:
        assert invitations.behind(session, token, NOW + LASTS - SECOND).group.id == public_affairs.id
        with pytest.raises(Gone):
            invitations.behind(session, token, NOW + LASTS)
    with pytest.raises(Gone):
        accept(token, NOW + LASTS)


# --- again, withdrawn, too often -------------------------------------------------------------------------------------


def test_sent_again_it_has_a_new_link_and_the_first_is_void(engine, public_affairs, coordinator):
    row = invite(public_affairs, coordinator)
    first, later = sent(engine), NOW + timedelta(days=10)
    with writing() as session:
        invitations.send_again(session, session.get_one(Invitation, row.id), version=1, by=coordinator, now=later)

    second = sent(engine, later)

    with pytest.raises(Gone):
        accept(first, later)
    assert accept(second, later + LASTS - SECOND)


def test_asked_again_while_one_waits_it_is_the_same_with_the_new_role(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)

    invite(public_affairs, coordinator, role=Role.OBSERVER, language="fr", now=NOW + BETWEEN_LETTERS)

    assert [(row.role, row.language, row.version) for row in rows()] == [(Role.OBSERVER, "fr", 2)]


def test_withdrawn_it_is_over(engine, public_affairs, coordinator):
    row = invite(public_affairs, coordinator)
    token = sent(engine)
    with writing() as session:
        invitations.withdraw(session, session.get_one(Invitation, row.id), version=1, by=coordinator, now=NOW)

    with pytest.raises(Gone):
        accept(token)
    for verb in (invitations.withdraw, invitations.send_again):
        with writing() as session, pytest.raises(Refused):
            verb(session, session.get_one(Invitation, row.id), version=2, by=coordinator, now=NOW + BETWEEN_LETTERS)


def test_of_two_who_change_one_invitation_the_second_is_told(engine, public_affairs, coordinator):
    row = invite(public_affairs, coordinator)
    with writing() as session:
        invitations.send_again(session, session.get_one(Invitation, row.id), version=1, by=coordinator, now=NOW + BETWEEN_LETTERS)

    with writing() as session, pytest.raises(Stale):
        invitations.withdraw(session, session.get_one(Invitation, row.id), version=1, by=coordinator, now=NOW)


@pytest.mark.parametrize("address", ["nobody@example.org", "sofia@relais.test"])
def test_letters_to_one_address_are_some_time_apart_from_whomever(engine, public_affairs, social_tech, coordinator, stranger, address):
    invite(public_affairs, coordinator, address)

    with pytest.raises(TooMany) as refused:
        invite(social_tech, stranger, address, now=NOW + SECOND)

    assert refused.value.wait == 119
    invite(social_tech, stranger, address, now=NOW + BETWEEN_LETTERS)


def test_one_person_sends_so_many_letters_an_hour(engine, public_affairs, coordinator):
    for number in range(PER_INVITER):
        invite(public_affairs, coordinator, f"x{number}@example.org", now=NOW + number * SECOND)

    with pytest.raises(TooMany) as refused:
        invite(public_affairs, coordinator, "y@example.org", now=NOW + timedelta(minutes=50))

    assert refused.value.wait == 600
    invite(public_affairs, coordinator, "y@example.org", now=NOW + WINDOW)


# --- who sees them, and what is forgotten ----------------------------------------------------------------------------


def test_only_coordinators_see_who_is_invited(engine, public_affairs, coordinator, editor, stranger):
    invite(public_affairs, coordinator)

    with reading() as session:
        seen = [
            [row.email for row in invitations.waiting(session, reader_for(session, person), public_affairs)]
            for person in (coordinator, editor, stranger, None)
        ]
    assert seen == [["ana@example.org"], [], [], []]


def test_an_invitation_of_another_group_is_not_here(engine, public_affairs, social_tech, coordinator):
    row = invite(public_affairs, coordinator)

    with reading() as session, pytest.raises(Missing):
        invitations.find(session, social_tech, row.id)


def test_the_address_is_forgotten_thirty_days_after_the_link_ran_out(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    invite(public_affairs, coordinator, "eva@example.org")
    sent_to = Postbox()
    drain(engine, sent_to)

    drain(engine, Postbox(), NOW + LASTS + KEPT)
    before = [row.email for row in rows()]
    drain(engine, Postbox(), NOW + LASTS + KEPT + SECOND)

    assert before == ["ana@example.org", "eva@example.org"]
    assert [(row.email, row.token_hash, row.withdrawn_at is not None) for row in rows()] == [("", None, True)] * 2


def test_the_address_is_forgotten_thirty_days_after_it_was_withdrawn(engine, public_affairs, coordinator):
    row = invite(public_affairs, coordinator)
    with writing() as session:
        invitations.withdraw(session, session.get_one(Invitation, row.id), version=1, by=coordinator, now=NOW)

    drain(engine, Postbox(), NOW + KEPT)
    before = rows()[0].email
    drain(engine, Postbox(), NOW + KEPT + SECOND)

    assert (before, rows()[0].email) == ("ana@example.org", "")


def test_no_secret_of_the_letter_is_in_the_record(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    token = sent(engine)
    opened, _ = accept(token)

    with reading() as session:
        kept = [row.model_dump_json() for kind in (Invitation, Event, PersonSession) for row in session.exec(select(kind)).all()]
    assert not any(secret in row for secret in (token, opened) for row in kept)

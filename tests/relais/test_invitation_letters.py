"""The letter of an invitation: owed as a row, written and sent by the worker."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import Event, Invitation, Person
from models.event import EventKind
from models.group import Role
from relais import invitations, outbox, sign_in
from relais.db import reading, writing
from relais.errands import AGAIN_AFTER, GIVEN_UP, HELD
from relais.invitations import LASTS, Gone
from relais.mail import NotPosted
from tests.days import NOW
from tests.relais.inviting import accept, invite, rows, sent, the_token
from tests.relais.postbox import Postbox, drain

SECOND = timedelta(seconds=1)


def test_an_invitation_is_owed_and_no_account_is_made(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator, " Ana@Example.ORG ")

    (row,) = rows()
    assert (row.email, row.role, row.due_at, row.token_hash, row.expires_at) == ("ana@example.org", Role.EDITOR, NOW, None, NOW + LASTS)
    with reading() as session:
        assert session.exec(select(Person.email)).all() == ["claire@relais.test"]
        event = session.exec(select(Event)).one()
    assert (event.kind, event.public, event.group_id, event.details) == (
        EventKind.MEMBER_INVITED, False, public_affairs.id, {"role": "editor", "again": False},
    )  # fmt: skip


def test_the_letter_says_who_invites_to_what_and_leads_to_a_page(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    post = Postbox()

    drain(engine, post)

    (letter,) = post
    assert (letter.to, letter.subject) == ("ana@example.org", "Invitation to the working group “European public affairs”")
    for part in (letter.text, letter.html):
        assert "Claire Martin invites you" in part
        assert "As an editor you keep the record" in part
        assert f"http://testserver/en/invitations/{the_token(letter)}" in part
        assert "until 7 December 2026" in part
    (row,) = rows()
    assert (row.due_at, row.sent_at, row.token_hash) == (None, NOW, sign_in.hashed(the_token(letter)))


def test_the_letter_is_in_the_language_that_was_chosen(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator, language="fr")
    post = Postbox()

    drain(engine, post)

    assert post[0].subject == "Invitation dans le groupe de travail «\u00a0Affaires publiques européennes\u00a0»"
    assert "http://testserver/fr/invitations/" in post[0].text


def test_who_invites_without_a_name_is_not_betrayed_by_an_address(engine, public_affairs, coordinator):
    with writing() as session:
        session.get_one(Person, coordinator.id).name = ""
    invite(public_affairs, coordinator)
    post = Postbox()

    drain(engine, post)

    assert "Its coordinators invite you" in post[0].text
    assert "claire@" not in post[0].text + post[0].html


def test_the_letter_loads_nothing_and_follows_nobody(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    post = Postbox()

    drain(engine, post)

    html = post[0].html
    assert "<img" not in html
    assert "src=" not in html
    addresses = {part.split('"')[0] for part in html.split('href="')[1:]}
    assert addresses == {"http://testserver", f"http://testserver/en/invitations/{the_token(post[0])}"}


def test_a_letter_that_is_put_off_is_tried_again_with_a_link_of_its_own(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)
    drain(engine, Postbox(NotPosted("451", again=True)))
    first = rows()[0]

    token = sent(engine, NOW + AGAIN_AFTER[0])

    assert (first.due_at, first.attempts) == (NOW + AGAIN_AFTER[0], 1)
    assert rows()[0].token_hash == sign_in.hashed(token) != first.token_hash


@pytest.mark.parametrize(
    ("failure", "now"), [(NotPosted("550", again=False), NOW), (NotPosted("451", again=True), NOW + GIVEN_UP + SECOND)]
)
def test_a_letter_nobody_will_take_is_given_up_and_its_link_is_void(engine, public_affairs, coordinator, failure, now):
    invite(public_affairs, coordinator)

    drain(engine, Postbox(failure), now)

    assert [(row.due_at, row.sent_at, row.token_hash) for row in rows()] == [(None, None, None)]


def test_a_worker_that_dies_leaves_the_letter_to_another(engine, public_affairs, coordinator):
    invite(public_affairs, coordinator)

    def die(_letter, _now):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outbox.work_once(engine, NOW, die)
    in_hand = Postbox()
    drain(engine, in_hand, NOW + HELD - SECOND)

    assert in_hand == []
    assert sent(engine, NOW + HELD)


def test_a_letter_withdrawn_while_it_was_on_its_way_leads_nowhere(engine, public_affairs, coordinator):
    row = invite(public_affairs, coordinator)
    post = Postbox()

    def withdrawn_meanwhile(letter, now):
        with writing() as session:
            invitations.withdraw(session, session.get_one(Invitation, row.id), version=1, by=coordinator, now=now)
        post.append(letter)

    outbox.work_once(engine, NOW, withdrawn_meanwhile)

    with pytest.raises(Gone):
        accept(the_token(post[0]))
    assert [(row.due_at, row.sent_at) for row in rows()] == [(None, None)]

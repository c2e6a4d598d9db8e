"""The link of a letter that asks an organisation, who sees the request, and what is forgotten of it."""

from datetime import timedelta

import pytest
from itsdangerous import URLSafeSerializer

from models import Confirmation, Position
from models.confirmation import Outcome
from relais import confirmations
from relais.access import VISITOR, reader_for
from relais.confirmations import KEPT, LASTS, answering
from relais.confirmations.answering import Ended
from relais.db import reading
from relais.errors import Missing
from relais.settings import settings
from tests.days import NOW
from tests.public_record import a_corrected_position, a_position, a_proposal, an_actor
from tests.relais.confirming import CONTACT, DAY, LATER, answer, approve, ask, behind, refuse, rows
from tests.relais.postbox import Postbox, drain

SECOND = timedelta(seconds=1)


@pytest.fixture
def guichet(public_affairs):
    an_actor("mednum")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def position(guichet):
    return a_position(guichet, "mednum", on="2022-06-21")


# --- links -----------------------------------------------------------------------------------------------------------


def test_a_link_is_good_for_sixty_days(position, editor):
    token = answering.token(ask(position, editor))

    assert behind(token, NOW + LASTS - SECOND).position.id == position.id
    with pytest.raises(Ended) as ended:
        behind(token, NOW + LASTS)
    assert "60 days, which are over" in str(ended.value)


def test_a_link_made_up_or_signed_for_something_else_leads_nowhere(position, editor):
    row = ask(position, editor)
    other = URLSafeSerializer(settings().key(), salt="relais.following.manage").dumps([row.id, row.link])
    drawn = answering._signed().dumps([row.id, row.link + 1])

    for token in ("x", answering.token(row)[:-1], other, drawn, answering._signed().dumps("x")):
        with pytest.raises(Ended):
            behind(token)


def test_once_the_position_was_corrected_or_hidden_its_link_says_so(guichet, position, editor):
    token = answering.token(ask(position, editor))
    a_corrected_position(guichet, position, editor, actor="mednum", stance="neutral")

    with pytest.raises(Ended) as ended:
        behind(token)
    assert "has changed this entry" in str(ended.value)


# --- who sees them, and what is forgotten ----------------------------------------------------------------------------


def test_only_the_group_finds_it(position, guichet, editor, observer, stranger):
    row = ask(position, editor)

    with reading() as session:
        for person in (editor, observer):
            reader = reader_for(session, person)
            assert confirmations.find(session, row.id, reader)[0].id == row.id
            assert [one.id for one in confirmations.of_actor(session, guichet, position.actor_id, reader)] == [row.id]
        for reader in (VISITOR, reader_for(session, stranger)):
            assert list(confirmations.of_actor(session, guichet, position.actor_id, reader)) == []
            with pytest.raises(Missing):
                confirmations.find(session, row.id, reader)


def emails(engine, now):
    drain(engine, Postbox(), now)
    return [row.email for row in rows()]


def test_the_address_is_forgotten_after_sixty_days(engine, position, editor):
    ask(position, editor)
    drain(engine, Postbox())

    assert (emails(engine, NOW + LASTS - SECOND), emails(engine, NOW + LASTS)) == ([CONTACT], [""])


def test_the_address_is_forgotten_thirty_days_after_the_decision(engine, position, editor, coordinator):
    row = ask(position, editor)
    drain(engine, Postbox())
    answer(row)
    approve(row, coordinator)

    assert (emails(engine, LATER + KEPT - SECOND), emails(engine, LATER + KEPT)) == ([CONTACT], [""])


def test_an_answer_may_be_decided_on_when_the_address_is_forgotten(engine, position, editor, coordinator):
    row = ask(position, editor)
    answer(row)
    drain(engine, Postbox(), NOW + LASTS)

    refuse(row, coordinator, now=NOW + LASTS + DAY)

    assert (rows()[0].outcome, rows()[0].due_at, rows()[0].name) == (Outcome.REFUSED, None, "Iris Vogel")
    with reading() as session:
        assert (session.get_one(Confirmation, row.id).email, session.get_one(Position, position.id).id) == ("", position.id)

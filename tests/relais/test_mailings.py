"""News is owed once, put together per address, and told as a visitor may know it when it is posted."""

from datetime import timedelta

import pytest

from models import Delivery, Mailing, Subscriber
from relais.mail import NotPosted, message_of
from tests.days import NOW
from tests.public_record import a_proposal, moved
from tests.relais.postbox import Postbox, drain
from tests.relais.subscribers import EVERYTHING, GUICHET, follows, rows


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def test_who_follows_twice_over_gets_each_change_once_in_one_letter(engine, guichet):
    moved(guichet, "backed", on="2022-06-22")
    follows("ana", EVERYTHING, GUICHET)
    post = Postbox()

    drain(engine, post, NOW + timedelta(minutes=1))
    drain(engine, post, NOW + timedelta(minutes=2))

    (letter,) = post
    assert letter.to == "ana@relais.test"
    assert len({row.event_id for row in rows(Delivery)}) == len(rows(Delivery))
    message = message_of(letter, NOW)
    assert message["Message-ID"] == rows(Mailing)[0].message_id
    assert message["References"] == "<proposal.guichet@localhost>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe: <http://testserver/en/follow/stop/" in message.as_bytes().replace(b"\r\n ", b" ")


def test_an_address_nobody_has_gets_no_more(engine, guichet):
    follows("ana")

    drain(engine, Postbox(NotPosted("recipient refused with 550", again=False, nobody=True)), NOW)

    assert [(row.ended_at, row.ended_why) for row in rows(Subscriber)] == [(NOW, "recipient refused with 550")]
    assert [row.ended_why for row in rows(Mailing)] == ["refused"]

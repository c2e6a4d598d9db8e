"""Somebody outside asks for letters, agrees to them from a link, changes what they get, and leaves."""

from datetime import timedelta

import pytest

from models import Event, Subscriber, Subscription
from models.subscription import Pace
from models.topic import USUAL
from relais import following
from relais.db import reading, writing
from relais.errors import Invalid, TooMany
from relais.following import asking, consent, links
from relais.following.asking import PER_NETWORK, QUIET, WINDOW
from relais.mailings.links import Ended, Purpose
from tests.days import NOW
from tests.public_record import a_proposal
from tests.relais.following_by_letter import HOME, ask, confirm, letters, rows, token_in

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


# --- asking ----------------------------------------------------------------------------------------------------------


def test_one_letter_asks_for_all_that_was_chosen_and_confirms_nothing(engine, guichet):
    ask("Ines@Relais.test", "proposal/guichet-unique", "everything")

    (letter,) = letters(engine)
    assert (letter.to, letter.subject) == ("ines@relais.test", "Confirm that you want letters from Relais")
    assert "- Everything on the relay\n" in letter.text
    assert f"http://testserver/en/follow/confirm/{token_in(letter)}" in letter.html
    assert [(row.kind, row.key, row.confirmed_at, row.consent) for row in rows(Subscription)] == [
        ("proposal", "guichet-unique", None, ""), ("everything", "", None, ""),
    ]  # fmt: skip
    assert letters(engine, NOW + DAY) == []


def test_the_letter_is_in_the_language_that_was_chosen(engine):
    ask(language="fr")

    (letter,) = letters(engine)
    assert letter.subject == "Confirmez que vous voulez recevoir les lettres de Relais"
    assert "/fr/follow/confirm/" in letter.text


@pytest.mark.parametrize(
    "topics", [["proposal/nowhere"], ["star/everything"], ["proposal"], ["everything/x"], [f"theme/{n}" for n in range(51)]]
)
def test_what_is_not_there_cannot_be_followed(engine, topics):
    with pytest.raises(Invalid) as refused:
        ask("ines@relais.test", *topics)

    assert (refused.value.field, rows(Subscriber)) == ("topics", [])


def test_asking_again_soon_writes_one_letter_more_only_after_a_while(engine):
    ask()
    assert len(letters(engine)) == 1
    ask(now=NOW + SECOND)

    assert letters(engine, NOW + QUIET - SECOND) == []
    assert len(letters(engine, NOW + QUIET)) == 1


def test_a_network_may_ask_for_so_many_addresses_whether_they_are_known_or_not(engine):
    ask("known@relais.test", client="192.0.2.1")
    for n in range(PER_NETWORK):
        ask(f"reader{n}@relais.test", client=f"203.0.113.{n}")

    for email in ("known@relais.test", "unknown@relais.test"):
        with pytest.raises(TooMany) as refused:
            ask(email, now=NOW + SECOND)
        assert refused.value.wait == WINDOW.total_seconds() - 1
    ask("unknown@relais.test", now=NOW + WINDOW)
    ask("elsewhere@relais.test", client="198.51.100.1")


def test_who_types_the_address_of_another_changes_nothing_of_theirs(engine):
    ask(pace="daily")
    confirm(engine)

    ask(now=NOW + DAY, language="fr", pace="at_once", news=["comments"], client="198.51.100.9")

    (row,), (subscriber,) = rows(Subscription), rows(Subscriber)
    assert (row.pace, row.news, row.confirmed_at, row.network) == (Pace.DAILY, list(USUAL), NOW, "203.0.113.0/24")
    (letter,) = letters(engine, NOW + DAY)
    assert (subscriber.language, letter.subject) == ("en", "You follow this already on Relais")
    with reading() as session:
        assert following.subscriber_of(session, token_in(letter)).email == "ines@relais.test"


# --- consent ---------------------------------------------------------------------------------------------------------


def test_consent_keeps_the_words_the_time_and_the_network(engine, guichet):
    ask()
    confirm(engine, NOW + DAY, client="2001:db8:aa:bb::7")

    (row,) = rows(Subscription)
    assert (row.confirmed_at, row.consent, row.network) == (NOW + DAY, consent.VERSION, "2001:db8:aa::/48")
    assert row.since_event == max(event.id for event in rows(Event)) > 0


def test_confirming_twice_changes_nothing(engine):
    ask()
    (letter,) = letters(engine)
    for moment in (NOW, NOW + DAY):
        with writing() as session:
            asking.confirm(session, token_in(letter), HOME, moment)

    assert [row.confirmed_at for row in rows(Subscription)] == [NOW]


def test_a_link_confirms_what_its_letter_named_and_nothing_asked_since(engine, guichet):
    ask("ines@relais.test", "proposal/guichet-unique")
    (letter,) = letters(engine)
    ask("ines@relais.test", "everything", client="198.51.100.9")
    with writing() as session:
        asking.confirm(session, token_in(letter), HOME, NOW)

    assert [(row.key, row.confirmed_at) for row in rows(Subscription)] == [("guichet-unique", NOW), ("", None)]


def test_what_nobody_confirms_is_forgotten_after_seven_days(engine):
    ask()
    (letter,) = letters(engine)
    late = NOW + following.UNCONFIRMED_KEPT
    with pytest.raises(Ended), writing() as session:
        asking.confirm(session, token_in(letter), HOME, late)

    letters(engine, late - SECOND)
    assert len(rows(Subscriber)) == 1
    letters(engine, late)
    assert (rows(Subscriber), rows(Subscription)) == ([], [])


@pytest.mark.parametrize("token", ["", "x", "WzEsMSwiIl0.AAAA", "…"])
def test_a_link_nobody_signed_opens_nothing(engine, token):
    ask()
    with reading() as session:
        for purpose in Purpose:
            with pytest.raises(Ended):
                links.read(session, purpose, token)


def test_a_link_for_one_purpose_is_none_for_another(engine):
    ask()
    subscriber = confirm(engine)
    token = links.token(Purpose.STOP, subscriber)
    with reading() as session, pytest.raises(Ended):
        following.subscriber_of(session, token)

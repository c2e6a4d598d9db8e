"""Asking an organisation to confirm its position: the request, its letter and link, and what is forgotten."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import Event, Proposal
from models.confirmation import State
from relais import confirmations
from relais.confirmations import BETWEEN_LETTERS, LASTS, PER_ASKER, WINDOW, answering
from relais.confirmations.answering import Ended
from relais.db import reading, writing
from relais.errands import AGAIN_AFTER
from relais.errors import Invalid, Refused, Stale, TooMany
from relais.mail import NotPosted
from tests.days import NOW
from tests.public_record import a_corrected_position, a_position, a_proposal, an_actor
from tests.relais.confirming import CONTACT, act, acts, answer, ask, behind, letters, rows, the_link
from tests.relais.postbox import Postbox, drain

SECOND = timedelta(seconds=1)


@pytest.fixture
def guichet(public_affairs):
    an_actor("mednum")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def position(guichet):
    return a_position(guichet, "mednum", on="2022-06-21")


# --- asking ----------------------------------------------------------------------------------------------------------


def test_a_letter_is_owed_and_the_group_is_told_without_the_address(engine, position, editor):
    row = ask(position, editor)

    assert (row.email, row.due_at, row.expires_at, row.state(NOW)) == (CONTACT, NOW, NOW + LASTS, State.WAITING)
    assert acts() == [("confirmation_asked", False, {"again": False, "actor": "mednum"})]
    with reading() as session:
        assert not any(CONTACT in event.model_dump_json() for event in session.exec(select(Event)).all())


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "Is the position of mednum en recorded rightly?", "Recorded as your position: supports (21 Jun 2022)"),
        (
            "fr",
            "mednum fr\xa0: votre position est-elle bien enregistrée\xa0?",
            "Position enregistrée comme la vôtre\xa0: soutient (21 juin 2022)",
        ),
    ],
)
def test_the_letter_says_what_is_recorded_and_leads_to_a_page(engine, position, editor, language, subject, words):
    row = ask(position, editor, language=language)

    (letter,) = letters(engine)

    assert (letter.to, letter.subject) == (CONTACT, subject)
    assert words in letter.text
    assert "Titre de guichet-unique" in letter.text
    assert "Emil Novák" in letter.html
    assert the_link(letter) == f"/{language}/confirm/{answering.token(row)}"
    assert (rows()[0].due_at, rows()[0].sent_at) == (None, NOW)


def test_one_request_is_open_at_a_time(engine, position, editor, coordinator):
    ask(position, editor)

    with pytest.raises(Invalid) as refused:
        ask(position, coordinator, email="other@example.org", now=NOW + LASTS - SECOND)

    assert refused.value.field == "email"
    ask(position, coordinator, email="other@example.org", now=NOW + LASTS)


def test_what_a_visitor_cannot_see_is_not_asked_about(guichet, editor, position):
    kept = a_position(guichet, "mednum", public=False)
    with pytest.raises(Refused):
        ask(kept, editor)
    with writing() as session:
        session.get_one(Proposal, guichet.id).public = False
    with pytest.raises(Refused):
        ask(position, editor)


def test_what_was_corrected_is_not_asked_about(guichet, editor, position):
    a_corrected_position(guichet, position, editor, actor="mednum", stance="neutral")

    with pytest.raises(Refused):
        ask(position, editor)


def test_one_person_asks_so_often_an_hour(guichet, editor):
    asked = [a_position(guichet, "mednum", on=f"{1990 + number}") for number in range(PER_ASKER + 1)]
    for number in range(PER_ASKER):
        ask(asked[number], editor, now=NOW + number * SECOND)

    with pytest.raises(TooMany) as refused:
        ask(asked[-1], editor, now=NOW + timedelta(minutes=50))

    assert refused.value.wait == 600
    ask(asked[-1], editor, now=NOW + WINDOW)


# --- again, withdrawn ------------------------------------------------------------------------------------------------


def test_one_letter_a_day_for_a_request_and_its_link_stays_the_same(engine, position, editor):
    row = ask(position, editor)
    first = the_link(*letters(engine))

    with pytest.raises(TooMany) as refused:
        act(confirmations.send_again, row, editor, now=NOW + BETWEEN_LETTERS - SECOND)
    act(confirmations.send_again, row, editor, now=NOW + BETWEEN_LETTERS)

    assert refused.value.wait == 1
    (letter,) = letters(engine, NOW + BETWEEN_LETTERS)
    assert (the_link(letter), rows()[0].expires_at) == (first, NOW + BETWEEN_LETTERS + LASTS)


def test_withdrawing_and_asking_anew_is_no_way_around_it(position, editor):
    act(confirmations.withdraw, ask(position, editor), editor, now=NOW)

    with pytest.raises(TooMany):
        ask(position, editor, now=NOW + BETWEEN_LETTERS - SECOND)
    ask(position, editor, now=NOW + BETWEEN_LETTERS)


def test_withdrawn_its_link_and_its_letter_are_over(engine, position, editor):
    row = ask(position, editor)
    act(confirmations.withdraw, row, editor, now=NOW)

    assert letters(engine) == []
    with pytest.raises(Ended) as ended:
        behind(answering.token(row))
    assert "withdrawn this request" in str(ended.value)
    assert [kind for kind, _, _ in acts()] == ["confirmation_asked", "confirmation_withdrawn"]
    for verb in (confirmations.withdraw, confirmations.send_again):
        with pytest.raises(Refused):
            act(verb, row, editor, version=2)


def test_once_answered_it_is_not_withdrawn_but_decided_on(position, editor):
    row = ask(position, editor)
    answer(row)

    for verb in (confirmations.withdraw, confirmations.send_again):
        with pytest.raises(Refused) as refused:
            act(verb, row, editor, version=2)
        assert "a coordinator decides" in str(refused.value)


def test_of_two_who_change_one_request_the_second_is_told(position, editor):
    row = ask(position, editor)
    act(confirmations.send_again, row, editor)

    with pytest.raises(Stale):
        act(confirmations.withdraw, row, editor)


# --- the letter fails ------------------------------------------------------------------------------------------------


def test_a_letter_that_fails_is_tried_again_and_one_that_is_refused_is_not(engine, position, editor):
    ask(position, editor)
    drain(engine, Postbox(NotPosted("busy", again=True)))
    assert rows()[0].due_at == NOW + AGAIN_AFTER[0]

    drain(engine, Postbox(NotPosted("nobody", again=False, nobody=True)), NOW + AGAIN_AFTER[0])

    assert (rows()[0].due_at, rows()[0].sent_at) == (None, None)


def test_no_letter_is_sent_about_a_proposal_that_is_not_public_any_more(engine, guichet, position, editor):
    ask(position, editor)
    with writing() as session:
        session.get_one(Proposal, guichet.id).public = False

    assert letters(engine) == []
    assert rows()[0].due_at is None

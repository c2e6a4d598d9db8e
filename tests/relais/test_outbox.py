import json
from datetime import timedelta

from models import SignInRequest
from relais import mail, sign_in
from relais.db import writing
from relais.errands import AGAIN_AFTER, GIVEN_UP
from relais.mail import NotPosted
from relais.settings import settings
from tests.days import NOW
from tests.relais.mail_server import Scripted, free_port, mail_server
from tests.relais.postbox import Postbox, ask, drain, requests

SECOND = timedelta(seconds=1)


# --- answering -------------------------------------------------------------------------------------------------------


def test_a_known_address_gets_a_letter_in_its_persons_language_with_a_link_that_signs_in(engine, editor):
    ask(back="/en/proposals/guichet-unique", language="fr")
    post = Postbox()

    drain(engine, post)

    (letter,) = post
    assert (letter.to, letter.subject) == ("emil@relais.test", "Your link to sign in to Relais")
    link = next(line for line in letter.text.splitlines() if line.startswith("http"))
    assert link.startswith("http://testserver/en/sign-in/")
    with writing() as session:
        _, back = sign_in.redeem(session, link.rpartition("/")[2], NOW + timedelta(minutes=29))
    assert back == "/en/proposals/guichet-unique"


def test_an_unknown_address_gets_nothing_and_both_are_forgotten(engine, editor):
    ask("emil@relais.test")
    ask("nobody@relais.test")
    post = Postbox()

    drain(engine, post, NOW + SECOND)

    assert [letter.to for letter in post] == ["emil@relais.test"]
    assert [(row.address, row.answered_at) for row in requests()] == [("", NOW + SECOND), ("", NOW + SECOND)]


def test_what_is_answered_is_not_answered_again(engine, editor):
    ask()
    post = Postbox()

    drain(engine, post)
    drain(engine, post, NOW + timedelta(days=1))

    assert len(post) == 1


def test_many_requests_for_unknown_addresses_do_not_hold_up_a_known_one(engine, editor):
    with writing() as session:
        session.add_all(
            SignInRequest(address=f"x{n}@relais.test", address_hash="x", client_hash="x", language="fr", asked_at=NOW, due_at=NOW)
            for n in range(120)
        )
    ask(now=NOW + SECOND)
    post = Postbox()

    drain(engine, post, NOW + 2 * SECOND)

    assert len(post) == 1
    assert {row.address for row in requests()} == {""}


def test_the_oldest_is_answered_first(engine, editor, stranger):
    ask("sofia@relais.test", now=NOW + SECOND)
    ask("emil@relais.test", now=NOW)
    post = Postbox()

    drain(engine, post, NOW + 2 * SECOND)

    assert [letter.to for letter in post] == ["emil@relais.test", "sofia@relais.test"]


# --- when the mail server fails --------------------------------------------------------------------------------------


def test_a_letter_put_off_leaves_after_longer_and_longer_waits(engine, editor):
    ask()
    post = Postbox(*[NotPosted("451", again=True)] * 3)
    waits, now = [], NOW

    for _ in range(3):
        drain(engine, post, now)
        waits.append(requests()[0].due_at - now)
        drain(engine, post, requests()[0].due_at - SECOND)
        now = requests()[0].due_at
    drain(engine, post, now)

    assert tuple(waits) == AGAIN_AFTER[:3]
    assert [letter.to for letter in post] == ["emil@relais.test"]
    assert [(row.attempts, row.address, row.answered_at) for row in requests()] == [(4, "", now)]


def test_a_letter_that_will_never_be_taken_is_not_tried_again(engine, editor):
    ask()
    post = Postbox(NotPosted("550", again=False))

    drain(engine, post)

    assert (post, post.failures) == ([], [])
    assert [(row.address, row.answered_at) for row in requests()] == [("", NOW)]


def test_a_letter_nobody_takes_for_two_hours_is_given_up_and_its_address_forgotten(engine, editor):
    ask()
    late = NOW + GIVEN_UP + SECOND

    drain(engine, Postbox(NotPosted("down", again=True)), late)

    assert [(row.address, row.answered_at) for row in requests()] == [("", late)]


def test_one_letter_put_off_does_not_hold_up_the_next(engine, editor, stranger):
    ask("emil@relais.test")
    ask("sofia@relais.test", now=NOW + SECOND)
    post = Postbox(NotPosted("451", again=True))

    drain(engine, post, NOW + SECOND)

    assert [letter.to for letter in post] == ["sofia@relais.test"]


def test_a_refusal_is_logged_without_an_address(engine, editor, capsys):
    ask()

    drain(engine, Postbox(NotPosted("recipient refused with 451", again=True)))

    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["event"], line["why"], line["again"]) == ("letter_not_posted", "recipient refused with 451", True)
    assert "emil" not in json.dumps(line)


# --- through a real mail server --------------------------------------------------------------------------------------


def test_greylisting_is_outwaited(engine, editor, house):
    ask()
    server = Scripted(recipient=("451 later", "451 later"))
    with mail_server(server) as port:
        house.setenv("RELAIS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        settings.cache_clear()
        for delay in (timedelta(0), timedelta(minutes=1), timedelta(minutes=10)):
            drain(engine, mail.post, NOW + delay)

    assert (server.tries, [letter["To"] for letter in server.taken]) == (3, ["emil@relais.test"])


def test_an_unknown_mailbox_is_tried_once(engine, editor, house):
    ask()
    server = Scripted(recipient=("550 no such person",))
    with mail_server(server) as port:
        house.setenv("RELAIS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        settings.cache_clear()
        for delay in range(3):
            drain(engine, mail.post, NOW + delay * timedelta(minutes=10))

    assert (server.tries, server.taken) == (1, [])


def test_a_mail_server_that_is_down_gets_the_letter_when_it_is_back(engine, editor, house):
    ask()
    house.setenv("RELAIS_SMTP_URL", f"smtp://127.0.0.1:{(port := free_port())}")
    settings.cache_clear()
    drain(engine, mail.post)

    server = Scripted()
    with mail_server(server, port=port):
        drain(engine, mail.post, NOW + AGAIN_AFTER[0])

    assert [letter["To"] for letter in server.taken] == ["emil@relais.test"]

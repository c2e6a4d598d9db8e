"""How often a receiver is asked again, when a webhook ends, what a killed worker leaves, and what every call is signed with."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook as Verifier

from models import Event, Notice, WebhookAttempt, WebhookKey, WebhookMessage
from models import Webhook as Row
from models.event import EventKind
from models.webhook import WebhookEnd
from relais import webhooks
from relais.db import writing
from relais.notices import owing as notice_owing
from relais.webhooks import calls, courier, owing, schedule, signing
from relais.webhooks.answer import Answer
from tests.days import NOW
from tests.public_record import a_proposal, moved
from tests.relais.webhooks_told import Receivers, a_webhook, act, deliver, owe, rows, salts

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def states():
    return [(row.running, row.ended_why, row.failing_since is not None) for row in rows(Row)]


# --- how often -------------------------------------------------------------------------------------------------------


def test_a_message_is_tried_by_the_schedule_with_one_name_until_there_were_enough(engine, public_affairs, coordinator, guichet):
    a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    send, now, waited = Receivers(*[500] * 20), NOW, []

    deliver(engine, now, send)
    while due := rows(WebhookMessage)[0].due_at:
        waited.append((due - now) / schedule.WAITS[len(waited)])
        now = max(due, now + schedule.REST)
        with writing() as session:  # that it fails for three days ends it elsewhere
            session.get_one(Row, rows(Row)[0].id).failing_since = None
        deliver(engine, now, send)

    assert (len(waited), [0.9 <= share <= 1.1 for share in waited]) == (9, [True] * 9)
    assert (len(send.called), len({name for _, name, _, _ in send.called})) == (10, 1)
    assert [row.status for row in rows(WebhookAttempt)] == [500] * 10


@pytest.mark.parametrize("answer", [301, 302, 400, 404, 429, 500, 503, Answer(None, "No answer in time")])
def test_nothing_but_success_takes_a_message(engine, public_affairs, coordinator, guichet, answer):
    a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    send = Receivers(answer, 204)

    deliver(engine, NOW, send)
    waiting = [(row.taken_at, row.attempts) for row in rows(WebhookMessage)]
    deliver(engine, NOW + 61 * SECOND, send)

    assert (waiting, [row.taken_at for row in rows(WebhookMessage)]) == ([(None, 1)], [NOW + 61 * SECOND])


def test_a_busy_receiver_is_left_alone_as_long_as_it_asks_but_never_above_an_hour(engine, public_affairs, coordinator, guichet):
    a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")

    deliver(engine, NOW, Receivers(Answer(429, again=600)))
    first = rows(Row)[0].rest_until
    deliver(engine, NOW + 600 * SECOND, Receivers(Answer(503, again=999_999)))

    assert (first, rows(Row)[0].rest_until) == (NOW + 600 * SECOND, NOW + 600 * SECOND + timedelta(hours=1))


def test_after_410_it_is_called_no_more_and_the_coordinators_are_told(engine, public_affairs, coordinator, editor, guichet):
    a_webhook(public_affairs, coordinator)
    with writing() as session:
        notice_owing.batch(session, NOW)
    moved(guichet, "backed", "2022-07-01")
    send = Receivers(410)

    deliver(engine, NOW, send)
    moved(guichet, "taken_up", "2022-08-01")
    deliver(engine, NOW + DAY, send)
    with writing() as session:
        notice_owing.batch(session, NOW)

    assert (len(send.called), states()) == (1, [(False, WebhookEnd.GONE, True)])
    assert [event.details for event in rows(Event) if event.kind is EventKind.WEBHOOK_ENDED] == [
        {"name": "Archive", "slug": "european-public-affairs", "why": "gone"}
    ]
    assert [(row.person_id, row.kind.value) for row in rows(Notice)] == [(coordinator.id, "waiting")]


def test_one_that_fails_for_three_days_ends_and_one_success_makes_it_well(engine, public_affairs, coordinator, guichet):
    webhook = a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    deliver(engine, NOW, Receivers(500))
    deliver(engine, NOW + 2 * DAY, Receivers(200))
    well = states()
    moved(guichet, "taken_up", "2022-08-01")
    deliver(engine, NOW + 4 * DAY, Receivers(500))
    deliver(engine, NOW + 7 * DAY - SECOND, Receivers(500))
    failing = states()
    deliver(engine, NOW + 8 * DAY, Receivers(500))

    assert (well, failing) == ([(True, None, False)], [(True, None, True)])
    assert states() == [(False, WebhookEnd.FAILING, True)]

    act(webhooks.start, webhook, public_affairs, coordinator, now=NOW + 9 * DAY)
    send = Receivers()
    deliver(engine, NOW + 9 * DAY, send)
    assert (states(), send.called) == ([(True, None, False)], [])


def test_one_to_which_more_is_owed_than_it_could_take_ends(engine, public_affairs, coordinator, guichet, monkeypatch):
    monkeypatch.setattr(owing, "MOST_WAITING", 2)
    for name in ("slow", "quick"):
        a_webhook(public_affairs, coordinator, name=name)
    seen = []
    for stage in ("backed", "taken_up", "adopted"):
        moved(guichet, stage, "2022-07-01")
        owe()
        with writing() as session:
            session.get_one(WebhookMessage, rows(WebhookMessage)[-1].id).due_at = None  # the quick one took it
        seen.append([row.running for row in rows(Row)])

    assert seen == [[True, True], [True, True], [False, True]]
    assert [row.due_at for row in rows(WebhookMessage)] == [None] * 6


# --- workers ---------------------------------------------------------------------------------------------------------


def test_a_worker_that_dies_with_a_call_in_hand_leaves_it_to_another_under_the_same_name(engine, public_affairs, coordinator, guichet):
    a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    owe()
    with writing() as session:
        first = calls.next_call(session, NOW)
    with writing() as session:
        meanwhile = calls.next_call(session, NOW + 60 * SECOND)
    send = Receivers()

    courier.drain(engine, lambda: NOW + calls.HELD, send)

    assert (meanwhile, [name for _, name, _, _ in send.called]) == (None, [first.name])


def test_sent_again_while_a_call_is_under_way_it_is_tried_from_the_first_wait_on(engine, public_affairs, coordinator, guichet):
    webhook = a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    owe()
    with writing() as session:
        call = calls.next_call(session, NOW)
    with writing() as session:
        calls.again(session, session.get_one(Row, webhook.id), session.get_one(WebhookMessage, call.message_id), NOW)
    with writing() as session:
        calls.settle(session, call, Answer(500), NOW)

    assert NOW < rows(WebhookMessage)[0].due_at < NOW + 6 * SECOND


def test_one_webhook_has_one_call_at_a_time_and_others_do_not_wait(engine, public_affairs, coordinator, guichet):
    slow, quick = (a_webhook(public_affairs, coordinator, name=name) for name in ("slow", "quick"))
    moved(guichet, "backed", "2022-07-01")
    moved(guichet, "taken_up", "2022-08-01")
    owe()

    with writing() as session:
        taken = [calls.next_call(session, NOW) for _ in range(3)]

    assert [call and call.webhook_id for call in taken] == [slow.id, quick.id, None]


def test_signed_with_every_key_in_use_as_another_implementation_reads_it(public_affairs, coordinator):
    webhook = a_webhook(public_affairs, coordinator)
    first = signing.secret(salts(webhook)[0])
    act(webhooks.add_key, webhook, public_affairs, coordinator)
    second = signing.secret(rows(WebhookKey)[-1].salt)
    body = '{"é": 1}'.encode()

    both = signing.headers(salts(webhook), "msg_1", body, datetime.now(UTC))
    act(webhooks.end_keys, webhook, public_affairs, coordinator)
    last = signing.headers(salts(webhook), "msg_1", body, datetime.now(UTC))

    assert [Verifier(secret).verify(body, both) for secret in (first, second)] == [{"é": 1}] * 2
    assert Verifier(second).verify(body, last) == {"é": 1}
    with pytest.raises(Exception, match="No matching signature"):
        Verifier(first).verify(body, last)


def test_the_golden_vector_of_the_specification_is_signed_as_it_says(monkeypatch):
    """From the libraries of standardwebhooks.com: secret, id, moment and body, and the signature they all make of them."""
    monkeypatch.setattr(signing, "_bytes", lambda _: b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    moment = datetime.fromtimestamp(1614265330, UTC)

    made = signing.headers(["any"], "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', moment)

    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

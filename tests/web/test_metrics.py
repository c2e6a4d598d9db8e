"""What is measured, and who may read it."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from models import Webhook
from models.webhook import WebhookEnd
from relais import backlog
from relais.asgi import app
from relais.backlog import Pile
from relais.db import reading, writing
from relais.settings import now, settings
from relais.webhooks import calls
from tests.days import NOW
from tests.public_record import counted
from tests.relais.following_by_letter import ask as ask_to_follow
from tests.relais.following_by_letter import letters
from tests.relais.postbox import ask
from tests.relais.webhooks_told import Receivers, a_webhook, deliver, owe

MINUTE = timedelta(minutes=1)
NONE = Pile(0, 0, None, None)


def asked(peer="127.0.0.1", host="http://127.0.0.1", **headers):
    return TestClient(app, base_url=host, client=(peer, 5000)).get("/metrics", headers=headers)


def measured(answer):
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in answer.text.splitlines() if line.startswith("relais_")}


def piles(at=NOW):
    with reading() as session:
        return {name: pile for name, pile in backlog.piles(session, at).items() if pile != NONE}


# --- the piles -------------------------------------------------------------------------------------------------------


def test_nothing_is_owed_at_first(engine):
    assert piles() == {}


def test_what_is_asked_for_waits_until_a_letter_is_posted(engine, editor):
    ask()
    ask_to_follow("ines@relais.test")
    waiting = piles(NOW + MINUTE)

    letters(engine, NOW + MINUTE)

    assert waiting == {"sign_in": Pile(1, 1, NOW, None), "consent": Pile(1, 1, NOW, None)}
    assert piles(NOW + MINUTE) == {"sign_in": Pile(0, 0, None, NOW + MINUTE), "consent": Pile(0, 0, None, NOW + MINUTE)}


def test_a_call_that_failed_is_owed_later(engine, public_affairs, coordinator):
    webhook = a_webhook(public_affairs, coordinator)
    with writing() as session:
        calls.test(session, session.get_one(Webhook, webhook.id), NOW)
    deliver(engine, NOW, Receivers(500))
    later = piles()["webhooks"]
    deliver(engine, NOW + 2 * MINUTE, Receivers(204))

    assert (later, piles()["webhooks"]) == (Pile(1, 0, None, None), Pile(0, 0, None, NOW + 2 * MINUTE))


def test_they_take_as_many_queries_with_one_row_as_with_three(engine, editor, stranger, observer):
    told = []
    for more in (["emil"], ["sofia", "oskar"]):
        for name in more:
            ask(f"{name}@relais.test")
        with reading() as session, counted(engine) as said:
            backlog.piles(session, NOW)
        told.append(len(said))

    assert told == [7, 7]


# --- /metrics --------------------------------------------------------------------------------------------------------


def test_prometheus_reads_it_from_this_machine(engine, public_affairs, coordinator):
    ask("claire@relais.test", now=now() - MINUTE)
    for ended in (False, True):
        webhook = a_webhook(public_affairs, coordinator)
        if not ended:
            owe()  # and one event is not read
        else:
            with writing() as session:
                session.get_one(Webhook, webhook.id).sqlmodel_update({"ended_at": NOW, "ended_why": WebhookEnd.GONE})

    answer = asked()

    found = measured(answer)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/plain")
    assert (found['relais_owed{pile="sign_in"}'], found['relais_due{pile="sign_in"}']) == (1, 1)
    assert 60 <= found['relais_oldest_due_seconds{pile="sign_in"}'] < 600
    assert (found['relais_webhooks{state="running"}'], found['relais_webhooks{state="ended"}']) == (1, 1)
    assert found["relais_newest_event"] == 2
    assert found['relais_unread_events{reader="webhooks"}'] == 1
    assert "process_cpu_seconds_total" in answer.text
    assert "claire" not in answer.text


@pytest.mark.parametrize(
    ("peer", "host", "headers"),
    [
        ("203.0.113.9", "http://127.0.0.1", {}),
        ("127.0.0.1", "http://relais.example.org", {}),
        ("127.0.0.1", "http://127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}),
        ("127.0.0.1", "http://127.0.0.1", {"Forwarded": "for=203.0.113.9"}),
    ],
)
def test_to_anybody_else_it_is_not_there(engine, peer, host, headers):
    assert asked(peer, host, **headers).status_code == 404


def test_networks_that_are_named_may_read_it_also_behind_a_proxy(engine, house):
    house.setenv("RELAIS_METRICS_NETWORKS", "10.20.0.0/16")
    house.setenv("RELAIS_TRUSTED_PROXIES", "1")
    settings.cache_clear()
    behind = {"X-Forwarded-For": "10.20.0.9"}

    codes = [asked("10.20.3.4"), asked("10.21.0.1"), asked("10.99.0.1", **behind), asked("10.20.0.1", **{"X-Forwarded-For": "8.8.8.8"})]

    assert [answer.status_code for answer in codes] == [200, 404, 200, 404]

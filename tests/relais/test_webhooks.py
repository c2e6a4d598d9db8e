"""Webhooks: who is told what, once, in which words; and what coordinators do with them."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Event, WebhookKey, WebhookMessage
from models import Webhook as Row
from models.webhook import KEYS, PER_GROUP
from relais import webhooks
from relais.db import reading, writing
from relais.errors import Invalid, Refused, Stale
from relais.webhooks import calls
from tests.days import NOW
from tests.public_record import a_comment, a_position, a_proposal, an_actor, moved
from tests.relais.webhooks_told import Receivers, a_webhook, act, deliver, owe, rows

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def told(send):
    return [json.loads(body)["type"] for _, _, body, _ in send.called]


# --- what is told ----------------------------------------------------------------------------------------------------


def test_it_is_told_each_act_of_its_kinds_since_it_was_added_once(engine, public_affairs, coordinator, commenter, guichet):
    an_actor("ngi")
    a_webhook(public_affairs, coordinator, kinds=("stage", "positions"))
    moved(guichet, "backed", "2022-07-01")
    a_position(guichet, "ngi")
    a_comment(guichet, commenter, "Oui", public=True)
    send = Receivers()

    deliver(engine, send=send)
    deliver(engine, send=send)

    assert told(send) == ["stage.moved", "position.recorded"]


def test_a_message_says_it_in_both_languages_with_where_it_stands(engine, public_affairs, coordinator, guichet):
    a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01", reason_fr="Une déclaration", reason_en="A declaration")
    event = rows(Event)[-1]
    send = Receivers()

    deliver(engine, send=send)

    assert json.loads(send.called[0][2]) == {
        "type": "stage.moved",
        "timestamp": "2026-11-23T10:00:00Z",
        "data": {
            "event": event.id,
            "news": "stage",
            "proposal": "guichet",
            "record": "http://testserver/proposals/guichet.json",
            "fr": {
                "title": "Étape changée\u00a0: Titre de guichet, de «\u00a0publiée\u00a0» à «\u00a0soutenue\u00a0»",
                "text": "1er juil. 2022. Une déclaration",
                "who": "Relais",
                "url": "http://testserver/fr/proposals/guichet#timeline",
            },
            "en": {
                "title": "Stage moved: Titre de guichet, from published to backed",
                "text": "1 Jul 2022. A declaration",
                "who": "Relais",
                "url": "http://testserver/en/proposals/guichet#timeline",
            },
        },
    }


def test_what_happens_before_a_worker_ever_ran_is_told_and_what_was_before_the_webhook_is_not(engine, public_affairs, coordinator, guichet):
    moved(guichet, "backed", "2022-07-01")
    a_webhook(public_affairs, coordinator)
    moved(guichet, "taken_up", "2022-08-01")
    send = Receivers()

    deliver(engine, send=send)

    assert [json.loads(body)["data"]["en"]["title"].rpartition(" to ")[2] for _, _, body, _ in send.called] == ["taken up"]


def test_only_what_a_visitor_may_know_is_told(engine, public_affairs, coordinator, guichet):
    an_actor("ngi")
    a_webhook(public_affairs, coordinator, topic="group/european-public-affairs", kinds=("stage", "positions", "text"))
    a_position(guichet, "ngi", public=False)
    moved(a_proposal("kept", public_affairs, public=False), "backed", "2022-07-01")
    send = Receivers()

    deliver(engine, send=send)

    assert told(send) == []


def test_it_is_told_of_its_topic_alone(engine, public_affairs, social_tech, coordinator, guichet):
    other = a_proposal("other", social_tech)
    for topic in ("everything", "group/european-public-affairs", "proposal/guichet"):
        a_webhook(public_affairs, coordinator, topic=topic, url=f"https://hooks.example.org/{topic}")
    for proposal in (guichet, other):
        moved(proposal, "backed", "2022-07-01")
    send = Receivers()

    deliver(engine, send=send)

    assert sorted((url.rpartition("org/")[2], json.loads(body)["data"]["proposal"]) for url, _, body, _ in send.called) == [
        ("everything", "guichet"), ("everything", "other"), ("group/european-public-affairs", "guichet"), ("proposal/guichet", "guichet"),
    ]  # fmt: skip


def test_the_longest_news_there_can_be_makes_no_message_above_20_kb(engine, public_affairs, coordinator, guichet):
    a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01", reason_fr="é" * 1000, reason_en="“" * 1000)

    owe()

    assert [len(row.body.encode()) < 20_000 for row in rows(WebhookMessage)] == [True]


# --- coordinators ----------------------------------------------------------------------------------------------------


def test_stopped_it_is_told_nothing_and_started_what_is_recorded_from_then_on(engine, public_affairs, coordinator, guichet):
    webhook = a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    owe()
    act(webhooks.stop, webhook, public_affairs, coordinator)
    moved(guichet, "taken_up", "2022-08-01")
    send = Receivers()
    deliver(engine, NOW, send)
    act(webhooks.start, webhook, public_affairs, coordinator)
    moved(guichet, "adopted", "2022-09-01")

    deliver(engine, NOW, send)

    assert [json.loads(body)["data"]["en"]["title"].rpartition(" ")[2] for _, _, body, _ in send.called] == ["adopted"]


def test_what_is_refused(public_affairs, social_tech, coordinator, guichet):
    other = a_proposal("other", social_tech)
    for topic in ("nonsense", "proposal/none", f"proposal/{other.slug}", "group/social-tech-skills", "everything/x"):
        with pytest.raises(Invalid):
            a_webhook(public_affairs, coordinator, topic=topic)
    webhook = a_webhook(public_affairs, coordinator)
    with pytest.raises(Stale):
        act(webhooks.stop, webhook, public_affairs, coordinator, version=7)
    for _ in range(KEYS - 1):
        act(webhooks.add_key, webhook, public_affairs, coordinator)
    with pytest.raises(Refused):
        act(webhooks.add_key, webhook, public_affairs, coordinator)
    for _ in range(PER_GROUP - 1):
        a_webhook(public_affairs, coordinator)
    with pytest.raises(Refused):
        a_webhook(public_affairs, coordinator)


def test_what_was_told_is_forgotten_after_thirty_days_and_what_is_owed_is_not(engine, public_affairs, coordinator, guichet):
    webhook = a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    deliver(engine, NOW, Receivers())
    moved(guichet, "taken_up", "2022-08-01")
    owe()

    for at in (NOW + 30 * DAY, NOW + 30 * DAY + SECOND):
        with writing() as session:
            webhooks.purge(session, at)
    left = [row.taken_at for row in rows(WebhookMessage)]
    act(webhooks.remove, webhook, public_affairs, coordinator, now=NOW)
    with writing() as session:
        webhooks.purge(session, NOW + 31 * DAY)

    assert (left, rows(WebhookMessage), rows(Row), rows(WebhookKey)) == ([None], [], [], [])


def test_a_test_and_one_more_time_are_for_one_that_runs(engine, public_affairs, coordinator, guichet):
    webhook = a_webhook(public_affairs, coordinator)
    moved(guichet, "backed", "2022-07-01")
    send = Receivers()
    deliver(engine, NOW, send)
    with writing() as session:
        row = session.get_one(Row, webhook.id)
        calls.test(session, row, NOW)
        calls.again(session, row, session.exec(select(WebhookMessage).order_by(col(WebhookMessage.id))).first(), NOW)
    deliver(engine, NOW, send)
    names = [name for _, name, _, _ in send.called]

    assert (sorted(told(send)), names.count(names[0])) == (["stage.moved", "stage.moved", "webhook.test"], 2)
    act(webhooks.stop, webhook, public_affairs, coordinator)
    with reading() as session, pytest.raises(Refused):
        calls.test(session, session.get_one(Row, webhook.id), NOW)

"""Webhooks on the pages of a group: added, changed, stopped, removed; their secrets, what was told and what came back."""

import json

import pytest
from sqlmodel import col, select

from models import Event, Webhook, WebhookKey, WebhookMessage
from models.event import EventKind
from models.webhook import WebhookEnd
from relais.db import reading, writing
from relais.settings import now
from relais.webhooks import addresses, signing
from relais.webhooks.addresses import Target
from relais.webhooks.answer import Answer
from tests.days import NOW
from tests.public_record import a_proposal, counted, moved
from tests.relais.webhooks_told import HOOK, Receivers, a_webhook, deliver
from tests.web.reading import read

HOME = "/en/groups/european-public-affairs/webhooks"
HTMX = {"HX-Request": "true"}
TYPED = {"name": "Archive", "url": HOOK, "topic": "everything", "kinds": ["stage", "text"], "version": "0"}


@pytest.fixture
def resolved(monkeypatch):
    """The addresses that are looked up, which all are public."""
    asked = []
    monkeypatch.setattr(addresses, "reachable", lambda url: asked.append(url) or Target("hooks.example.org", 443, "93.184.216.34"))
    return asked


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def states():
    return [(row.name, row.running, row.version) for row in rows(Webhook)]


# --- added and changed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_coordinator_adds_one_and_lands_on_its_page(as_coordinator, resolved, headers):
    answer = as_coordinator.post(f"{HOME}/new", data=TYPED, headers=headers)

    assert answer.headers["HX-Redirect" if headers else "Location"] == f"{HOME}/1"
    assert (resolved, [(row.url, row.topic.value, row.kinds) for row in rows(Webhook)]) == (
        [HOOK],
        [(HOOK, "everything", ["stage", "text"])],
    )
    page = read(as_coordinator.get(f"{HOME}/1"))
    assert (page.one("h1").words, page.one("p", class_="lead").words) == ("Archive", "Running")
    assert signing.secret(rows(WebhookKey)[0].salt) in as_coordinator.get(f"{HOME}/1").text


def test_where_it_leads_and_its_secret_are_in_no_event_and_only_coordinators_hear_of_it(as_coordinator, as_editor, resolved):
    as_coordinator.post(f"{HOME}/new", data=TYPED)

    (event,) = [event for event in rows(Event) if event.kind is EventKind.WEBHOOK_ADDED]
    assert (event.public, event.details) == (False, {"name": "Archive", "slug": "european-public-affairs"})
    heard = ["Webhook added in" in asker.get("/en/activity").text for asker in (as_coordinator, as_editor)]
    assert heard == [True, False]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "Name: Fill this in"),
        ({"url": "https://127.0.0.1/"}, "Address: This address leads to a machine that is not on the public Internet"),
        (
            {"url": "https://user:pw@hooks.example.org/"},
            "Address: Write an address that starts with https:// and a name, without a password",
        ),
        ({"kinds": []}, "News: Choose at least one kind of news"),
        ({"topic": "proposal/none"}, "Told of: Choose one from the list"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(as_coordinator, monkeypatch, wrong, message, headers):
    if "url" not in wrong:
        monkeypatch.setattr(addresses, "reachable", lambda _: None)

    answer = as_coordinator.post(f"{HOME}/new", data=TYPED | wrong, headers=headers)

    page = read(answer)
    assert (answer.status_code, [one.words for one in page.one(id="f-errors").all("li")]) == (422, [message])
    assert page.one(id="f-url")["value"] == (TYPED | wrong)["url"]
    assert rows(Webhook) == []


def test_no_name_is_looked_up_for_who_may_not_ask(visitor, as_editor, as_stranger, resolved):
    answers = [asker.post(f"{HOME}/new", data=TYPED).status_code for asker in (visitor, as_editor, as_stranger)]

    assert (answers, resolved) == ([401, 403, 404], [])


def test_who_saves_second_sees_what_stands_now_beside_what_was_typed(as_coordinator, public_affairs, coordinator, resolved):
    a_webhook(public_affairs, coordinator)
    first = as_coordinator.post(f"{HOME}/1/edit", data=TYPED | {"name": "First", "version": "1"})

    second = as_coordinator.post(f"{HOME}/1/edit", data=TYPED | {"name": "Second", "version": "1"})

    page = read(second)
    assert (first.status_code, second.status_code, states()) == (303, 409, [("First", True, 2)])
    assert (page.one(id="f-name")["value"], "First" in page.one("table").words) == ("Second", True)
    assert [field["value"] for field in page.all("input") if field["name"] == "version"] == ["2"]


# --- its page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_is_stopped_and_run_again(as_coordinator, public_affairs, coordinator, headers):
    a_webhook(public_affairs, coordinator)

    seen = []
    for act, version in (("stop", "1"), ("start", "2")):
        as_coordinator.post(f"{HOME}/1/{act}", data={"version": version}, headers=headers)
        seen.append(read(as_coordinator.get(f"{HOME}/1")).one("p", class_="lead").words.split(",")[0])
    late = as_coordinator.post(f"{HOME}/1/stop", data={"version": "1"}, headers=headers)

    assert (seen, late.status_code) == (["Stopped", "Running"], 409)
    assert "Somebody changed this in between. This is how it stands now." in late.text


def test_removed_it_is_not_there_any_more(as_coordinator, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)

    answer = as_coordinator.post(f"{HOME}/1/removal", data={"version": "1"})

    assert (answer.headers["Location"], as_coordinator.get(f"{HOME}/1").status_code) == (HOME, 404)
    assert "No webhook yet" in as_coordinator.get(HOME).text


def test_a_secret_is_changed_without_a_gap(as_coordinator, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)

    as_coordinator.post(f"{HOME}/1/keys", data={"version": "1"})
    both = [key.salt for key in rows(WebhookKey)]
    page = as_coordinator.get(f"{HOME}/1").text
    as_coordinator.post(f"{HOME}/1/keys/end", data={"version": "2"})

    assert [signing.secret(salt) in page for salt in both] == [True, True]
    assert [key.salt for key in rows(WebhookKey)] == both[1:]


def test_a_test_is_sent_by_the_worker_and_its_answer_stands_in_the_log(engine, as_coordinator, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)

    answer = as_coordinator.post(f"{HOME}/1/tests", data={"version": "1"})
    before = read(as_coordinator.get(f"{HOME}/1")).one(id="log").words
    deliver(engine, now(), Receivers(Answer(503, ms=1234)))
    after = read(as_coordinator.get(f"{HOME}/1")).one(id="log").words

    assert answer.headers["Location"] == f"{HOME}/1#log"
    assert ("On its way" in before, "(1 call: answer 503, 1,234 ms)" in after) == (True, True)
    message = read(as_coordinator.get(f"{HOME}/1/messages/1"))
    assert json.loads(message.one("pre").words) == {"type": "webhook.test", "timestamp": rows_at(), "data": {"name": "Archive"}}


def rows_at():
    return json.loads(rows(WebhookMessage)[0].body)["timestamp"]


def test_a_message_is_sent_again_under_its_name(engine, as_coordinator, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)
    moved(a_proposal("guichet", public_affairs), "backed", "2022-07-01")
    send = Receivers()
    deliver(engine, NOW, send)

    as_coordinator.post(f"{HOME}/1/messages/1/again")
    deliver(engine, now(), send)

    assert [call[1:3] for call in send.called].count(send.called[0][1:3]) == 2


def test_one_that_ended_says_why_and_takes_no_test(as_coordinator, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)
    with writing() as session:
        row = session.get_one(Webhook, 1)
        row.ended_at, row.ended_why = NOW, WebhookEnd.GONE

    answer = as_coordinator.post(f"{HOME}/1/tests")

    page = read(answer)
    assert (answer.status_code, "This webhook is not running: run it again first" in page.one(class_="err").words) == (409, True)
    assert page.one("p", class_="lead").words.startswith("Ended: the receiver said it is gone")


def test_a_webhook_of_another_group_is_not_there(as_coordinator, social_tech, stranger):
    a_webhook(social_tech, stranger)

    assert [as_coordinator.get(f"{HOME}/1{end}").status_code for end in ("", "/edit", "/messages/1")] == [404] * 3


def test_pages_take_as_many_queries_with_one_as_with_three(engine, as_coordinator, public_affairs, coordinator):
    told = []
    for more in (1, 2):
        for _ in range(more):
            a_webhook(public_affairs, coordinator)
            as_coordinator.post(f"{HOME}/1/tests")
        deliver(engine, now(), Receivers())
        for path in (HOME, f"{HOME}/1"):
            with counted(engine) as said:
                as_coordinator.get(path)
            told.append(len(said))

    assert told[:2] == told[2:]

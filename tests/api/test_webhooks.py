"""A program looks after the webhooks of a group: added, changed, stopped, their secrets, what they were told."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Event, TokenWrite, Webhook, WebhookKey, WebhookMessage
from relais.db import reading
from relais.errors import Invalid
from relais.settings import now
from relais.webhooks import addresses, signing
from relais.webhooks.answer import Answer
from tests.api.conftest import with_token
from tests.public_record import counted
from tests.relais.webhooks_told import HOOK, Receivers, a_webhook, deliver

HOME = "groups/european-public-affairs/webhooks"
TYPED = {"name": "Archive", "url": HOOK, "topic": "everything", "kinds": ["text", "stage"]}


REACHABLE = addresses.reachable


def nowhere(_url):
    raise Invalid(addresses.NOT_FOUND, field="url")


@pytest.fixture
def runs(coordinator):
    return with_token(coordinator, "manage")


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def seen(tag):
    return {"If-Match": f'"{tag}"'}


def test_one_is_added_looked_up_first_and_is_in_the_list(runs, resolved, coordinator):
    made = runs.post(HOME, json=TYPED)
    told = made.json()

    assert (made.status_code, made.headers["Location"], made.headers["ETag"]) == (201, f"http://testserver/api/v1/{HOME}/1", '"1"')
    assert {name: told[name] for name in (*TYPED, "running", "version")} == TYPED | {
        "kinds": ["stage", "text"], "running": True, "version": 1,
    }  # fmt: skip
    assert (runs.get(HOME).json()["items"], runs.get(f"{HOME}/1").json(), resolved) == ([told], told, [HOOK])
    assert [(event.kind.value, event.actor_id) for event in rows(Event)][-1] == ("webhook_added", coordinator.id)


def test_what_is_sent_twice_is_answered_as_it_was_though_its_name_is_gone(runs, monkeypatch):
    key = {"Idempotency-Key": "one"}
    made = runs.post(HOME, json=TYPED, headers=key)
    monkeypatch.setattr(addresses, "reachable", nowhere)

    again = runs.post(HOME, json=TYPED, headers=key)
    other = runs.post(HOME, json=TYPED | {"name": "Other"}, headers=key)
    assert (again.status_code, again.json(), other.status_code, len(rows(Webhook))) == (201, made.json(), 422, 1)
    assert runs.post(HOME, json=TYPED, headers={"Idempotency-Key": "two"}).status_code == 422


def test_only_who_runs_the_group_makes_relais_look_a_name_up(runs, resolved, coordinator, editor, stranger):
    answers = [with_token(one).post(HOME, json=TYPED).status_code for one in (coordinator, editor, stranger)]

    assert (answers, resolved) == ([403, 403, 404], [])
    assert runs.post(HOME, json=TYPED | {"kinds": []}).status_code == 422
    assert (resolved, rows(Webhook)) == ([], [])


def test_an_address_that_may_not_be_called_is_named(runs, monkeypatch):
    monkeypatch.setattr(addresses, "reachable", REACHABLE)
    for url in ("https://127.0.0.1/hook", "http://example.org", "https://user:word@example.org"):
        answer = runs.post(HOME, json=TYPED | {"url": url})
        assert (answer.status_code, [one["parameter"] for one in answer.json()["errors"]], rows(Webhook)) == (422, ["url"], [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"topic": "group/social-tech-skills"}, "topic"), ({"kinds": ["weather"]}, "kinds.0"), ({"name": ""}, "name"), ({"more": 1}, "more")],
)
def test_a_wrong_one_is_named_and_nothing_is_saved(runs, wrong, field):
    answer = runs.post(HOME, json=TYPED | wrong)

    assert (answer.status_code, [one["parameter"] for one in answer.json()["errors"]], rows(Webhook)) == (422, [field], [])


def test_it_is_changed_stopped_started_and_removed_over_what_was_seen(runs, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)
    where = f"{HOME}/1"

    changed = runs.put(where, json=TYPED | {"name": "Sheet"}, headers=seen(1))
    late = [runs.put(where, json=TYPED, headers=seen(1)).status_code, runs.put(f"{where}/stop", headers=seen(1)).status_code]
    stopped = runs.put(f"{where}/stop", headers=seen(2))
    again = runs.put(f"{where}/stop", headers=seen(3))
    started = runs.delete(f"{where}/stop", headers=seen(4))
    assert (changed.json()["name"], late, runs.put(f"{where}/stop").status_code) == ("Sheet", [412, 412], 428)
    assert [(one.json()["running"], one.headers["ETag"]) for one in (stopped, again, started)] == [
        (False, '"3"'), (False, '"4"'), (True, '"5"'),
    ]  # fmt: skip
    assert runs.delete(where, headers=seen(5)).status_code == 204
    assert (runs.get(where).status_code, runs.get(HOME).json()["items"]) == (404, [])


def test_secrets_are_added_read_and_ended_and_no_kept_answer_holds_one(runs, public_affairs, coordinator):
    made = runs.post(HOME, json=TYPED, headers={"Idempotency-Key": "one"})
    first = runs.get(f"{HOME}/1/keys").json()["items"]

    added = runs.post(f"{HOME}/1/keys", headers=seen(1) | {"Idempotency-Key": "two"})
    both = runs.get(f"{HOME}/1/keys").json()["items"]
    ended = runs.delete(f"{HOME}/1/keys/older", headers=seen(2))
    last = runs.get(f"{HOME}/1/keys").json()["items"]

    assert [one["secret"] for one in last] == [signing.secret(key.salt) for key in rows(WebhookKey)] == [both[0]["secret"]]
    assert (added.status_code, added.headers["Location"], both[1:], ended.headers["ETag"]) == (
        201, f"http://testserver/api/v1/{HOME}/1/keys", first, '"3"',
    )  # fmt: skip
    kept = [row.body for row in rows(TokenWrite) if row.key]
    assert (len(kept), [secret["secret"] for secret in both if any(secret["secret"] in body for body in kept)]) == (2, [])
    assert made.json()["id"] == 1
    runs.post(f"{HOME}/1/keys", headers=seen(3))
    runs.post(f"{HOME}/1/keys", headers=seen(4))
    assert runs.post(f"{HOME}/1/keys", headers=seen(5)).status_code == 409


def test_a_test_is_told_of_with_what_came_back_and_sent_again(engine, runs, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)
    where = f"{HOME}/1/messages"
    empty = runs.get(where)

    test = runs.post(f"{HOME}/1/tests").json()
    waiting = runs.get(where, headers={"If-None-Match": empty.headers["ETag"]})
    deliver(engine, now() + timedelta(seconds=1), Receivers(Answer(204)))
    (taken,) = runs.get(where, headers={"If-None-Match": waiting.headers["ETag"]}).json()["items"]
    one = runs.get(f"{where}/{test['id']}").json()
    repeated = runs.post(f"{where}/{test['id']}/repeats")

    assert (empty.json()["items"], waiting.json()["items"], test["state"], test["kind"]) == ([], [test], "waiting", "webhook.test")
    assert (taken["state"], [call["status"] for call in taken["calls"]], taken["name"]) == ("taken", [204], test["name"])
    assert one == taken | {"body": rows(WebhookMessage)[0].body}
    assert (repeated.status_code, repeated.json()["state"], repeated.json()["name"]) == (201, "waiting", test["name"])
    runs.put(f"{HOME}/1/stop", headers=seen(1))
    assert [runs.post(f"{HOME}/1/tests").status_code, runs.post(f"{where}/{test['id']}/repeats").status_code] == [409, 409]
    assert runs.get(f"{where}/99").status_code == 404


def test_three_messages_cost_no_more_questions_than_one(engine, runs, public_affairs, coordinator):
    a_webhook(public_affairs, coordinator)
    runs.get(HOME)  # that the token was used is written down once a minute
    asked = []
    for more in (1, 2):
        for _ in range(more):
            runs.post(f"{HOME}/1/tests")
        with counted(engine) as said:
            assert len(runs.get(f"{HOME}/1/messages").json()["items"]) == more * 2 - 1
        asked.append(len(said))

    assert asked[0] == asked[1] <= 9


def test_names_are_looked_up_with_no_unit_of_work_open(runs, monkeypatch):
    """A name may take seconds: meanwhile others save."""
    monkeypatch.setattr(addresses, "reachable", lambda _url: runs.post("searches", json={"query": "q=x"}))

    assert runs.post(HOME, json=TYPED).status_code == 201

"""Who calls: what a token opens, what is no token, and what a page of another site may read."""

from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models import Token
from relais import tokens
from relais.asgi import app as house
from relais.db import reading, writing
from relais.settings import now
from tests.api.conftest import a_token
from tests.public_record import a_comment, a_proposal, an_actor

LISTS = ("proposals", "presidencies", "actors", "sources")


@pytest.fixture
def canary(public_affairs):
    return a_proposal("canary", public_affairs, public=False)


def slugs(answer):
    assert answer.status_code == 200, answer.text
    return [item["slug"] for item in answer.json()["items"]]


def with_header(api, written):
    return api.get("proposals/canary", headers={"Authorization": written})


def the_token():
    with reading() as session:
        return session.exec(select(Token)).one()


def test_with_a_token_one_reads_what_its_holder_may_see(api, carrying, canary, observer, stranger, coordinator, public_affairs):
    a_comment(canary, coordinator, "Entre nous.")
    callers = [api, carrying(stranger), carrying(observer, "read"), carrying(coordinator, "read", public_affairs)]

    assert [caller.get("proposals/canary").status_code for caller in callers] == [404, 404, 200, 200]
    assert [slugs(caller.get("proposals")) for caller in callers] == [[], [], ["canary"], ["canary"]]
    assert [slugs(caller.get("proposals?as_of=2026-01-01")) for caller in callers] == [[], [], ["canary"], ["canary"]]
    found = callers[2].get("proposals/canary").json()
    assert (found["meta"]["audience"], [comment["body"] for comment in found["proposal"]["comments"]]) == ("group", ["Entre nous."])


@pytest.mark.parametrize("written", ["Bearer {}", "bearer {}", "BEARER {}", "Bearer   {} "])
def test_the_scheme_is_read_in_any_case(api, canary, editor, written):
    assert with_header(api, written.format(a_token(editor))).status_code == 200


@pytest.mark.parametrize("written", ["", "Bearer", "Bearer ", "Bearer x", "Bearer relais_x", "Basic eDp5", "Bearer {} {}", "{}"])
def test_what_is_no_token_is_told(api, canary, editor, written):
    secret = a_token(editor)

    answer = with_header(api, written.format(secret, secret))

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/problem+json", "no-store")
    assert answer.json()["detail"] == "This token is not known, was ended, or is too old."


def test_ended_or_too_old_it_is_told_at_every_address(api, canary, editor):
    secret = a_token(editor)
    with writing() as session:
        tokens.end(session, session.exec(select(Token)).one(), by=editor, now=now())
    old = a_token(editor)
    with writing() as session:
        session.exec(select(Token).where(Token.id == 2)).one().expires_at = now() - timedelta(seconds=1)

    for noun in LISTS:
        for token in (secret, old):
            assert api.get(noun, headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_an_act_of_the_group_makes_a_new_tag_for_who_reads_with_a_token(api, carrying, canary, editor):
    callers = [carrying(editor), api]
    tags = [caller.get("proposals").headers["ETag"] for caller in callers]
    a_comment(canary, editor, "Entre nous.")

    again = [caller.get("proposals", headers={"If-None-Match": tag}).status_code for caller, tag in zip(callers, tags, strict=True)]

    assert again == [200, 304]
    assert tags[0] != tags[1]


def test_what_is_for_one_is_kept_for_nobody_else(api, carrying, canary, editor):
    told, open_to_all = carrying(editor).get("proposals"), api.get("proposals")

    assert (told.headers["Cache-Control"], open_to_all.headers["Cache-Control"]) == ("private, no-cache", "no-cache")
    assert (told.headers["Vary"], open_to_all.headers["Vary"]) == ("Authorization", "Authorization")


def test_the_last_use_is_noted_behind_the_answer(api, carrying, editor):
    asker, before = carrying(editor), now()

    asker.get("actors")
    first = the_token().last_used_at
    asker.get("nothing")
    asker.get("actors")

    assert before <= first <= now()
    assert the_token().last_used_at == first


def test_any_page_may_read_as_a_visitor_and_none_with_a_token(api, carrying, editor):
    an_actor("mednum")
    page = {"Origin": "https://soga.example"}

    def allowed(answer):
        return answer.headers.get("Access-Control-Allow-Origin")

    assert [allowed(api.get(address, headers=page)) for address in ("actors", "actors/none", "openapi.json")] == ["*"] * 3
    assert allowed(api.head("actors", headers=page)) == "*"
    assert (allowed(api.post("actors", headers=page)), allowed(carrying(editor).get("actors", headers=page))) == (None, None)
    assert "ETag" in api.get("actors").headers["Access-Control-Expose-Headers"]


def test_a_browser_that_asks_first_is_told_that_it_may_read(api, engine):
    asked = {"Origin": "https://soga.example", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}

    answer = api.options("proposals", headers=asked)

    names = ("Allow-Origin", "Allow-Methods", "Allow-Headers")
    assert (answer.status_code, answer.content) == (204, b"")
    assert [answer.headers[f"Access-Control-{name}"] for name in names] == ["*", "GET, HEAD", "If-None-Match"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_call_from_elsewhere_is_let_through_to_this_door_alone(engine, canary, editor):
    outside = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    carried = outside | {"Authorization": f"Bearer {a_token(editor)}"}
    asker = TestClient(house, base_url="http://testserver", follow_redirects=False)

    assert asker.post("/api/v1/proposals/canary", headers=outside).status_code == 405
    assert asker.get("/api/v1/proposals/canary", headers=carried).status_code == 200
    assert asker.post("/en/proposals/canary/comments", headers=carried, data={"body": "Forged"}).status_code == 403

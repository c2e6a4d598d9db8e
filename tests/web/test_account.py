"""Signing out, and what is one's own."""

import pytest

from models import Event, PersonSession
from relais import sign_in
from relais.db import writing
from tests.days import NOW
from tests.web.conftest import client
from tests.web.signing_in import rows
from web.desk import cookie_name


def test_signing_out_ends_the_session_on_the_server(as_editor, editor):
    token = as_editor.cookies[cookie_name()]

    answer = as_editor.post("/en/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/")
    assert 'relais="";' in answer.headers["set-cookie"]
    assert rows(PersonSession) == []
    replayed = client()
    replayed.cookies.set(cookie_name(), token)
    assert replayed.get("/en/account").status_code == 303
    assert [(row.kind, row.actor_id, row.public) for row in rows(Event)] == [("signed_out", editor.id, False)]


def test_a_visitor_may_sign_out_too(visitor):
    assert visitor.post("/fr/sign-out").status_code == 303


def test_signing_out_wants_a_post(as_editor):
    assert as_editor.get("/en/sign-out").status_code in (404, 405)
    assert len(rows(PersonSession)) == 1


def test_the_account_shows_what_is_ones_own(as_editor, public_affairs, social_tech):
    page = as_editor.get("/en/account")

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert ("emil@relais.test" in page.text, "European public affairs" in page.text, "Social tech skills" in page.text) == (
        True,
        True,
        False,
    )
    assert page.text.count("Since 23 Nov 2026, 11:00") == 1
    assert "Sign out everywhere else" not in page.text


def test_a_visitor_signs_in_to_see_the_account(visitor):
    answer = visitor.get("/en/account")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/sign-in?next=/en/account")


def test_one_may_sign_out_everywhere_else(as_editor, editor, as_stranger):
    with writing() as session:
        sign_in.redeem(session, sign_in.link_for(session, editor, "/", NOW), NOW)
    assert "Sign out everywhere else" in as_editor.get("/en/account").text

    answer = as_editor.post("/en/sign-out/elsewhere")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account")
    assert len(rows(PersonSession)) == 2
    assert (as_editor.get("/en/account").status_code, as_stranger.get("/en/account").status_code) == (200, 200)


def test_a_visitor_has_no_sessions_to_end(visitor, as_editor):
    assert visitor.post("/en/sign-out/elsewhere").headers["location"] == "/en/sign-in?next=/en/account"
    assert len(rows(PersonSession)) == 1


def test_who_is_signed_in_is_not_asked_again(as_editor):
    answer = as_editor.get("/en/sign-in")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account")


@pytest.mark.parametrize("path", ["/de/sign-in", "/de/sign-in/sent", "/de/account"])
def test_there_is_no_third_language(visitor, path):
    assert visitor.get(path).status_code == 404

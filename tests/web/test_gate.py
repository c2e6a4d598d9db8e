"""What stands before both doors: headers, origin, size, commit before answer, health, one log line."""

import json
import threading
from importlib import import_module

import pytest
from sqlalchemy import event as sql
from sqlalchemy import text
from sqlmodel import select
from starlette.testclient import TestClient

from models import Comment
from relais import db, gate
from relais.asgi import app
from relais.db import reading


def test_every_answer_carries_the_policy_and_no_unsafe_word(visitor, seeded):
    for path in ("/en/", "/fr/sign-in", "/en/no-such-page", "/api/v1/proposals", "/healthz", "/en/proposals/guichet-unique"):
        headers = visitor.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert len(headers["X-Request-Id"]) == 12


@pytest.mark.parametrize(
    ("language", "cookie", "place"),
    [("fr-BE,fr;q=0.9,en;q=0.5", None, "/fr/"), ("en-GB", None, "/en/"), ("de", None, "/fr/"), ("", None, "/fr/"), ("en", "fr", "/fr/")],
)
def test_an_address_without_a_language_goes_to_the_readers(visitor, language, cookie, place):
    cookies = f"language={cookie}" if cookie else ""

    answer = visitor.get("/", headers={"Accept-Language": language, "Cookie": cookies})

    assert (answer.status_code, answer.headers["Location"]) == (307, place)


def test_an_address_without_a_language_keeps_its_place_and_query(visitor):
    answer = visitor.get("/proposals/guichet-unique?as_of=2022-07-01", headers={"Accept-Language": "en"})

    assert answer.headers["Location"] == "/en/proposals/guichet-unique?as_of=2022-07-01"


def test_whatever_is_a_page_may_be_asked_for_without_a_language(visitor):
    for page in ("/positions", "/activity", "/tasks", "/queue"):
        assert visitor.get(page, headers={"Accept-Language": "fr"}).headers["Location"] == f"/fr{page}"


def test_where_the_api_begins_it_answers_as_the_api_does(visitor):
    answer = visitor.get("/api/v1")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == visitor.get("/api/v1/").json()


FORGED = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "", "Origin": "null"},
    {"Sec-Fetch-Site": ""},
]


@pytest.mark.parametrize("headers", FORGED)
def test_a_change_asked_for_by_another_site_is_refused(as_commons_editor, seeded, headers):
    answer = as_commons_editor.post("/en/proposals/guichet-unique/comments", data={"body": "Forged"}, headers=headers)

    assert answer.status_code == 403
    with reading() as session:
        assert session.exec(select(Comment)).all() == []


def test_a_form_of_this_site_is_taken_by_either_header(as_commons_editor, seeded):
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "", "Origin": "http://testserver"}):
        answer = as_commons_editor.post("/en/proposals/guichet-unique/comments", data={"body": "Ours"}, headers=headers)
        assert answer.status_code == 303


def test_a_body_over_one_megabyte_is_refused_by_its_length_and_as_it_arrives(as_commons_editor, seeded):
    large = b"body=" + b"x" * 1_000_001

    def in_pieces():
        yield from (large[start : start + 65536] for start in range(0, len(large), 65536))

    path, form = "/en/proposals/guichet-unique/comments", {"Content-Type": "application/x-www-form-urlencoded"}
    assert as_commons_editor.post(path, content=large, headers=form).status_code == 413
    assert as_commons_editor.post(path, content=in_pieces(), headers=form).status_code == 413


def test_a_commit_that_fails_is_a_5xx_and_nothing_is_saved(as_commons_editor, seeded):
    def fail(*_):
        raise RuntimeError("the disk is gone")

    sql.listen(db.engine(), "commit", fail)
    try:
        answer = as_commons_editor.post("/en/proposals/guichet-unique/comments", data={"body": "Lost?"})
    finally:
        sql.remove(db.engine(), "commit", fail)

    assert answer.status_code == 500
    with reading() as session:
        assert session.exec(select(Comment)).all() == []


def test_what_was_posted_is_there_for_the_next_reader_at_once(as_commons_editor, seeded):
    for number in range(50):
        answer = as_commons_editor.post("/en/proposals/guichet-unique/comments", data={"body": f"Comment {number}"})
        assert answer.status_code == 303
        with reading() as session:
            assert session.exec(select(Comment).where(Comment.body == f"Comment {number}")).one()


def test_many_writers_at_once_all_get_through(as_commons_editor, seeded):
    """More writers than threads: none may starve while holding the write lock."""
    token = as_commons_editor.cookies
    answers: list[int] = []

    def write(number: int) -> None:
        with TestClient(app, base_url="http://testserver", headers={"Sec-Fetch-Site": "same-origin"}, cookies=token) as client:
            for turn in range(5):
                data = {"body": f"Writer {number}, turn {turn}"}
                answers.append(client.post("/en/proposals/guichet-unique/comments", data=data, follow_redirects=False).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [303] * 40
    with reading() as session:
        assert len(session.exec(select(Comment)).all()) == 40


def test_health_tells_the_process_and_readiness_the_record(visitor):
    assert visitor.get("/healthz").json() == {"status": "ok"}
    assert visitor.get("/readyz").json() == {"status": "ok", "checks": {"database": "ok", "migrations": "ok"}}


def test_a_database_behind_its_migrations_is_not_ready(visitor):
    with db.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'older'"))

    answer = visitor.get("/readyz")

    assert (answer.status_code, answer.json()["checks"]) == (503, {"database": "ok", "migrations": "failed"})


def test_a_request_is_one_json_line_without_a_person(as_commons_editor, seeded, capsys):
    as_commons_editor.get("/en/proposals/guichet-unique?q=edda@relais.test")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["method"], line["status"]) for line in requests] == [("GET", 200)]
    assert "edda@relais.test" not in json.dumps(lines)


def test_a_sign_in_token_is_not_in_the_log(visitor, engine, capsys):
    visitor.get("/en/sign-in/this-is-a-secret-token")

    assert "secret-token" not in capsys.readouterr().err


def test_the_limit_is_one_megabyte():
    assert gate.LIMIT == 1_000_000


def test_the_api_is_loaded_once_when_it_is_first_asked(monkeypatch, visitor):
    from relais import asgi

    asked = []
    monkeypatch.setattr(asgi, "import_module", lambda name: (asked.append(name), import_module(name))[1])
    api = TestClient(asgi.Later("api.app"))

    assert [api.get("/nothing").status_code for _ in range(2)] == [404, 404]
    assert asked == ["api.app"]

"""Every refusal is application/problem+json, and says what is wrong."""

from typing import Annotated

import pytest
from fastapi import Body, FastAPI
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from api import problems
from api.schemas import Problem
from relais.errors import Forbidden, SignedOut, Stale, TooMany
from tests.public_record import an_actor

NOUNS = ("proposals", "presidencies", "actors", "sources")
VALID = Draft202012Validator(Problem.model_json_schema())


def told(answer):
    """Status and wrong parameters of an answer that is a sound problem."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    VALID.validate(problem)
    assert problem["status"] == answer.status_code
    return answer.status_code, [error["parameter"] for error in problem["errors"]]


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_not_there_is_missing(api, noun):
    for slug in ("nothing", "2026-zz", "x" * 120):
        answer = api.get(f"{noun}/{slug}")

        assert told(answer) == (404, [])
        assert answer.json()["instance"] == f"/api/v1/{noun}/{slug}"


@pytest.mark.parametrize("noun", NOUNS)
def test_what_can_be_no_name_is_refused(api, noun):
    for slug in ("Nothing", "a--b", "%00", "é", "a b", "-", "x" * 121, "'; DROP TABLE proposals; --"):
        assert told(api.get(f"{noun}/{slug}")) == (422, ["slug"])


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("limit=0", ["limit"]),
        ("limit=101", ["limit"]),
        ("limit=ten", ["limit"]),
        ("limit=", ["limit"]),
        ("limit=1e1", ["limit"]),
        (f"limit={'9' * 5000}", ["limit"]),
        ("page=2", ["page"]),
        ("limit=1&limit=2", ["limit"]),
        ("%00=1", ["\x00"]),
        (f"cursor={'x' * 241}", ["cursor"]),
        ("limit=x&y=z", ["limit", "y"]),
    ],
)
def test_a_wrong_parameter_of_a_list_is_named(api, query, wrong):
    assert [told(api.get(f"{noun}?{query}")) for noun in NOUNS] == [(422, wrong)] * len(NOUNS)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("as_of=yesterday", ["as_of"]),
        ("as_of=2022-02-30", ["as_of"]),
        ("as_of=2022-06", ["as_of"]),
        ("as_of=20220630", ["as_of"]),
        ("as_of=1656547200", ["as_of"]),
        ("as_of=2022-06-30T00:00:00", ["as_of"]),
        ("as_of=٢٠٢٢-٠٦-٣٠", ["as_of"]),
        ("as_of=", ["as_of"]),
        ("stage=won", ["stage"]),
        ("level=EU", ["level"]),
        ("theme=%00", ["theme"]),
        ("group=" + "x" * 121, ["group"]),
        ("actor=a'%20OR%201=1", ["actor"]),
    ],
)
def test_a_wrong_parameter_of_proposals_is_named(api, query, wrong):
    assert told(api.get(f"proposals?{query}")) == (422, wrong)


@pytest.mark.parametrize("noun", NOUNS)
def test_one_thing_takes_no_page(api, noun):
    assert told(api.get(f"{noun}/anything?limit=1&cursor=x")) == (422, ["limit", "cursor"])


@pytest.mark.parametrize("noun", ["actors", "sources"])
def test_what_has_no_date_takes_no_day(api, noun):
    assert told(api.get(f"{noun}?as_of=2022-06-30")) == (422, ["as_of"])


@pytest.mark.parametrize("address", ["", "nothing", "proposals/", "proposals/a/b", "docs", "redoc", "openapi.yaml", "%2e%2e/%2e%2e"])
def test_an_unknown_address_is_a_problem_too(api, address):
    assert told(api.get(address)) == (404, [])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_what_cannot_be_done_at_an_address_is_told(api, method):
    for address in (*NOUNS, *(f"{noun}/any" for noun in NOUNS)):
        added, changed = "GET, HEAD, POST", "GET, HEAD, PUT"
        written = dict.fromkeys(NOUNS, added) | dict.fromkeys(("proposals/any", "sources/any", "actors/any"), changed)
        allowed = written.get(address, "GET, HEAD")
        if method in allowed:
            continue
        answer = api.request(method, address)

        assert (told(answer), answer.headers["Allow"]) == ((405, []), allowed)


def test_a_failure_is_a_problem_that_tells_nothing(api, engine):
    an_actor("mednum")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE citations RENAME TO gone")

    answer = api.get("proposals")

    assert told(answer) == (500, [])
    assert answer.json()["detail"] == "Something failed on our side."


@pytest.mark.parametrize(
    ("refusal", "status", "headers"),
    [
        (Forbidden("Only editors can change this"), 403, {}),
        (SignedOut(), 401, {"WWW-Authenticate": "Bearer"}),
        (Stale(), 409, {}),
        (TooMany(30), 429, {"Retry-After": "30"}),
    ],
)
def test_every_refusal_of_the_house_has_its_status(refusal, status, headers):
    door = FastAPI()
    problems.install(door)

    @door.get("/")
    def refuse() -> None:
        raise refusal

    answer = TestClient(door).get("/")

    words = "This wants a token: Authorization: Bearer relais_…" if status == 401 else str(refusal)
    assert (told(answer), answer.json()["detail"]) == ((status, []), words)
    assert {name: answer.headers[name] for name in headers} == headers
    assert "RateLimit" not in answer.headers


def test_a_wrong_body_is_told_by_its_member():
    door = FastAPI()
    problems.install(door)

    @door.post("/")
    def take(size: Annotated[int, Body(embed=True)]) -> None: ...

    answer = TestClient(door).post("/", json={"size": "large"})

    assert told(answer) == (422, ["size"])

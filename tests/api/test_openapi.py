"""The description, and the API held against it by requests nobody thought of."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import app
from relais.db import writing
from seed.load import load
from tests.days import NOW

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
described = schemathesis.openapi.from_asgi("/openapi.json", app)


def test_it_says_where_it_stands_and_what_it_answers(api):
    description = api.get("openapi.json").json()

    assert description["servers"] == [{"url": "/api/v1"}]
    assert sorted(description["paths"]) == sorted(
        path for noun in ("proposals", "presidencies", "actors", "sources") for path in (f"/{noun}", f"/{noun}/{{slug}}")
    )
    for operations in description["paths"].values():
        for operation in operations.values():
            assert {status: list(answer.get("content", {})) for status, answer in operation["responses"].items()} == {
                "200": ["application/json"],
                "304": [],
                "404": ["application/problem+json"],
                "422": ["application/problem+json"],
                "default": ["application/problem+json"],
            }
            assert all(parameter["description"] for parameter in operation["parameters"])


@pytest.fixture
def seeded(engine):
    with writing() as session:
        load(session, NOW)


@pytest.mark.slow
@described.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_request_makes_it_break_its_word(case, seeded):
    case.call_and_validate(checks=CHECKS)

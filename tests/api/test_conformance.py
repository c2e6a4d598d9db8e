"""The API held against its description by requests nobody thought of, of visitors and of holders of tokens."""

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
from models.group import Role
from relais import groups
from relais.db import writing
from tests.api.conftest import a_token
from tests.cast import a_member

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
described = schemathesis.openapi.from_asgi("/openapi.json", app)
some = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture
def held(engine, seeded):
    """What a coordinator of the group that leads most of the seed carries."""
    with writing() as session:
        commons = groups.find(session, "digital-commons")
    return {"Authorization": f"Bearer {a_token(a_member(engine, commons, Role.COORDINATOR, 'Edda Holm', 'en'), 'manage')}"}


@pytest.mark.slow
@described.parametrize()
@some
def test_no_request_of_a_visitor_makes_it_break_its_word(case, seeded):
    case.call_and_validate(checks=CHECKS)


@pytest.mark.slow
@described.parametrize()
@some
def test_no_request_with_a_token_makes_it_break_its_word(case, held):
    case.call_and_validate(checks=CHECKS, headers=held)

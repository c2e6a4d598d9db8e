"""The brief as JSON, and the schema its answer names."""

import pytest

from relais.presidencies.brief_schema import schema
from tests.handover import a_calendar, a_story, frozen, valid
from tests.web.test_packets import FIRST, PAGE


@pytest.fixture
def story(engine, public_affairs):
    a_calendar()
    return a_story(public_affairs)


def test_the_json_is_the_brief(visitor, story):
    answer = visitor.get(f"{PAGE}.json")

    assert answer.headers["Content-Type"] == "application/json"
    brief = valid(answer.json())
    assert (brief["schema_name"], brief["moved"][0]["evidence"]) == ("relais-brief-1", {"pro": [1], "contra": []})


def test_its_schema_is_where_its_answer_says(visitor, story):
    frozen()
    addresses = {visitor.get(path).links["describedby"]["url"] for path in (f"{PAGE}.json", f"{FIRST}.json")}

    assert addresses == {"/schema/relais-brief-1.json"}
    answer = visitor.get(addresses.pop())
    assert (answer.headers["Content-Type"], answer.json()) == ("application/schema+json", schema())

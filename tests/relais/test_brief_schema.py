"""The published schema of the hand-over brief: that of the shapes, and strict enough to find what is wrong."""

from pathlib import Path

import pytest
from jsonschema import ValidationError

from relais.db import writing
from relais.presidencies.brief_schema import schema_text
from seed.load import load
from tests.days import NOW, TODAY
from tests.handover import a_calendar, a_story, valid, written

COMMITTED = Path(__file__).parents[2] / "docs/schema/relais-brief-1.json"
ANEW = "python -c 'from relais.presidencies.brief_schema import schema_text as s; print(s(), end=\"\")' > docs/schema/relais-brief-1.json"


def test_the_committed_schema_is_the_one_of_the_shapes():
    assert COMMITTED.read_text() == schema_text(), ANEW


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"surprise": 1}, "surprise"),
        ({"schema_name": "relais-brief-2"}, "relais-brief-2"),
        ({"known_on": "soon"}, "soon"),
        ({"moved": [{}]}, "proposal"),
    ],
)
def test_what_is_wrong_is_found(engine, public_affairs, wrong, told):
    a_calendar()
    a_story(public_affairs)

    with pytest.raises(ValidationError, match=told):
        valid(written() | wrong)


def test_a_brief_frozen_before_a_member_was_added_is_one(engine, public_affairs):
    a_calendar()
    a_story(public_affairs)
    brief = written()

    assert valid({name: told for name, told in brief.items() if name not in {"answers", "council", "holders"}})["moved"] == brief["moved"]


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["2022-cz", "2026-ie", "2027-lt"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_briefs_of_the_seed_are_valid(engine, slug, language):
    with writing() as session:
        load(session, NOW)

    assert written(slug, language=language, day=TODAY)["presidency"]["slug"] == slug

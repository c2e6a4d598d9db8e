"""ETag, If-None-Match and HEAD."""

import pytest

from relais.settings import settings
from tests.public_record import a_comment, a_presidency, a_proposal, a_source, an_actor

ADDRESSES = (
    "proposals", "proposals/guichet", "presidencies", "presidencies/2022-xx", "actors", "actors/state", "sources", "sources/decision",
)  # fmt: skip


@pytest.fixture
def guichet(engine, public_affairs):
    an_actor("state", code="XX")
    a_source("decision")
    a_presidency("2022-xx", "2022-01-01", "2022-06-30")
    return a_proposal("guichet", public_affairs)


def again(api, address, tag):
    return api.get(address, headers={"If-None-Match": tag})


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_sent_twice(api, guichet, address):
    first = api.get(address)

    answer = again(api, address, first.headers["ETag"])

    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (first.headers["Cache-Control"], answer.headers["Cache-Control"]) == ("no-cache", "no-cache")


@pytest.mark.parametrize("known", ["W/{}", '"other", {}', '"other",{} , "more"'])
def test_a_tag_is_known_weak_or_among_others(api, guichet, known):
    tag = api.get("proposals").headers["ETag"]

    assert again(api, "proposals", known.format(tag)).status_code == 304


def test_a_public_act_makes_a_new_tag_and_a_group_only_one_does_not(api, guichet, editor):
    tag = api.get("proposals").headers["ETag"]
    a_comment(guichet, editor, "Entre nous.")
    within = again(api, "proposals", tag)
    a_comment(guichet, editor, "Pour tout le monde.", public=True)

    answer = again(api, "proposals", tag)

    assert (within.status_code, answer.status_code) == (304, 200)
    assert answer.headers["ETag"] != tag


def test_another_address_and_another_day_have_another_tag(api, guichet, house):
    tags = [api.get(address).headers["ETag"] for address in ("proposals", "proposals?limit=3", "proposals?as_of=2022-06-30", "actors")]
    house.setenv("RELAIS_TODAY", "2027-01-01")
    settings.cache_clear()

    tags.append(api.get("proposals").headers["ETag"])

    assert len(set(tags)) == len(tags)


def test_a_problem_has_no_tag(api, guichet):
    assert [name for address in ("proposals/nothing", "proposals?limit=0") for name in api.get(address).headers if name == "etag"] == []


@pytest.mark.parametrize("address", [*ADDRESSES, "openapi.json", "proposals/nothing", "nothing"])
def test_head_tells_what_get_would(api, guichet, address):
    got = api.get(address)

    answer = api.head(address)

    assert (answer.status_code, answer.content) == (got.status_code, b"")
    assert _but_the_count(answer.headers) == _but_the_count(got.headers)


def _but_the_count(headers):
    """To ask is to read, of either."""
    return {name: value for name, value in headers.items() if name != "ratelimit"}

"""How often somebody may read: counted down in headers, refused beyond, each caller apart, and forgotten with the minute."""

import pytest

from api import pace
from api.pace import Pace, Quota
from tests.api.conftest import caller, with_token


@pytest.fixture
def few(monkeypatch):
    """Two reads a minute, in a minute that does not end."""
    monkeypatch.setattr(pace, "MOST", 2)
    monkeypatch.setattr(pace.time, "monotonic", lambda: 30.0)
    monkeypatch.setattr(pace, "pace", Pace())


def left(answer):
    return answer.status_code, answer.headers["RateLimit"]


def test_reads_are_counted_down_and_refused_beyond(api, few):
    answers = [left(api.request(method, "themes")) for method in ("GET", "HEAD", "GET")]
    refused = api.get("themes", headers={"Accept-Language": "fr"})

    assert answers == [(200, '"reads";r=1;t=30'), (200, '"reads";r=0;t=30'), (429, '"reads";r=0;t=30')]
    assert (refused.headers["Retry-After"], refused.headers["Content-Type"]) == ("30", "application/problem+json")
    assert (refused.json()["status"], refused.headers["RateLimit-Policy"]) == (429, '"reads";q=600;w=60')
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_each_caller_is_counted_apart_and_writes_are_not(api, few, editor, public_affairs):
    for _ in range(3):
        api.get("themes")
    holder = with_token(editor)

    assert left(holder.get("themes")) == (200, '"reads";r=1;t=30')
    assert holder.post("searches", json={"query": "q=x"}).headers["RateLimit"].startswith('"writes"')
    assert left(caller().get("themes"))[0] == 429


def test_with_the_minute_all_is_forgotten():
    counted = Pace()

    assert [counted.take(b"a", now) for now in (0.0, 59.5)] == [Quota(pace.MOST - 1, 60), Quota(pace.MOST - 2, 1)]
    assert counted.take(b"b", 59.5) == Quota(pace.MOST - 1, 1)
    assert counted.take(b"a", 60.0) == Quota(pace.MOST - 1, 60)

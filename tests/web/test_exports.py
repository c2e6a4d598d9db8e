"""The record as files: who gets what, with which headers, and what is told of a bad day."""

from datetime import timedelta

import orjson
import pytest

from relais.export.schema import schema
from relais.settings import settings
from tests.days import TODAY
from tests.exported import exported, exported_one, valid
from tests.public_record import a_proposal, a_source, moved
from web import exports

ONE = "/proposals/guichet.json"


def test_the_whole_record_is_one_valid_document(visitor, public_affairs):
    a_proposal("guichet", public_affairs)

    answer = visitor.get("/export.json")

    assert valid(answer.content) == exported()
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="relais.json"'


def test_one_proposal_is_one_valid_document(visitor, public_affairs):
    a_proposal("guichet", public_affairs)

    answer = visitor.get(ONE)

    assert valid(answer.content) == exported_one("guichet")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="guichet.json"'


@pytest.mark.parametrize("path", ["/export.json", ONE, "/en/reports/report.json", "/en/reports/proposals.csv"])
def test_a_file_says_when_the_record_changed_last(visitor, public_affairs, path):
    a_proposal("guichet", public_affairs)

    answer = visitor.get(path)

    assert answer.headers["Last-Modified"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert visitor.get(path, headers={"If-Modified-Since": answer.headers["Last-Modified"]}).status_code == 200


@pytest.mark.parametrize("path", ["/export.json", ONE])
def test_as_of_a_day_says_what_was_so_and_names_the_file_after_it(visitor, public_affairs, path):
    moved(a_proposal("guichet", public_affairs, on="2022-01-01"), "backed", on="2022-06-21")

    answer = visitor.get(f"{path}?as_of=2022-03-01")

    told = valid(answer.content)
    proposal = told["proposal"] if path == ONE else told["proposals"][0]
    assert (told["meta"]["as_of"], proposal["stage"]["name"]) == ("2022-03-01", "published")
    assert answer.headers["Content-Disposition"].endswith('-2022-03-01.json"')


@pytest.mark.parametrize("path", ["/export.json", ONE])
@pytest.mark.parametrize("day", ["yesterday", "2022-13-01", "2022-02-30", "01/02/2022", "%00"])
def test_what_is_not_a_day_is_a_problem(visitor, public_affairs, path, day):
    a_proposal("guichet", public_affairs)

    answer = visitor.get(f"{path}?as_of={day}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank", "title": "Write a day such as 2022-07-01", "status": 422, "instance": path, "field": "as_of",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/export.json", ONE, f"{ONE}?as_of=2022-07-01"])
def test_who_has_it_already_is_told_so(visitor, public_affairs, path):
    a_proposal("guichet", public_affairs)
    tag = visitor.get(path).headers["ETag"]

    again = visitor.get(path, headers={"If-None-Match": tag})
    a_source("news")
    after = visitor.get(path, headers={"If-None-Match": tag})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert after.status_code == 200


def test_a_day_to_come_is_another_document_once_it_has_passed(house, visitor, public_affairs):
    a_proposal("guichet", public_affairs)
    tomorrow = TODAY + timedelta(days=1)
    tag = visitor.get(f"/export.json?as_of={tomorrow}").headers["ETag"]

    later(house, TODAY + timedelta(days=2))

    assert visitor.get(f"/export.json?as_of={tomorrow}", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("who", ["visitor", "as_stranger", "as_coordinator"])
def test_a_file_holds_only_what_anybody_may_see(request, public_affairs, who):
    a_proposal("guichet", public_affairs)
    a_proposal("quiet", public_affairs, public=False)
    reader = request.getfixturevalue(who)

    told = valid(reader.get("/export.json").content)

    assert ([proposal["slug"] for proposal in told["proposals"]], told["meta"]["audience"]) == (["guichet"], "public")
    assert reader.get("/proposals/quiet.json").status_code == 404


def test_an_unknown_proposal_is_a_problem(visitor, engine):
    answer = visitor.get("/proposals/none.json")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_the_schema_is_published_where_the_export_says(visitor, engine):
    address = visitor.get("/export.json").json()["meta"]["schema_address"]

    answer = visitor.get(address)

    assert (answer.headers["Content-Type"], orjson.loads(answer.content)) == ("application/schema+json", schema())


def test_too_many_slow_readers_are_asked_to_come_back(visitor, engine, monkeypatch):
    monkeypatch.setattr(exports, "STREAMS", exports.BoundedSemaphore(1))
    with exports.STREAMS:
        busy = visitor.get("/export.json")

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert visitor.get("/export.json").status_code == 200


def test_a_stream_gives_its_place_back_however_it_ends(visitor, engine, monkeypatch):
    monkeypatch.setattr(exports, "STREAMS", exports.BoundedSemaphore(1))
    tag = visitor.get("/export.json").headers["ETag"]

    statuses = [visitor.get("/export.json", headers=headers).status_code for headers in ({"If-None-Match": tag}, {}, {})]

    assert statuses == [304, 200, 200]


def later(house, day):
    house.setenv("RELAIS_TODAY", day.isoformat())
    settings.cache_clear()

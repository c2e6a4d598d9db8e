"""Dumps: one for each night however many workers, whole or not there, with what anybody may see, the last of them kept."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from relais import dumps
from relais.db import reading
from relais.dumps import packing
from relais.errors import Missing
from tests.days import NOW, TODAY
from tests.exported import valid
from tests.public_record import a_proposal, a_source

NIGHT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past two in Brussels


@pytest.fixture
def guichet(house, public_affairs):
    a_source("rapport")
    a_proposal("quiet", public_affairs, public=False)
    return a_proposal("guichet", public_affairs, cites="rapport")


def made():
    with reading() as session:
        return dumps.of(session)


def days():
    return [row.day for row in made()]


def packed(day=TODAY):
    return ZipFile(BytesIO((dumps.folder() / dumps.name(day)).read_bytes()))


def test_it_holds_the_export_its_tables_its_schema_and_what_they_are(engine, guichet):
    assert dumps.nightly(engine, NIGHT, TODAY) is True

    files = packed()
    told = json.loads(files.read("manifest.json"))
    assert sorted(files.namelist()) == sorted([*(one["name"] for one in told["files"]), "manifest.json"])
    assert {one["name"]: (one["bytes"], one["sha256"]) for one in told["files"]} == {
        name: (len(body), sha256(body).hexdigest()) for name, body in ((one["name"], files.read(one["name"])) for one in told["files"])
    }
    document = valid(files.read("relais.json"))
    assert [one["slug"] for one in document["proposals"]] == ["guichet"]
    assert b"guichet" in files.read("csv/fr/proposals.csv")
    assert {name for name in files.namelist() if name.startswith("csv/en/")} == {
        f"csv/en/{table}.csv" for table in ("proposals", "stages", "positions", "backers", "timeline", "asks", "texts", "sources")
    }
    assert told["licence"] == document["meta"]["licence"]


def test_the_row_says_what_the_file_is(engine, guichet):
    dumps.nightly(engine, NIGHT, TODAY)

    (row,) = made()
    body = (dumps.folder() / dumps.name(TODAY)).read_bytes()
    assert (row.day, row.made_at, row.size, row.digest) == (TODAY, NIGHT, len(body), sha256(body).hexdigest())
    assert sorted(path.name for path in dumps.folder().iterdir()) == ["relais-2026-11-23.zip"]


def test_only_at_night_and_once_a_day(engine, guichet):
    evening = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert [dumps.nightly(engine, now, TODAY) for now in (evening, NIGHT, NOW)] == [False, True, False]


def test_of_two_workers_at_once_one_makes_it(engine, guichet):
    with ThreadPoolExecutor(4) as workers:
        told = list(workers.map(lambda _: dumps.nightly(engine, NIGHT, TODAY), range(4)))

    assert (sorted(told), days()) == ([False, False, False, True], [TODAY])


def test_a_worker_that_died_leaves_it_to_another_after_a_while(engine, guichet, monkeypatch):
    def dies(*_given):
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(packing, "pack", dies)
        with pytest.raises(OSError, match="no space"):
            dumps.nightly(engine, NIGHT, TODAY)
    assert (days(), dumps.nightly(engine, NIGHT + timedelta(minutes=5), TODAY)) == ([], False)

    assert dumps.nightly(engine, NIGHT + dumps.HELD, TODAY) is True
    assert days() == [TODAY]


def test_a_file_that_was_not_finished_is_not_there(engine, guichet, monkeypatch):
    monkeypatch.setattr(packing, "_manifest", lambda *_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        dumps.nightly(engine, NIGHT, TODAY)
    assert list(dumps.folder().iterdir()) == []


def test_the_same_record_is_the_same_file_and_by_hand_it_is_made_again(engine, guichet):
    dumps.make(engine, NIGHT, TODAY)
    first = (dumps.folder() / dumps.name(TODAY)).read_bytes()
    assert dumps.make(engine, NOW, TODAY) is False

    assert dumps.make(engine, NOW, TODAY, again=True) is True
    assert (dumps.folder() / dumps.name(TODAY)).read_bytes() == first
    a_source("another")
    dumps.make(engine, NOW, TODAY, again=True)
    assert (dumps.folder() / dumps.name(TODAY)).read_bytes() != first


def test_the_last_seven_days_and_the_last_of_each_month_are_kept(engine, guichet):
    first = date(2026, 1, 1)
    for day in (first + timedelta(days=step) for step in range(0, 100, 3)):
        dumps.make(engine, NOW, day)

    last = [date(2026, 4, 10) - timedelta(days=3 * step) for step in range(7)]
    assert days() == [*last, date(2026, 2, 27), date(2026, 1, 31)]
    assert sorted(path.name for path in dumps.folder().iterdir()) == sorted(map(dumps.name, days()))


def test_a_day_without_one(engine, guichet):
    with reading() as session, pytest.raises(Missing):
        dumps.find(session, TODAY)


def test_by_hand_on_the_command_line(relais, guichet):
    code, told, _ = relais("dump")

    assert (code, told.startswith("Written: "), len(days())) == (0, True, 1)

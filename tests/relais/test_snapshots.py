"""Snapshots: frozen byte by byte, the same for the same, never with what visitors may not see, and withdrawn with a reason."""

import tomllib
from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from models import Event, Snapshot
from models.event import EventKind
from relais import VERSION, doctor, reports, snapshots
from relais.db import reading, writing
from relais.errors import Invalid, Missing
from relais.presidencies import calendar
from relais.reports import stored, tables
from relais.reports.selection import Selection
from relais.snapshots import Gone, SnapshotForm, WithdrawalForm
from tests.asks import a_calendar, a_leg
from tests.days import NOW, TODAY
from tests.exported import valid
from tests.house.checkout import ROOT
from tests.public_record import a_position, a_proposal, a_source, an_entry, counted
from tests.relais.test_doctor import spoil

DAY = date(2022, 12, 31)


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    a_source("rapport")
    proposal = a_proposal("guichet", public_affairs, cites="rapport")
    a_position(proposal, "france", on="2022-06-21", cites="rapport")
    an_entry("vote", proposal, on="2022-09-01")
    return proposal


def frozen(by, title="The relay", now=NOW, today=TODAY, **asked):
    with writing() as session:
        form, selection = SnapshotForm(title=title), Selection.model_validate(asked)
        return snapshots.freeze(session, calendar(session), selection, form, language="en", by=by, now=now, today=today)


def withdrawn(key, by, why="It named somebody."):
    with writing() as session:
        snapshots.withdraw(session, key, WithdrawalForm(why=why), by=by, now=NOW)


def kept(key):
    with reading() as session:
        return session.exec(select(Snapshot).where(col(Snapshot.key) == key)).one()


def content(key):
    with reading() as session:
        return snapshots.content(session, snapshots.find(session, key))


def acts():
    with reading() as session:
        kinds = (EventKind.SNAPSHOT_FROZEN, EventKind.SNAPSHOT_WITHDRAWN)
        found = session.exec(select(Event).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))).all()
    return [(one.kind.value, one.details["key"], one.public) for one in found]


def test_the_bytes_are_the_report_under_its_digest_with_what_it_knew(guichet, editor):
    with reading() as session:
        known = reports.known(session)
        written = reports.written(reports.document(session, Selection.model_validate({"as_of": DAY}), calendar(session), today=TODAY))
    key = frozen(editor, as_of=DAY)

    row = kept(key)
    assert (row.content, row.digest, row.size) == (written, sha256(written).hexdigest(), len(written))
    assert (row.query, row.as_of, row.software) == ("as_of=2022-12-31", DAY, VERSION)
    assert (row.known_event, row.known_at, valid(row.content)["meta"]["state"]) == (known.id, known.recorded_at, known.id)
    assert acts() == [("snapshot_frozen", key, True)]


def test_the_same_selection_day_and_record_give_the_same_bytes(guichet, editor, coordinator):
    first = frozen(editor, as_of=DAY)
    second = frozen(coordinator, title="Another name", now=NOW + timedelta(days=1), today=TODAY + timedelta(days=400), as_of=DAY)

    assert (kept(first).content, kept(first).known_event) == (kept(second).content, kept(second).known_event)
    assert first != second


def test_freezing_the_same_again_under_its_title_makes_nothing_new(guichet, editor):
    first = frozen(editor)

    assert frozen(editor) == first
    assert acts() == [("snapshot_frozen", first, True)]


def test_what_is_recorded_later_is_in_the_next_alone(guichet, editor):
    first = frozen(editor, as_of=DAY)
    before = content(first)
    a_position(guichet, "france", "opposes", on="2022-06-30")
    second = frozen(editor, as_of=DAY)

    assert (content(first), kept(second).digest == kept(first).digest) == (before, False)


def test_a_day_that_is_not_over_is_left_out(guichet, editor):
    key = frozen(editor, as_of=TODAY)

    assert (kept(key).as_of, kept(key).query, valid(content(key))["meta"]["as_of"]) == (None, "", None)


def test_what_is_for_the_group_is_not_in_it(guichet, editor, public_affairs):
    a_proposal("quiet", public_affairs, public=False)
    a_leg(guichet, editor, public=False)

    told = valid(content(frozen(editor)))
    assert [(one["slug"], one["legs"]) for one in told["proposals"]] == [("guichet", [])]
    with pytest.raises(Invalid):
        frozen(editor, proposal=["quiet"])


def test_an_empty_report_is_not_frozen(guichet, editor):
    with pytest.raises(Invalid) as refused:
        frozen(editor, as_of=date(2001, 1, 1))

    assert (refused.value.field, acts()) == ("title", [])


def test_what_is_read_back_is_what_was_written(guichet, editor):
    a_leg(guichet, editor, public=True)
    with reading() as session:
        live = reports.document(session, Selection.model_validate({"as_of": DAY}), calendar(session), today=TODAY)
    read = stored.read(reports.written(live))

    assert reports.written(read) == reports.written(live)
    assert [tables.of(read, language) for language in ("fr", "en")] == [tables.of(live, language) for language in ("fr", "en")]


def test_nobody_can_change_or_remove_one(guichet, editor):
    frozen(editor)

    for act in ("UPDATE snapshots SET title = 'Mine'", "DELETE FROM snapshots"):
        with pytest.raises(DBAPIError), writing() as session:
            session.connection().execute(text(act))


def test_a_withdrawn_one_is_told_of_but_not_told(guichet, editor, coordinator):
    key = frozen(editor)
    withdrawn(key, coordinator)

    with reading() as session:
        told = snapshots.find(session, key)
    assert (told.row.title, told.row.digest, told.withdrawal.reason) == ("The relay", kept(key).digest, "It named somebody.")
    with pytest.raises(Gone):
        content(key)
    with pytest.raises(Gone):
        withdrawn(key, coordinator, "Again")
    assert acts() == [("snapshot_frozen", key, True), ("snapshot_withdrawn", key, True)]
    assert frozen(editor) != key  # what was withdrawn is not handed out for the same


def test_its_address_tells_nothing(guichet, editor):
    keys = {frozen(editor, title=f"Report {number}") for number in range(3)}

    assert {(len(key), set(key) <= set(snapshots.SIGNS)) for key in keys} == {(snapshots.LONG, True)}
    with reading() as session, pytest.raises(Missing):
        snapshots.find(session, "1")


def test_they_are_listed_newest_first_by_pages(guichet, editor, monkeypatch):
    monkeypatch.setattr(snapshots, "PAGE", 2)
    for number in range(3):
        frozen(editor, title=f"Report {number}")

    with reading() as session:
        rows, older = snapshots.every(session)
        rest, end = snapshots.every(session, before=older)
    assert ([one.title for one in rows], [one.title for one in rest], end) == (["Report 2", "Report 1"], ["Report 0"], 0)


def test_the_list_takes_one_question_however_many(guichet, editor, engine):
    numbers = []
    for title in ("One", "Two", "Three"):
        frozen(editor, title=title)
        with counted(engine) as asked, reading() as session:
            snapshots.every(session)
        numbers.append(len(asked))

    assert numbers == [1, 1, 1]


def test_the_doctor_finds_one_that_was_tampered_with(guichet, editor, engine):
    key = frozen(editor)
    spoil(engine, "UPDATE snapshots SET digest = 'x'", "snapshots")

    (found,) = [one for one in doctor.examine(engine, NOW) if one.check == "snapshots"]
    assert found.wrong == [f"snapshot {key} is not what was frozen: its digest differs"]


def test_the_version_is_that_of_the_project():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION

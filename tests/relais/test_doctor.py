from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from models import SignInRequest
from models.partial_date import PartialDate
from models.proposal import Stage
from relais import doctor, proposals
from relais.db import writing
from relais.proposals import MoveForm, ProposalForm
from relais.texts import TextForm
from tests.days import NOW

FORM = ProposalForm(
    slug="guichet-unique",
    text=TextForm(title="Guichet unique"),
    first=MoveForm(to=Stage.PUBLISHED, on=PartialDate(date(2022, 6, 21))),
)


@pytest.fixture
def proposal(public_affairs):
    with writing() as session:
        added = proposals.add(session, FORM, group=public_affairs, by=None, now=NOW)
        proposals.move(session, added, MoveForm(to=Stage.BACKED, on=PartialDate(date(2022, 6, 22))), version=1, by=None, now=NOW)
    return added


def wrong(engine, now=NOW):
    return {finding.check: finding.wrong for finding in doctor.examine(engine, now) if not finding.sound}


def spoil(engine, statement, unguarded=""):
    """Do what no verb does; past what guards the table `unguarded`, which is put back after."""
    with engine.connect() as connection:
        say = connection.exec_driver_sql
        if unguarded and engine.dialect.name == "sqlite":
            guards = say(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{unguarded}'").all()
            statements = [*(f"DROP TRIGGER {name}" for name, _ in guards), statement, *(sql for _, sql in guards)]
        elif unguarded:
            statements = [f"ALTER TABLE {unguarded} DISABLE TRIGGER USER", statement, f"ALTER TABLE {unguarded} ENABLE TRIGGER USER"]
        else:
            statements = [statement]
        for each in statements:
            say(each)
        connection.commit()


def test_a_sound_record_passes_every_check(engine, proposal):
    findings = doctor.examine(engine, NOW)

    assert [(finding.check, finding.sound) for finding in findings] == [
        (name, True)
        for name in (
            "migrations",
            "database settings",
            "integrity",
            "foreign keys",
            "append-only",
            "stages",
            "texts",
            "ledger",
            "packets",
            "snapshots",
            "search",
            "clock",
            "letters",
        )
    ]


def test_a_corrected_move_replays_in_the_place_of_the_first(engine, proposal, editor):
    with writing() as session:
        first = proposals.moves(session, proposal)[0]
        form = MoveForm(to=Stage.PUBLISHED, on=PartialDate(date(2022, 6, 20)))
        proposals.correct_move(session, session.merge(proposal), first, form, by=editor, now=NOW)

    assert wrong(engine) == {}


def test_a_database_below_head_is_not_examined_further(empty_engine):
    assert [(finding.check, finding.wrong) for finding in doctor.examine(empty_engine, NOW)] == [
        ("migrations", ["not at head: run `python -m relais migrate`"])
    ]


@pytest.mark.sqlite
def test_a_connection_without_our_pragmas_is_found(engine, proposal):
    careless = create_engine(engine.url)

    assert wrong(careless) == {"database settings": ["foreign_keys is 0, should be 1"]}
    careless.dispose()


@pytest.mark.postgresql
def test_a_server_that_acknowledges_too_early_is_found(engine, proposal):
    careless = create_engine(engine.url, connect_args={"options": "-c synchronous_commit=off"})

    assert list(wrong(careless)) == ["database settings"]
    careless.dispose()


@pytest.mark.sqlite
def test_a_row_that_points_at_nothing_is_found(engine, proposal):
    careless = create_engine(engine.url)
    spoil(careless, "UPDATE proposals SET group_id = 99")
    careless.dispose()

    assert wrong(engine) == {"foreign keys": ["row 1 of proposals points at nothing in groups"]}


@pytest.mark.sqlite
def test_a_damaged_index_is_found(engine, proposal):
    with engine.connect() as connection:
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_moves_proposal_id'")).scalar_one()
        size = connection.execute(text("PRAGMA page_size")).scalar_one()
        connection.exec_driver_sql("ROLLBACK")
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    with Path(engine.url.database).open("r+b") as file:
        file.seek((page - 1) * size + size - 1)
        file.write(b"\x07")

    assert "integrity" in wrong(engine)


def test_a_guard_that_is_gone_is_found(engine, proposal):
    name, of = ("moves_refuse_update", "") if engine.dialect.name == "sqlite" else ("moves_refuse_change", " ON moves")
    spoil(engine, f"DROP TRIGGER {name}{of}")

    assert wrong(engine) == {"append-only": [f"moves may be changed: {name} is missing"]}


def test_a_stage_nobody_moved_to_is_found(engine, proposal):
    spoil(engine, "UPDATE proposals SET stage = 'adopted'")

    told = wrong(engine)

    assert told.pop("search") == ["proposal 1 is not found by its words", "run `python -m relais reindex`"]
    assert told == {"stages": ["guichet-unique: is adopted, its moves lead to backed"]}


def test_a_move_that_does_not_follow_the_one_before_is_found(engine, proposal):
    spoil(engine, "UPDATE moves SET from_stage = 'drafted' WHERE to_stage = 'backed'", unguarded="moves")

    assert wrong(engine) == {"stages": ["guichet-unique: a move starts from drafted, the moves before it lead to published"]}


def test_a_text_that_is_not_its_last_revision_is_found(engine, proposal):
    spoil(engine, "UPDATE texts SET title = 'Autre chose'")

    assert wrong(engine) == {
        "texts": ["guichet-unique (fr): does not say what its revision 1 says"],
        "search": ["proposal 1 is not found by its words", "run `python -m relais reindex`"],
    }


def test_a_missing_revision_is_found(engine, proposal):
    spoil(engine, "UPDATE texts SET number = 2")

    assert wrong(engine) == {"texts": ["guichet-unique (fr): is at revision 2, last and number of revisions are (1, 1)"]}


def test_an_act_without_an_event_is_found(engine, proposal):
    spoil(engine, "DELETE FROM events WHERE subject = 'moves'", unguarded="events")

    assert list(wrong(engine)) == ["ledger"]
    assert len(wrong(engine)["ledger"]) == 2


def test_a_clock_set_back_is_found(engine, proposal):
    assert wrong(engine, NOW - timedelta(minutes=4)) == {}
    assert list(wrong(engine, NOW - timedelta(hours=1))) == ["clock"]


def test_requests_that_nobody_answers_are_found(engine, proposal):
    with writing() as session:
        session.add(SignInRequest(address="a@b.fr", address_hash="a", client_hash="c", language="fr", asked_at=NOW, due_at=NOW))

    assert wrong(engine, NOW + timedelta(minutes=15)) == {}
    assert wrong(engine, NOW + timedelta(minutes=16)) == {"letters": ["1 due, some since over 15 minutes: is a worker running?"]}

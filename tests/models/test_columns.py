"""What the database itself keeps true, asked in plain SQL, past every form and class."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import SQLModel, select

from models import Person
from relais.db import engine_for, reading, writing
from tests.record import ROWS, fill, say

SUMMER = timezone(timedelta(hours=2))


@pytest.fixture(scope="module")
def standing(databases):
    """A filled database that serves every refusal: none of them changes it."""
    address = databases.copy()
    engine = engine_for(address)
    fill(engine)
    yield engine
    engine.dispose()
    databases.drop(address)


def test_a_naive_instant_is_refused(engine):
    with pytest.raises(StatementError, match="needs a time zone"), writing() as session:
        session.add(Person(email="naive@relais.test", created_at=datetime(2026, 3, 29, 3, 30)))  # noqa: DTZ001


def test_an_instant_comes_back_in_utc_wherever_it_was_written(engine):
    with writing() as session:
        session.add(Person(email="summer@relais.test", created_at=datetime(2026, 3, 29, 3, 30, tzinfo=SUMMER)))

    with reading() as session:
        found = session.exec(select(Person.created_at)).one()

    assert (found, found.tzinfo) == (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), UTC)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("proposals", "stage"),
        ("proposals", "level"),
        ("moves", "to_stage"),
        ("moves", "from_stage"),
        ("moves", "precision"),
        ("positions", "stance"),
        ("positions", "precision"),
        ("entries", "family"),
        ("entries", "kind"),
        ("entries", "state"),
        ("entries", "precision"),
        ("sources", "precision"),
        ("events", "kind"),
        ("actors", "kind"),
        ("memberships", "role"),
    ],
)
def test_a_nonsense_word_is_refused_by_the_database(standing, table, column):
    with pytest.raises(IntegrityError, match=f"ck_{table}_"):
        say(standing, table, **{column: "nonsense"})


@pytest.mark.parametrize(
    ("check", "table", "values"),
    [
        ("ck_proposals_merged_into_one", "proposals", {"stage": "merged"}),
        ("ck_proposals_merged_into_one", "proposals", {"stage": "drafted", "merged_into_id": 1}),
        ("ck_proposals_slug_lower", "proposals", {"slug": "Guichet"}),
        ("ck_proposals_slug_lower", "proposals", {"slug": ""}),
        ("ck_moves_moves", "moves", {"from_stage": "published"}),
        ("ck_moves_dated_or_not", "moves", {"effective_on": "2026-01-01", "precision": "undated"}),
        ("ck_moves_dated_or_not", "moves", {"effective_on": None, "precision": "day"}),
        ("ck_positions_dated_or_not", "positions", {"effective_on": None, "precision": "year"}),
        ("ck_entries_dated_or_not", "entries", {"effective_on": None, "precision": "month"}),
        ("ck_sources_dated_or_not", "sources", {"effective_on": None, "precision": "by"}),
        ("ck_entries_ends_after", "entries", {"effective_until": "2026-01-01"}),
        ("ck_entries_ends_after", "entries", {"precision": "month", "effective_until": "2026-02-01"}),
        ("ck_entries_titled", "entries", {"title_fr": "", "title_en": ""}),
        ("ck_citations_one_claim", "citations", {"move_id": None}),
        ("ck_citations_one_claim", "citations", {"position_id": 1}),
        ("ck_citations_one_claim", "citations", {"move_id": None, "position_id": 1, "entry_id": 1}),
        ("ck_entry_proposals_lead_or_rejected", "entry_proposals", {"lead": True, "rejected": True}),
        ("ck_comments_says_something", "comments", {"body": ""}),
        ("ck_persons_email_lower", "persons", {"email": "Claire@relais.test"}),
        ("ck_texts_titled", "texts", {"title": ""}),
        ("ck_revisions_numbered", "revisions", {"number": 0}),
        ("ck_actors_several", "actors", {"size": 1}),
        ("ck_presidencies_ends_after", "presidencies", {"ends_on": "2020-01-01"}),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_by_the_database(standing, check, table, values):
    with pytest.raises(IntegrityError, match=check):
        say(standing, table, **values)


@pytest.mark.parametrize("table", ["persons", "groups", "proposals", "sources", "actors", "texts", "revisions", "moves"])
def test_a_row_others_rest_on_stays(standing, table):
    with pytest.raises(DBAPIError), standing.begin() as connection:
        connection.execute(text(f"DELETE FROM {table}"))


def test_an_orphan_is_refused(standing):
    with pytest.raises(IntegrityError):
        say(standing, "comments", proposal_id=4711)


@pytest.mark.parametrize("table", ["moves", "positions", "entries", "revisions", "events", "comment_versions"])
@pytest.mark.parametrize("act", ["UPDATE", "DELETE"])
def test_what_is_append_only_can_be_neither_changed_nor_deleted(standing, table, act):
    key = "comment_id" if table == "comment_versions" else "id"
    statement = f"UPDATE {table} SET {key} = {key}" if act == "UPDATE" else f"DELETE FROM {table}"

    with pytest.raises(DBAPIError, match=f"{table} is append-only: {act} refused"), standing.begin() as connection:
        connection.execute(text(statement))

    with standing.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["moves", "positions", "entries", "revisions", "events", "comment_versions"])
def test_what_is_append_only_cannot_be_emptied_at_once(standing, table):
    with pytest.raises(DBAPIError, match=f"{table} is append-only: TRUNCATE refused"), standing.begin() as connection:
        connection.execute(text(f"TRUNCATE {table} CASCADE"))


def test_every_table_has_a_sound_row(record):
    """The refusals above are of one column each: the same row with its own values is taken."""
    assert set(ROWS) == set(SQLModel.metadata.tables)
    assert say(record, "persons", email="claire@relais.test") == 2

"""The migrations build what the models say, go back and forth with data in the tables, and never leave half a change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from relais import migrations, schema
from relais.wording import folded
from tests.house.checkout import ROOT
from tests.record import ROWS, say

REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", "{head}"

def upgrade():
    {act}
"""


def test_the_models_and_the_migrations_agree(engine):
    assert migrations.check(engine) == []


def test_the_database_checks_what_the_models_say_it_checks(engine, empty_engine):
    SQLModel.metadata.create_all(empty_engine)

    assert checks(engine) == checks(empty_engine)


def test_a_database_at_head_says_so(engine, empty_engine):
    assert (schema.at_head(engine), schema.at_head(empty_engine)) == (True, False)


def test_the_head_is_the_one_alembic_knows():
    known = ScriptDirectory.from_config(Config(ROOT / "alembic.ini"))

    assert schema.heads() == set(known.get_heads())


def test_upgrading_at_head_changes_nothing(record):
    before = counts(record)

    migrations.upgrade(record)

    assert counts(record) == before == dict.fromkeys(ROWS, 1)


def test_down_to_the_base_and_up_again_with_data(record):
    migrations.downgrade(record, "base")
    bare = inspect(record).get_table_names()
    migrations.upgrade(record)

    assert bare == ["alembic_version"]
    assert (counts(record), migrations.check(record)) == (dict.fromkeys(ROWS, 0), [])
    assert [say(record, table) for table in ROWS] == [1] * len(ROWS)


def test_one_down_and_up_again_keeps_the_rows_there_were(record):
    migrations.downgrade(record, "-1")
    below = {table: rows for table, rows in everything(record).items() if rows}
    migrations.upgrade(record)

    assert len(below) > 20
    assert {table: rows for table, rows in everything(record).items() if table in below} == below
    assert migrations.check(record) == []


def test_texts_there_before_they_were_folded_are_folded(record):
    words = {"title": "Œuvre d’État", "summary": "ŁÓDŹ", "body": "straße %"}
    with record.begin() as connection:
        connection.execute(text("UPDATE texts SET title = :title, summary = :summary, body = :body"), words)

    migrations.downgrade(record, "0003")
    migrations.upgrade(record)

    with record.connect() as connection:
        assert connection.execute(text("SELECT search_text FROM texts")).scalar_one() == folded("\n".join(words.values()))


@pytest.mark.parametrize("before", ["0022", "0024"])
def test_an_index_of_words_written_as_before_is_emptied_and_kept_from_then_on(record, before):
    migrations.downgrade(record, before)
    assert (say(record, "search_rows"), said(record)) == (1, 1)

    migrations.upgrade(record)

    assert (counts(record)["search_rows"], said(record)) == (0, 0)
    assert (say(record, "search_rows"), said(record)) == (1, 1)


def said(engine):
    """How many rows the engine finds by a word all of them say."""
    asked = "FROM search_words WHERE search_words MATCH 'kproposal'"
    if engine.dialect.name == "postgresql":
        asked = "FROM search_rows WHERE search_vector @@ 'kproposal'::tsquery"
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) {asked}")).scalar_one()


@pytest.mark.sqlite
def test_remaking_a_table_keeps_the_rows_that_hang_on_it(record, tmp_path):
    run(record, tmp_path, 'with op.batch_alter_table("proposals", recreate="always"): pass')

    assert counts(record) == dict.fromkeys(ROWS, 1)


def test_a_migration_that_fails_leaves_nothing_behind(record, tmp_path):
    with pytest.raises(ZeroDivisionError):
        run(record, tmp_path, 'op.create_table("half", sa.Column("id", sa.Integer)); 1 / 0')

    assert "half" not in inspect(record).get_table_names()
    assert schema.at_head(record)


@pytest.mark.sqlite
def test_a_migration_that_leaves_orphans_is_undone(record, tmp_path):
    with pytest.raises(RuntimeError, match="pointing nowhere"):
        run(record, tmp_path, 'op.execute("DELETE FROM themes")')

    assert counts(record)["themes"] == 1


@pytest.mark.sqlite
def test_foreign_keys_are_on_again_after_a_migration(record, tmp_path):
    run(record, tmp_path, "pass")

    with record.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_the_command_migrates_the_database_of_the_settings(empty_engine):
    done = migrating(empty_engine).communicate(timeout=60)

    assert schema.at_head(empty_engine), done


@pytest.mark.postgresql
def test_two_that_migrate_at_once_take_turns(empty_engine):
    both = [migrating(empty_engine), migrating(empty_engine)]

    told = [process.communicate(timeout=60) for process in both]

    assert [process.returncode for process in both] == [0, 0], told
    assert schema.at_head(empty_engine)


def checks(engine: Engine) -> dict[str, dict[str, str]]:
    """Every CHECK of every table, by name."""
    asked = inspect(engine)
    return {
        table: {str(check["name"]): check["sqltext"] for check in asked.get_check_constraints(table)}
        for table in asked.get_table_names()
        if table != "alembic_version" and not table.startswith("search_words")
    }


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in ROWS}


def everything(engine: Engine) -> dict[str, int]:
    """Rows in each table there is, whatever the revision."""
    with engine.connect() as connection:
        tables = [table for table in inspect(engine).get_table_names() if table != "alembic_version"]
        return {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables}


def run(engine: Engine, folder: Path, act: str) -> None:
    """Run one more migration, which does that act, after the newest."""
    (head,) = schema.heads()
    (folder / "later.py").write_text(REVISION.format(head=head, act=act))
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("version_locations", os.pathsep.join([str(ROOT / "migrations" / "versions"), str(folder)]))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def migrating(engine: Engine) -> subprocess.Popen[str]:
    environment = os.environ | {"RELAIS_DATABASE_URL": engine.url.render_as_string(hide_password=False)}
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

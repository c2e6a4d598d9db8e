from contextlib import ExitStack

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import col, select

from models import Event, Group
from models.event import EventKind
from relais import db, ledger
from relais.db import among, numbers, put, reading, state_of, take, take_stock, writing
from relais.errors import Missing, Stale
from tests.days import NOW
from tests.public_record import counted


def names() -> list[str]:
    with reading() as session:
        return list(session.exec(select(Group.slug).order_by(col(Group.slug))).all())


def test_the_engine_of_the_settings_is_the_engine_under_test(engine):
    assert db.engine() is engine


@pytest.mark.sqlite
def test_every_pooled_connection_keeps_its_promises(engine):
    asked = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous", "cache_size")

    with ExitStack() as held:
        raws = [held.enter_context(engine.connect()).connection.driver_connection for _ in range(16)]
        promises = [tuple(raw.execute(f"PRAGMA {name}").fetchone()[0] for name in asked) for raw in raws]

    assert len(set(map(id, raws))) == 16
    assert set(promises) == {("wal", 1, 5000, 2, -8000)}


@pytest.mark.postgresql
def test_no_connection_compiles_its_queries_however_often_it_is_given_out(engine):
    with ExitStack() as held:
        connections = [held.enter_context(engine.connect()) for _ in range(3)]
        told = {connection.execute(text("SHOW jit")).scalar_one() for connection in connections}
        connections[0].rollback()
    with engine.connect() as again:
        told.add(again.execute(text("SHOW jit")).scalar_one())

    assert told == {"off"}


@pytest.mark.sqlite
def test_a_writer_locks_at_its_beginning_and_a_reader_never(engine, public_affairs):
    with writing() as session:
        session.connection()

        assert names() == ["european-public-affairs"]
        with engine.connect() as other:
            other.connection.driver_connection.execute("PRAGMA busy_timeout=1")
            with pytest.raises(OperationalError, match="locked"):
                other.execute(text("SELECT 1"))
            other.connection.driver_connection.execute("PRAGMA busy_timeout=5000")


def test_work_that_is_done_is_kept(engine):
    with writing() as session:
        session.add(Group(slug="kept", name_fr="G", name_en="G"))

    assert names() == ["kept"]


def test_work_that_raises_is_undone_whole(engine):
    with pytest.raises(Missing):
        add_with_its_event("undone", then=Missing())

    assert names() == []
    with reading() as session:
        assert session.exec(select(Event)).all() == []


def test_a_commit_that_fails_is_told_to_the_caller(engine):
    def fail(connection):
        raise OSError("no space left")

    event.listen(engine, "commit", fail)
    with pytest.raises(OSError, match="no space left"), writing() as session:
        session.add(Group(slug="lost", name_fr="G", name_en="G"))
    event.remove(engine, "commit", fail)

    assert names() == []


def test_what_a_reader_changes_is_thrown_away(engine, public_affairs):
    with reading() as session:
        session.exec(select(Group)).one().slug = "changed"

    assert names() == ["european-public-affairs"]


@pytest.mark.postgresql
def test_a_reader_cannot_write(engine, public_affairs):
    with pytest.raises(DBAPIError, match="read-only"), reading() as session:
        session.connection().execute(text("DELETE FROM groups"))


def test_a_reader_keeps_the_view_it_began_with(engine, public_affairs):
    with reading() as session:
        before = session.exec(select(Group.slug)).all()
        with writing() as other:
            other.add(Group(slug="later", name_fr="G", name_en="G"))

        assert session.exec(select(Group.slug)).all() == before == ["european-public-affairs"]
    assert names() == ["european-public-affairs", "later"]


def test_a_row_that_is_put_is_there_at_once_and_can_be_changed_like_any(engine):
    with writing() as session:
        group = Group(slug="put", name_fr="G", name_en="G")
        put(session, group)
        told = session.connection().execute(text("SELECT slug, version FROM groups WHERE id = :id"), {"id": group.id}).one()
        group.name_en = "Changed after"

    assert tuple(told) == ("put", 1)
    assert one_group() == (1, "Changed after")


def test_taking_a_row_claims_its_next_version(engine, public_affairs):
    with writing() as session:
        group = session.get_one(Group, public_affairs.id)
        take(session, group, 1)
        group.name_en = "Renamed"

    assert one_group() == (2, "Renamed")


def test_a_stale_take_is_refused_and_shows_what_stands(engine, public_affairs):
    rename(public_affairs, "First")

    with pytest.raises(Stale) as refusal:
        rename(public_affairs, "Second")

    assert (refusal.value.current.name_en, refusal.value.current.version) == ("First", 2)
    assert one_group() == (2, "First")


@pytest.mark.parametrize("version", [0, 2, -1, 10**6])
def test_a_version_that_never_was_is_stale(engine, public_affairs, version):
    with pytest.raises(Stale), writing() as session:
        take(session, session.get_one(Group, public_affairs.id), version)


def test_numbers_are_given_to_one_statement_however_many_they_are(engine, public_affairs, social_tech):
    dialect = engine.dialect.name
    wanted = ([], [social_tech.id], [1 << 60, public_affairs.id, social_tech.id, *range(1000, 3000)])

    with counted(engine) as said, reading() as session:
        query = select(Group.slug).where(among(dialect, col(Group.id), "ids")).order_by(col(Group.slug))
        found = [list(session.execute(query, {"ids": numbers(dialect, ids)}).scalars()) for ids in wanted]

    assert found == [[], [social_tech.slug], [public_affairs.slug, social_tech.slug]]
    assert len({statement for statement in said if statement.startswith("SELECT")}) == 1


def test_sqlite_is_told_how_much_there_is(engine, public_affairs):
    with counted(engine) as said:
        take_stock(engine)

    if engine.dialect.name == "postgresql":
        assert said == []
        return
    with reading() as session:
        told = session.connection().execute(text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'groups'")).scalars().all()
    assert told == ["1 1"]


def test_the_state_grows_with_public_events_only(engine, public_affairs):
    states = [state(), act(public_affairs, public=False), act(public_affairs, public=True), act(public_affairs, public=False)]

    assert states == [0, 0, 2, 2]


def add_with_its_event(slug: str, then: Exception) -> None:
    with writing() as session:
        group = Group(slug=slug, name_fr="G", name_en="G")
        session.add(group)
        ledger.record(session, EventKind.GROUP_ADDED, group, at=NOW, by=None)
        raise then


def rename(group: Group, name: str) -> None:
    """A save made from the first version."""
    with writing() as session:
        found = session.get_one(Group, group.id)
        take(session, found, 1)
        found.name_en = name


def one_group() -> tuple[int, str]:
    with reading() as session:
        group = session.exec(select(Group)).one()
        return group.version, group.name_en


def act(group: Group, *, public: bool) -> int:
    """Record an event; gives the state after."""
    with writing() as session:
        ledger.record(session, EventKind.GROUP_ADDED, group, at=NOW, by=None, group_id=group.id, public=public)
    return state()


def state() -> int:
    with reading() as session:
        return state_of(session)

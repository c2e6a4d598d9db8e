"""How the export is written: the same bytes, in blocks, in a fixed number of queries."""

import io
from datetime import date

import pytest
from sqlalchemy import true

from relais import export
from relais.access import VISITOR
from relais.db import reading
from relais.export import merge
from tests.days import TODAY
from tests.exported import exported, exported_one
from tests.public_record import (
    a_comment,
    a_corrected_entry,
    a_position,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    counted,
)


def test_the_same_record_gives_the_same_bytes(engine, public_affairs):
    a_proposal("guichet", public_affairs)
    with reading() as session:
        document = export.document(session, today=TODAY)
    stream = io.BytesIO()

    with reading() as session:
        export.write(session, stream, today=date(2031, 1, 1))

    assert stream.getvalue() == document
    assert document.endswith(b"]}\n")


def test_the_first_block_comes_before_the_rest_is_read(engine, public_affairs):
    for number in range(60):
        a_proposal(f"p-{number}", public_affairs, instrument_fr="x" * 200)
    with reading() as session, counted(engine) as asked:
        blocks = export.chunks(session, today=TODAY)
        first = next(blocks)
        before = len(asked)
        rest = list(blocks)

    assert first.startswith(b'{"meta":{"schema":"relais-export-1"')
    assert before < len(asked)
    assert max(len(block) for block in (first, *rest)) <= export.BLOCK


def test_it_asks_as_often_for_three_as_for_one(engine, public_affairs, editor):
    a_source("report")
    an_actor("mednum")

    def asked(slug):
        proposal = a_proposal(slug, public_affairs, cites="report")
        a_position(proposal, "mednum", cites="report", on="2022-06-22")
        a_corrected_entry(an_entry(slug, proposal, on="2022-06-22", citations=[{"source": "report"}]), editor, on="2022-06-23")
        a_comment(proposal, editor, "Oui.", public=True)
        counts = []
        for as_of in (None, date(2023, 1, 1)):
            with counted(engine) as statements:
                exported(as_of)
                exported_one("a", as_of)
            counts.append(len(statements))
        return counts

    one, _two, three = asked("a"), asked("b"), asked("c")

    assert three == one


@pytest.mark.postgresql
def test_a_reader_who_leaves_early_leaves_no_cursor_open(engine, public_affairs):
    def cursors(session):
        return session.connection().exec_driver_sql("SELECT count(*) FROM pg_cursors WHERE name LIKE 'c!_%%' ESCAPE '!'").scalar_one()

    for slug in ("a", "b", "c"):
        a_proposal(slug, public_affairs)
    with reading() as session:
        found = merge.proposals(session, true(), VISITOR, None)
        next(found)
        held = cursors(session)
        found.close()

        assert (held > 0, cursors(session)) == (True, 0)

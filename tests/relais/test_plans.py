"""Where SQLite looks for what is asked at nearly every page or act."""

import pytest
from sqlalchemy import event

from models import Comment
from relais import comments, db, ledger
from relais.comments import CommentForm
from relais.db import reading, writing
from tests.days import NOW
from tests.public_record import a_comment, a_proposal

pytestmark = pytest.mark.sqlite


@pytest.fixture
def planned(engine):
    """How SQLite answers the one question about that table which `done` asks."""

    def of(table, done):
        asked = []
        event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        done()
        statement, values = next(one for one in asked if one[0].startswith("SELECT") and table in one[0])
        with engine.connect() as connection:
            return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values) if table in row.detail]

    return of


def test_the_newest_act_and_the_newest_that_is_no_comment_are_read_from_the_end(engine, planned):
    def asked():
        with reading(engine) as session:
            ledger.latest(session)

    newest, but_comments = planned("events", asked)

    assert [newest, but_comments.replace("COVERING ", "")] == ["SCAN events", "SCAN events USING INDEX ix_events_but_comments"]


@pytest.mark.parametrize("counted", [False, True])
def test_a_comment_sent_twice_is_looked_for_among_those_of_its_proposal(engine, planned, public_affairs, editor, counted):
    some = [a_proposal(f"proposal-{number}", public_affairs) for number in range(3)]
    for number in range(30):
        a_comment(some[number % 3], editor, f"Number {number}")
    if counted:
        db.take_stock(engine)

    def asked():
        with writing(engine) as session:
            comments.post(session, some[0], CommentForm(body="Once more"), by=editor, now=NOW)

    assert planned(Comment.__tablename__, asked) == ["SEARCH comments USING INDEX ix_comments_proposal_id (proposal_id=?)"]

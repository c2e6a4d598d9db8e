"""A frozen brief is news: in the activity, and on the pages visitors have kept."""

from datetime import date

from relais import outbox
from tests.days import NOW
from tests.handover import a_calendar, a_story, frozen
from tests.web.reading import read

FIRST = "/en/presidencies/2022-cz/packets/1"


def test_the_activity_tells_of_it_and_leads_to_it(visitor, public_affairs, editor):
    a_calendar()
    a_story(public_affairs)
    frozen(by=editor)

    (line,) = [item for item in read(visitor.get("/en/activity")).all("li") if "packet frozen" in item.words]

    assert "Hand-over packet frozen: 2022-cz, 1" in line.words
    assert FIRST in [link["href"] for link in line.all("a")]


def test_a_page_a_visitor_had_before_names_it_at_once(engine, visitor, public_affairs):
    a_calendar()
    a_story(public_affairs)
    before = read(visitor.get("/en/presidencies/2022-cz")).one(id="packets").all("a")
    outbox.freeze(engine, NOW, date(2022, 7, 1))
    outbox.freeze(engine, NOW, date(2022, 7, 2))

    after = read(visitor.get("/en/presidencies/2022-cz")).one(id="packets").all("a")

    assert ([link["href"] for link in before], [link["href"] for link in after]) == ([], [FIRST])
    assert "by Relais" in read(visitor.get(FIRST)).one("dl", class_="facts").words

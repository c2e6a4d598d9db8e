"""What is done with asks, as the activity tells it and as open pages hear it."""

import pytest

from relais import ledger
from relais.db import reading
from tests.asks import a_calendar, a_leg, carried, closed
from tests.public_record import a_comment, a_proposal, moved
from tests.web.reading import read
from tests.web.test_live import acts, told

LEGS = "/en/proposals/guichet/legs"


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet", public_affairs)


def lines(client):
    acts = read(client.get("/en/activity?news=work")).one("main").all("li")
    return [(act.words, next(link["href"] for link in act.all("a"))) for act in acts]


def test_the_activity_tells_of_asks_to_those_who_may_know(as_observer, visitor, guichet, editor):
    closed(a_leg(guichet, editor, "2022-fr", public=True), guichet, editor)
    public = lines(visitor)
    a_leg(guichet, editor, "2026-ie")

    (newest, path), _ = lines(as_observer)  # what was planned at one moment is one line

    assert (newest.startswith("new Ask to a presidency planned on"), "IE 2026" in newest, path) == (True, True, f"{LEGS}#leg-2026-ie")
    assert [line for line, _ in public] == [line for line, _ in lines(visitor)]
    assert [(line.partition(" Titre")[0], path) for line, path in public] == [
        ("Ask to a presidency closed on", f"{LEGS}#leg-2022-fr"), ("Ask to a presidency planned on", f"{LEGS}#leg-2022-fr"),
    ]  # fmt: skip


def test_an_open_page_hears_of_an_ask_with_a_name_in_the_group_and_a_role_outside(visitor, as_observer, as_editor, guichet, editor):
    with reading() as session:
        before = ledger.newest(session)
    leg = a_leg(guichet, editor, public=True)
    carried(leg, guichet, editor, "2027-lt")

    [[first, second], [shown, _]] = acts(as_observer, before), acts(visitor, before)

    assert "Emil Novák planned an ask to a presidency." in first["data"]
    assert f'href="{LEGS}#leg-2027-lt"' in second["data"]
    assert ("Editor planned" in shown["data"], "Emil" in shown["data"]) == (True, False)
    assert acts(as_editor, before) == []


def test_the_page_of_an_ask_hears_of_asks_and_stages_and_of_no_comment(visitor, guichet, editor):
    leg = a_leg(guichet, editor, public=True)
    section = read(visitor.get(f"{LEGS}/2026-ie")).one("section", class_="news")
    path, _, before = section["data-live"].rpartition("&after=")
    carried(leg, guichet, editor, "2027-lt")
    a_comment(guichet, editor, "Who answers?", public=True)
    moved(guichet, "backed", on="2026-11-01")

    heard = [message["data"] for message in told(visitor, int(before), path) if "id" in message]

    assert path == "/en/proposals/guichet/live?page=leg"
    assert ["planned an ask" in heard[0], "The stage is now: Backed" in heard[1], len(heard)] == [True, True, 2]
    assert 'href="/en/proposals/guichet">Proposal</a>' in heard[1]


def test_the_page_of_an_ask_as_of_a_day_hears_nothing(visitor, guichet, editor):
    a_leg(guichet, editor, public=True)

    assert read(visitor.get(f"{LEGS}/2026-ie?as_of=2026-11-01")).all("section", class_="news") == []


def test_a_visitors_page_hears_nothing_of_what_the_group_keeps(visitor, guichet, editor):
    with reading() as session:
        before = ledger.newest(session)
    a_leg(guichet, editor)

    assert acts(visitor, before) == []

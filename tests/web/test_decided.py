"""The calendar goes on: who may add the next presidency, and what is refused."""

import pytest
from sqlmodel import col, select

from models import Event, Presidency, Source
from models.event import EventKind
from relais.db import reading
from tests.handover import a_calendar
from tests.web.reading import read

NEW = "/en/presidencies/new"
NEXT = {"state": "sweden", "starts_on": "2024-01-01", "trio": "es, se FR", "decision": "decision", "known_on": "2022-01-01"}


@pytest.fixture
def calendar(engine):
    a_calendar()


def last():
    with reading() as session:
        return session.exec(select(Presidency).order_by(col(Presidency.starts_on).desc())).first()


def test_a_coordinator_adds_the_next_presidency_and_it_is_in_the_relay(as_coordinator, visitor, calendar, coordinator):
    form = read(as_coordinator.get(NEW)).one("form", id="record")
    answer = as_coordinator.post(NEW, data=NEXT)

    added = last()
    assert form.one(id="f-starts_on")["value"] == "2024-01-01"
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/presidencies/2024-se")
    assert (added.slug, str(added.starts_on), str(added.ends_on), added.trio) == ("2024-se", "2024-01-01", "2024-06-30", ["ES", "SE", "FR"])
    with reading() as session:
        (event,) = session.exec(
            select(Event).where(col(Event.kind) == EventKind.PRESIDENCY_ADDED, col(Event.subject_id) == "2024-se")
        ).all()
    assert (event.subject_id, event.actor_id, event.public) == ("2024-se", coordinator.id, True)
    assert "Sweden" in read(visitor.get("/en/presidencies/2024-se")).one("h1").words
    assert "2024-se" in visitor.get("/en/presidencies").text
    assert "/en/presidencies/2024-se" in visitor.get("/en/?start=2023-se").text


def test_a_new_decision_is_added_with_its_address(as_coordinator, calendar):
    typed = NEXT | {"decision": "", "decision_title": "Council Decision 2030/1", "decision_url": "https://example.org/2030"}
    as_coordinator.post(NEW, data=typed)

    with reading() as session:
        source = session.get_one(Source, last().source_id)
    assert (source.title, source.url) == ("Council Decision 2030/1", "https://example.org/2030")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"starts_on": "2024-07-01"}, "starts_on", "This leaves a gap: the last known presidency ends on 2023-12-31"),
        ({"starts_on": "2023-07-01"}, "starts_on", "Another presidency is known for these days"),
        ({"starts_on": "2024-02-01"}, "starts_on", "A presidency starts on 1 January or on 1 July"),
        ({"starts_on": "soon"}, "starts_on", "Write a day such as 2022-07-01"),
        ({"starts_on": ""}, "starts_on", "Fill this in"),
        ({"state": "atlantis"}, "state", "Choose one from the list"),
        ({"trio": "ES SE"}, "trio", "Name the three states by their codes, such as IE LT EL"),
        ({"trio": "ES SE XX"}, "trio", "Name the three states by their codes, such as IE LT EL"),
        ({"trio": "ES FR CZ"}, "trio", "The state that presides is one of the three"),
        ({"decision": "nowhere"}, "decision", "Choose one from the list"),
        ({"decision": ""}, "decision_title", "Choose the decision, or give its title and its address"),
        ({"decision": "", "decision_title": "A"}, "decision_url", "Choose the decision, or give its title and its address"),
        (
            {"decision": "", "decision_title": "A", "decision_url": "nowhere"},
            "decision_url",
            "Write a web address that starts with https://",
        ),
        ({"known_on": ""}, "known_on", "Fill this in"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_added(as_coordinator, calendar, changed, field, words):
    answer = as_coordinator.post(NEW, data=NEXT | changed)

    page = read(answer)
    assert (answer.status_code, page.one(id=f"f-{field}-e").words) == (422, words)
    assert page.one(id="f-trio")["value"] == (NEXT | changed)["trio"]
    assert last().slug == "2023-es"


@pytest.mark.parametrize(
    ("who", "statuses"),
    [("visitor", [303, 401]), ("as_stranger", [403, 403]), ("as_commenter", [403, 403]), ("as_editor", [403, 403])],
)
def test_nobody_else_may(request, calendar, who, statuses):
    client = request.getfixturevalue(who)

    assert [client.get(NEW).status_code, client.post(NEW, data=NEXT).status_code] == statuses
    assert NEW not in client.get("/en/presidencies").text
    assert last().slug == "2023-es"


def test_it_works_from_the_first_on(as_coordinator, engine, calendar):
    assert as_coordinator.post(NEW, data=NEXT).status_code == 303
    again = as_coordinator.post(NEW, data=NEXT)

    assert (again.status_code, read(again).one(id="f-starts_on-e").words) == (422, "Another presidency is known for these days")

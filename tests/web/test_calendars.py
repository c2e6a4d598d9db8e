"""Calendars as calendars take them: parsed by a library, folded, escaped, cheap to ask for again; and a member's own address."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from relais import log
from tests.asks import a_calendar
from tests.days import NOW
from tests.public_record import a_corrected_entry, a_proposal, a_source, an_entry
from tests.steps import a_task
from tests.web.reading import read

PAGE = "/en/calendars/proposal/guichet.ics"
MINE = "/en/account/calendar"
HOST = "http://testserver"


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def parsed(answer, kind="VEVENT"):
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk(kind)


def test_an_event_as_a_calendar_reads_it(visitor, guichet):
    a_source("programme", title="Work programme", url="https://example.org/wp")
    an_entry("vote", guichet, on="2026-12-01/2026-12-02", state="planned", citations=[{"source": "programme"}])
    answer = visitor.get(PAGE)
    (event,) = parsed(answer)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"], event["SUMMARY"]) == ("entry-vote@testserver", 0, "CONFIRMED", "Vote vote")
    assert (event["DTSTART"].dt, event["DTEND"].dt, event["DTSTART"].params["VALUE"]) == (date(2026, 12, 1), date(2026, 12, 3), "DATE")
    assert {event[name].dt for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED")} == {NOW}
    assert event["CATEGORIES"].cats == ["Vote", "Planned"]
    assert event["URL"] == f"{HOST}/en/proposals/guichet#timeline"
    assert event["DESCRIPTION"] == "Proposals: Titre de guichet\nSource: Work programme, https://example.org/wp"


def test_the_calendar_says_whose_it_is_in_both_languages(visitor, guichet):
    (english,), (french,) = (parsed(visitor.get(f"/{tongue}/calendars/everything.ics"), "VCALENDAR") for tongue in ("en", "fr"))

    assert [one["X-WR-CALNAME"] for one in (english, french)] == ["Everything on the relay — Relais", "Tout le relais — Relais"]
    assert (english["VERSION"], english["METHOD"], english["REFRESH-INTERVAL"].dt.total_seconds()) == ("2.0", "PUBLISH", 12 * 3600)


def test_lines_are_folded_and_signs_escaped(visitor, guichet):
    title, note = "Vote; a, b \\ " + "é" * 120, "One line.\nAnother: «;,»"
    an_entry("odd", guichet, on="2026-12-01", state="planned", title_en=title, note_en=note)
    answer = visitor.get(PAGE)
    (event,) = parsed(answer)
    lines = answer.content.split(b"\r\n")

    assert (event["SUMMARY"], event["DESCRIPTION"].split("\nProposals")[0]) == (title, note)
    assert (lines[-1], max(len(line) for line in lines) <= 75) == (b"", True)
    assert [line for line in lines if b"\n" in line] == []


def test_what_is_moved_and_what_is_called_off_is_told_of_the_same_event(visitor, guichet, editor):
    moved = a_corrected_entry(an_entry("vote", guichet, on="2026-12-01", state="planned"), editor, "2026-12-08", state="planned")
    (later,) = parsed(visitor.get(PAGE))
    a_corrected_entry(moved, editor, "2026-12-08", state="cancelled")
    (off,) = parsed(visitor.get(PAGE))

    assert (later["UID"], later["SEQUENCE"], later["STATUS"], later["DTSTART"].dt) == (
        "entry-vote@testserver", 1, "CONFIRMED", date(2026, 12, 8),
    )  # fmt: skip
    assert (off["UID"], off["SEQUENCE"], off["STATUS"], off["SUMMARY"]) == ("entry-vote@testserver", 2, "CANCELLED", "Cancelled: Vote")


def test_every_event_has_a_name_of_its_own(visitor, seeded):
    events = parsed(visitor.get("/fr/calendars/everything.ics"))

    assert len({event["UID"] for event in events}) == len(events) > 50
    assert [event for event in events if event["DTEND"].dt <= event["DTSTART"].dt] == []


def test_who_has_it_is_not_sent_it_again(visitor, guichet, public_affairs):
    an_entry("vote", guichet, on="2026-12-01", state="planned")
    first = visitor.get(PAGE)
    a_proposal("other", public_affairs)

    assert first.headers["Last-Modified"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    asked = ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]})
    assert [visitor.get(PAGE, headers=one).status_code for one in asked] == [304, 304]


def test_members_get_what_visitors_get(visitor, as_editor, guichet, public_affairs):
    an_entry("kept", guichet, on="2026-12-01", state="planned", public=False, group_id=public_affairs.id)

    assert as_editor.get(PAGE).content == visitor.get(PAGE).content
    assert parsed(visitor.get(PAGE)) == []


def test_what_has_no_calendar_is_not_here(visitor, public_affairs):
    a_proposal("quiet", public_affairs, public=False)
    paths = ("proposal/quiet", "proposal/none", "theme/commons", "search/x", "nonsense/x", "tasks/no-such-address")

    assert [visitor.get(f"/en/calendars/{path}.ics").status_code for path in paths] == [404] * len(paths)


def test_pages_lead_to_their_calendars(visitor, guichet):
    a_calendar()
    places = {"/en/proposals/guichet": "proposal/guichet", "/en/presidencies/2026-ie": "presidency/2026-ie", "/en/feeds": "everything"}

    for path, place in places.items():
        links = [link["href"] for link in read(visitor.get(path)).one("main").all("a") if "/calendars/" in link["href"]]
        assert links == [f"{HOST}/en/calendars/{place}.ics"]


# --- one's own -------------------------------------------------------------------------------------------------------


def made(client):
    """The address, as the page that makes it shows it."""
    return read(client.post(MINE)).one("input", id="address")["value"].removeprefix(HOST)


def test_a_member_has_their_steps_as_events_and_as_tasks(visitor, as_editor, guichet, editor):
    a_task(guichet, editor, "Write, soon", assignee=editor.id, due_on="2026-12-01")
    answer = visitor.get(made(as_editor))
    (event,), (step,) = parsed(answer), parsed(answer, "VTODO")

    assert (event["UID"], event["DTSTART"].dt, event["DTEND"].dt) == ("task-1-day@testserver", date(2026, 12, 1), date(2026, 12, 2))
    assert (step["UID"], step["DUE"].dt, step["STATUS"]) == ("task-1@testserver", date(2026, 12, 1), "NEEDS-ACTION")
    assert {one["SUMMARY"] for one in (event, step)} == {"Write, soon"}
    assert {one["URL"] for one in (event, step)} == {f"{HOST}/en/tasks/1"}


def test_a_step_that_is_done_says_when(visitor, as_editor, guichet, editor):
    a_task(guichet, editor, "Write", assignee=editor.id, due_on="2026-12-01")
    address = made(as_editor)
    as_editor.post("/en/tasks/1/completion", data={"done": "true"})
    (step,) = parsed(visitor.get(address), "VTODO")

    assert (step["STATUS"], step["PERCENT-COMPLETE"], step["SUMMARY"]) == ("COMPLETED", 100, "Done: Write")
    assert step["COMPLETED"].dt == step["LAST-MODIFIED"].dt <= datetime.now(UTC)


def test_the_address_is_shown_once_and_never_kept_by_anybody_in_between(visitor, as_editor):
    assert "There is no address yet." in as_editor.get(MINE).text
    address = made(as_editor)
    page = as_editor.get(MINE)

    assert address not in page.text
    assert read(page).all("input", id="address") == []
    assert [answer.headers["Cache-Control"] for answer in (page, visitor.get(address))] == ["no-store", "no-store"]


def test_renewed_and_stopped_it_leads_nowhere(visitor, as_editor):
    first = made(as_editor)
    second = made(as_editor)
    renewed = [visitor.get(address).status_code for address in (first, second)]
    stopped = as_editor.post(f"{MINE}/removal")

    assert (renewed, visitor.get(second).status_code) == ([404, 200], 404)
    assert (stopped.status_code, stopped.headers["Location"]) == (303, MINE)


def test_a_visitor_signs_in_first(visitor):
    answers = [visitor.get(MINE), visitor.post(MINE), visitor.post(f"{MINE}/removal")]

    assert [answer.status_code for answer in answers] == [303] * 3
    assert {answer.headers["Location"] for answer in answers} == {f"/en/sign-in?next={MINE}"}


def test_no_log_line_holds_the_address(visitor, as_editor, capsys):
    address = made(as_editor)
    visitor.get(address)
    visitor.get(address.replace("/en/", "/xx/"))

    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    told = "".join(capsys.readouterr())
    assert "/calendars/tasks/" in told
    assert secret not in told
    assert log.TOKEN.sub(r"/\1/…", address) == "/en/calendars/tasks/…"


def test_where_ones_work_stands_leads_to_it(as_editor):
    for path in ("/en/tasks", "/en/account", "/en/feeds"):
        assert read(as_editor.get(path)).one("main").one("a", href=MINE).words == "My steps as a calendar"

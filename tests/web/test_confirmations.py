"""Asking an organisation about its position, and deciding on its answer, as members of the group do it."""

from datetime import timedelta

import pytest

from models import Confirmation, Position
from models.confirmation import Outcome
from models.position import Stance
from relais.db import reading, writing
from relais.settings import now
from tests.public_record import a_corrected_position, a_position, a_proposal, an_actor, counted
from tests.relais.confirming import CONTACT, WHO, answer, ask
from tests.web.filling import kept, rows, wrong
from tests.web.reading import read

HISTORY = "/en/proposals/guichet-unique/positions/mednum"
NEW, HERE = "/en/positions/1/confirmations/new", "/en/confirmations/1"
ASKED = {"email": CONTACT, "language": "en"}
HTMX = {"HX-Request": "true"}
EVERYBODY = ("visitor", "as_stranger", "as_observer", "as_commenter", "as_editor", "as_coordinator")


@pytest.fixture
def guichet(public_affairs):
    an_actor("mednum")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def position(guichet):
    return a_position(guichet, "mednum", on="2022-06-21")


@pytest.fixture
def asked(position, editor):
    return ask(position, editor, now=now())


@pytest.fixture
def answered(asked):
    answer(asked, now=now(), answer="other", stance="opposes", on="2024")
    return asked


def the_row():
    return rows(Confirmation)[0]


# --- asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_editor_asks_from_the_page_of_what_an_actor_said(position, as_editor, headers):
    page = read(as_editor.get(HISTORY))
    assert [one["href"] for one in page.all("a") if one.words == "Ask them to confirm it"] == [NEW]

    answer = as_editor.post(NEW, data=ASKED, headers=headers)

    assert (answer.status_code, answer.headers["HX-Redirect" if headers else "Location"]) == (200 if headers else 303, HERE)
    shown = as_editor.get(HERE).text
    assert CONTACT in shown
    assert "The letter is on its way." in shown
    assert "waits for their answer" in as_editor.get(HISTORY).text


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"email": "nobody"}, "email", "Write an address such as name@example.org"),
        ({"email": ""}, "email", "Fill this in"),
        ({"language": "de"}, "language", "Choose one from the list"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_bad_form_is_shown_again_with_what_was_typed(position, as_editor, typed, field, message, headers):
    answer = as_editor.post(NEW, data=ASKED | typed, headers=headers)

    assert (answer.status_code, wrong(answer), rows(Confirmation)) == (422, {field: message}, [])
    assert kept(answer, "email") == (ASKED | typed)["email"]


def test_a_second_request_is_told_beside_the_address(asked, as_coordinator):
    answer = as_coordinator.post(NEW, data=ASKED)

    assert (answer.status_code, wrong(answer)) == (422, {"email": "They were asked already, and the request is still open"})


def test_what_only_the_group_sees_cannot_be_asked_about(guichet, as_editor):
    a_position(guichet, "mednum", public=False)

    answers = [as_editor.get(NEW), as_editor.post(NEW, data=ASKED)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "Only a public position" in answers[0].text
    assert "Ask them to confirm it" not in as_editor.get(HISTORY).text


@pytest.mark.parametrize("noun", ["letters", "withdrawal"])
def test_an_editor_sends_again_after_a_day_and_withdraws(asked, as_editor, noun):
    if noun == "letters":
        assert as_editor.post(f"{HERE}/letters", data={"version": "1"}).status_code == 429
        with writing() as session:
            session.get_one(Confirmation, 1).asked_at = now() - timedelta(days=1)

    stale = as_editor.post(f"{HERE}/{noun}", data={"version": "7"})
    done = as_editor.post(f"{HERE}/{noun}", data={"version": "1"})

    assert (stale.status_code, done.status_code, the_row().version) == (409, 303, 2)
    assert "This was changed in between" in stale.text
    assert (the_row().outcome is Outcome.WITHDRAWN) == (noun == "withdrawal")


# --- who sees what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_address_is_for_editors_and_who_answered_for_the_group(request, answered, who):
    client = request.getfixturevalue(who)
    pages = [client.get(path).text for path in (HERE, HISTORY, "/en/activity", "/en/queue", "/en/groups/european-public-affairs")]

    assert any(CONTACT in page for page in pages) == (who in ("as_editor", "as_coordinator"))
    assert any(WHO["name"] in page for page in pages) == (who not in ("visitor", "as_stranger"))
    assert any("answered, to decide on" in page for page in pages) == (who not in ("visitor", "as_stranger"))


def test_the_history_takes_as_many_queries_for_one_request_as_for_three(engine, guichet, as_editor, editor):
    taken = []
    for years in (("2001",), ("2002", "2003")):
        for year in years:
            ask(a_position(guichet, "mednum", on=year), editor, now=now())
        with counted(engine) as said:
            as_editor.get(HISTORY)
        taken.append(len(said))

    assert taken[0] == taken[1]


# --- deciding --------------------------------------------------------------------------------------------------------


def test_a_coordinator_finds_it_in_the_queue_and_approves(answered, as_coordinator, visitor):
    queue = read(as_coordinator.get("/en/queue"))
    assert [one["href"] for one in queue.all("a") if one.words == "Decide on an organisation’s answer"] == [HERE]

    answer = as_coordinator.post(f"{HERE}/approval", data={"version": "2"})

    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    old, new = rows(Position)
    assert (new.supersedes_id, new.stance, the_row().outcome) == (old.id, Stance.OPPOSES, Outcome.APPROVED)
    assert "Answer of mednum en" in visitor.get(HISTORY).text
    assert "An organisation’s answer approved" in visitor.get("/en/activity").text
    assert "See it in the record" in as_coordinator.get(HERE).text


def test_a_refusal_wants_a_reason_and_keeps_what_was_typed(answered, as_coordinator):
    empty = as_coordinator.post(f"{HERE}/refusal", data={"version": "2", "reason": ""})
    assert (empty.status_code, wrong(empty), the_row().outcome) == (422, {"reason": "Fill this in"}, None)

    stale = as_coordinator.post(f"{HERE}/refusal", data={"version": "1", "reason": "Not you"})
    assert (stale.status_code, kept(stale, "reason"), the_row().outcome) == (409, "Not you", None)

    assert as_coordinator.post(f"{HERE}/refusal", data={"version": "2", "reason": "Not you"}).status_code == 303
    assert (the_row().outcome, the_row().reason, the_row().due_at is not None) == (Outcome.REFUSED, "Not you", True)


def test_what_was_corrected_meanwhile_is_shown_beside_what_stands(guichet, answered, position, editor, as_coordinator):
    a_corrected_position(guichet, position, editor, actor="mednum", stance="neutral")

    answer = as_coordinator.post(f"{HERE}/approval", data={"version": "2"})

    page = read(answer)
    assert (answer.status_code, the_row().outcome, len(rows(Position))) == (409, None, 2)
    assert "Supports" in page.one("section", **{"aria-labelledby": "h-recorded"}).words
    assert "Neutral" in page.one("section", **{"aria-labelledby": "h-stands"}).words
    assert [form["action"] for form in page.one("main").all("form")] == [f"{HERE}/refusal"]


def test_an_answer_changed_since_it_was_read_is_not_approved(answered, as_coordinator):
    answer = as_coordinator.post(f"{HERE}/approval", data={"version": "1"})

    with reading() as session:
        assert (answer.status_code, session.get_one(Confirmation, 1).outcome) == (409, None)


@pytest.mark.parametrize("noun", ["approval", "refusal"])
def test_only_coordinators_decide(request, answered, noun):
    answers = [request.getfixturevalue(who).post(f"{HERE}/{noun}", data={"version": "2", "reason": "No"}) for who in EVERYBODY[1:-1]]

    assert ([answer.status_code for answer in answers], the_row().outcome) == ([404, 403, 403, 403], None)

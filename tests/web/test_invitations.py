"""Inviting by letter, as coordinators do it and as those who are invited meet it."""

import pytest
from sqlmodel import col, select

from models import Invitation, Membership, Person
from models.group import Role
from relais import outbox, sign_in
from relais.db import reading, writing
from relais.settings import now
from tests.relais.postbox import Postbox
from tests.web.filling import rows
from tests.web.reading import read
from web.desk import cookie_name

GROUP = "/en/groups/european-public-affairs"
NEW = f"{GROUP}/invitations"
INVITED = {"email": "New@Example.org", "role": "editor", "language": "en"}
HTMX = {"HX-Request": "true"}


def panel(answer):
    return read(answer).one(id="members")


def the_link(engine):
    """The address in the one letter that is due."""
    post = Postbox()
    outbox.drain(engine, now, post)
    (letter,) = post
    (link,) = [line for line in letter.text.splitlines() if "/invitations/" in line]
    return link.removeprefix("http://testserver")


# --- inviting --------------------------------------------------------------------------------------------------------


def test_a_coordinator_invites_and_sees_that_a_letter_is_on_its_way(as_coordinator):
    answer = as_coordinator.post(NEW, data=INVITED)

    (row,) = rows(Invitation)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{GROUP}#members")
    assert (row.email, row.role, row.language) == ("new@example.org", Role.EDITOR, "en")
    waiting = panel(as_coordinator.get(GROUP)).one("li", id=f"invitation-{row.id}").words
    assert waiting.startswith("new@example.org editor The letter is on its way.")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_answer_tells_nothing_of_who_has_an_account(as_coordinator, stranger, headers):
    answers = [as_coordinator.post(NEW, data=INVITED | {"email": email}, headers=headers) for email in ("new@x.test", "sofia@relais.test")]

    assert len({answer.status_code for answer in answers}) == 1
    told = [[item.words for item in panel(as_coordinator.get(GROUP)).all("li") if "on its way" in item.words]]
    assert [words.replace("sofia@relais.test", "new@x.test") for words in told[0]] == [told[0][1]] * 2


def test_with_htmx_the_members_alone_come_back(as_coordinator):
    answer = as_coordinator.post(NEW, data=INVITED, headers=HTMX)

    assert (answer.status_code, answer.text.startswith("<!doctype")) == (200, False)
    assert "new@example.org" in panel(answer).words


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"email": "nobody"}, "email", "Write an address such as name@example.org"),
        ({"email": ""}, "email", "Fill this in"),
        ({"role": "king"}, "role", "Choose one from the list"),
        ({"language": "de"}, "language", "Choose one from the list"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_bad_form_is_shown_again_with_what_was_typed(as_coordinator, wrong, field, message, headers):
    typed = INVITED | wrong

    answer = as_coordinator.post(NEW, data=typed, headers=headers)

    shown = panel(answer)
    assert (answer.status_code, rows(Invitation)) == (422, [])
    assert shown.one(id=f"f-{field}-e").words == message
    assert shown.one("input", id="f-email")["value"] == typed["email"]


def test_only_coordinators_invite(visitor, as_stranger, as_observer, as_commenter, as_editor):
    answers = [asker.post(NEW, data=INVITED) for asker in (visitor, as_stranger, as_observer, as_commenter, as_editor)]

    assert [answer.status_code for answer in answers] == [401, 404, 403, 403, 403]
    assert rows(Invitation) == []


def test_too_many_letters_are_refused_in_words(as_coordinator):
    as_coordinator.post(NEW, data=INVITED)

    answer = as_coordinator.post(NEW, data=INVITED)

    assert (answer.status_code, read(answer).one("h1").words) == (429, "Too many tries")
    assert 0 < int(answer.headers["Retry-After"]) <= 120


# --- what waits ------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(as_coordinator):
    as_coordinator.post(NEW, data=INVITED)
    return rows(Invitation)[0]


@pytest.mark.parametrize("who", ["visitor", "as_stranger", "as_observer", "as_editor"])
def test_nobody_else_sees_who_is_invited(request, waiting, who):
    page = request.getfixturevalue(who).get(GROUP)

    assert (page.status_code, "new@example.org" in page.text) == (200, False)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_coordinator_withdraws(engine, as_coordinator, waiting, visitor, headers):
    link = the_link(engine)

    answer = as_coordinator.post(f"{NEW}/{waiting.id}/withdrawal", data={"version": "1"}, headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert "new@example.org" not in as_coordinator.get(GROUP).text
    assert visitor.get(link).status_code == 410


def test_a_coordinator_sends_again_once_some_minutes_have_passed(engine, as_coordinator, waiting):
    first = the_link(engine)
    refused = as_coordinator.post(f"{NEW}/{waiting.id}/letters", data={"version": "1"})
    with writing() as session:
        session.get_one(Invitation, waiting.id).invited_at = now().replace(year=2025)

    answer = as_coordinator.post(f"{NEW}/{waiting.id}/letters", data={"version": "1"})

    assert (refused.status_code, answer.status_code) == (429, 303)
    assert the_link(engine) != first


@pytest.mark.parametrize("noun", ["letters", "withdrawal"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_one_who_comes_second_is_told_and_sees_how_it_stands(engine, as_coordinator, waiting, noun, headers):
    with writing() as session:
        row = session.get_one(Invitation, waiting.id)
        row.version, row.invited_at = 2, now().replace(year=2025)

    answer = as_coordinator.post(f"{NEW}/{waiting.id}/{noun}", data={"version": "1"}, headers=headers)

    assert (answer.status_code, rows(Invitation)[0].version) == (409, 2)
    assert "Somebody changed this invitation in between." in panel(answer).words


def test_what_is_over_cannot_be_sent_again(as_coordinator, waiting):
    as_coordinator.post(f"{NEW}/{waiting.id}/withdrawal", data={"version": "1"})

    answer = as_coordinator.post(f"{NEW}/{waiting.id}/letters", data={"version": "2"})

    assert (answer.status_code, "accepted or withdrawn already" in panel(answer).words) == (409, True)


def test_an_invitation_of_another_group_or_none_is_not_here(as_coordinator, waiting, social_tech):
    for path in ("/en/groups/social-tech-skills/invitations/1/letters", f"{NEW}/99/letters", f"{NEW}/x/withdrawal"):
        assert as_coordinator.post(path, data={"version": "1"}).status_code == 404


# --- the page behind the link ----------------------------------------------------------------------------------------


def test_the_page_says_who_invites_to_what_and_following_the_link_changes_nothing(engine, waiting, visitor):
    link = the_link(engine)

    answers = [visitor.get(link) for _ in range(3)]

    page = read(answers[2])
    assert ([answer.status_code for answer in answers], answers[2].headers["Cache-Control"]) == ([200] * 3, "no-store")
    assert page.one("h1").words == "Join the working group European public affairs"
    assert page.one("p", class_="lead").words == "Claire Martin invites you. Your role: editor."
    assert [form["action"] for form in page.one("main").all("form")] == [link]
    assert (rows(Invitation)[0].accepted_at, len(rows(Person))) == (None, 1)


def test_pressing_the_button_signs_in_and_leads_to_the_group(engine, waiting, visitor):
    link = the_link(engine)

    answer = visitor.post(link)

    assert (answer.status_code, answer.headers["Location"]) == (303, GROUP)
    with reading() as session:
        person = session.exec(select(Person).where(col(Person.email) == "new@example.org")).one()
        assert session.exec(select(Membership.role).where(col(Membership.person_id) == person.id)).one() is Role.EDITOR
    assert [item.words for item in panel(visitor.get(GROUP)).all("li")] == ["Claire Martin coordinator", "No name chosen (you) editor"]


def test_the_group_sees_at_once_that_somebody_joined(engine, waiting, visitor, as_coordinator):
    before = panel(visitor.get(GROUP)).words

    as_coordinator.post(the_link(engine))

    assert (before, panel(visitor.get(GROUP)).words) == ("Members coordinator: 1", "Members coordinator: 1, editor: 1")


def test_somebody_signed_in_with_another_address_is_told_and_changes_over(engine, waiting, as_stranger):
    link = the_link(engine)
    told = read(as_stranger.get(link)).words
    mine = as_stranger.cookies[cookie_name()]

    answer = as_stranger.post(link)

    assert "You are signed in with another address" in told
    with reading() as session:
        opened = sign_in.person_of(session, answer.cookies[cookie_name()], now())
        assert (opened.email, sign_in.person_of(session, mine, now())) == ("new@example.org", None)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_leads_nowhere_is_one_clear_page(engine, waiting, visitor, as_coordinator, method):
    used = the_link(engine)
    visitor.post(used)

    answers = [as_coordinator.request(method, link) for link in (used, "/en/invitations/never-was")]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert {read(answer).one("p", class_="lead").words for answer in answers} == {
        "This invitation was accepted or withdrawn already, or is too old. Ask who invited you for a new one."
    }

"""Roles are changed and taken away; everybody may leave by themselves; a group keeps a coordinator."""

import pytest
from sqlmodel import col, select

from models import Event, Membership
from models.event import EventKind
from models.group import Role
from relais.db import reading, writing
from tests.cast import a_member
from tests.public_record import a_proposal
from tests.web.conftest import signed_in
from tests.web.reading import read

GROUP = "/en/groups/european-public-affairs"
HTMX = {"HX-Request": "true"}
LAST = "The last coordinator of a group"


def seat(person):
    with reading() as session:
        key = session.exec(select(Membership.id).where(col(Membership.person_id) == person.id)).one()
    return f"{GROUP}/members/{key}"


def roles():
    with reading() as session:
        return [Role(role) for role in session.exec(select(Membership.role).order_by(col(Membership.id))).all()]


def acts():
    with reading() as session:
        found = session.exec(select(Event).where(col(Event.subject) == "memberships").order_by(col(Event.id))).all()
    return [(event.kind, event.public, event.details) for event in found]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_coordinator_changes_a_role(as_coordinator, editor, headers):
    answer = as_coordinator.post(f"{seat(editor)}/role", data={"role": "observer", "version": "1"}, headers=headers)

    assert answer.headers["HX-Redirect" if headers else "Location"] == f"{GROUP}#members"
    assert roles() == [Role.COORDINATOR, Role.OBSERVER]
    assert acts() == [(EventKind.ROLE_CHANGED, True, {"person": editor.id, "role": "observer"})]


def test_the_new_role_holds_from_the_next_request_and_visitors_see_the_new_count(visitor, as_coordinator, as_editor, editor):
    before = read(visitor.get(GROUP)).one(id="members").words

    as_coordinator.post(f"{seat(editor)}/role", data={"role": "observer", "version": "1"})

    assert as_editor.get("/en/proposals/new").status_code == 403
    assert before == "Members coordinator: 1, editor: 1"
    assert read(visitor.get(GROUP)).one(id="members").words == "Members coordinator: 1, observer: 1"


def test_the_same_role_again_is_no_act(as_coordinator, editor):
    as_coordinator.post(f"{seat(editor)}/role", data={"role": "editor", "version": "1"})

    assert acts() == []


def test_who_comes_second_is_told_what_stands_now(as_coordinator, editor):
    as_coordinator.post(f"{seat(editor)}/role", data={"role": "commenter", "version": "1"})

    for noun, typed in (("role", {"role": "observer"}), ("removal", {})):
        answer = as_coordinator.post(f"{seat(editor)}/{noun}", data=typed | {"version": "1"})
        page = read(answer)
        assert (answer.status_code, page.one("p", class_="lead").words.split(",")[0]) == (409, "Commenter")
        assert "Somebody changed this in between." in page.one("div", class_="err").words
        assert {field["value"] for field in page.all("input") if field["name"] == "version"} == {"2"}


@pytest.mark.parametrize("typed", [{"role": "king", "version": "1"}, {"version": "1"}, {"role": "editor", "version": "x"}])
def test_a_bad_form_changes_nothing(as_coordinator, editor, typed):
    assert as_coordinator.post(f"{seat(editor)}/role", data=typed).status_code == 422
    assert roles() == [Role.COORDINATOR, Role.EDITOR]


@pytest.mark.parametrize(("noun", "typed"), [("role", {"role": "editor"}), ("removal", {})])
def test_the_last_coordinator_stays_one_and_is_told_why(as_coordinator, coordinator, noun, typed):
    answer = as_coordinator.post(f"{seat(coordinator)}/{noun}", data=typed | {"version": "1"})

    assert (answer.status_code, roles()) == (409, [Role.COORDINATOR])
    assert LAST in read(answer).one("div", class_="err").words


@pytest.mark.parametrize(("noun", "typed"), [("role", {"role": "editor"}), ("removal", {})])
def test_one_of_two_coordinators_may_go(engine, public_affairs, as_coordinator, coordinator, noun, typed):
    a_member(engine, public_affairs, Role.COORDINATOR, "Karl Weiss", "en")

    assert as_coordinator.post(f"{seat(coordinator)}/{noun}", data=typed | {"version": "1"}).status_code == 303
    assert roles().count(Role.COORDINATOR) == 1


def test_somebody_removed_stays_signed_in_and_sees_nothing_of_the_group_any_more(as_coordinator, as_observer, observer, public_affairs):
    a_proposal("quiet", public_affairs, public=False)
    pages = (GROUP, "/en/proposals/quiet", "/en/proposals", "/en/", "/en/account", seat(observer))
    before = [as_observer.get(page) for page in pages]

    answer = as_coordinator.post(f"{seat(observer)}/removal", data={"version": "1"})

    after = [as_observer.get(page) for page in pages]
    assert answer.headers["Location"] == f"{GROUP}#members"
    assert [page.status_code for page in before] == [200] * 6
    assert [page.status_code for page in after] == [200, 404, 200, 200, 200, 404]
    assert ["Titre de quiet" in page.text for page in before[:4]] == [True] * 4
    assert ["Titre de quiet" in page.text for page in after[:4]] == [False] * 4
    assert "You are in no working group." in after[4].text
    assert acts() == [(EventKind.MEMBER_LEFT, True, {"person": observer.id, "role": "observer"})]


def test_everybody_may_leave_by_themselves(as_commenter, commenter):
    mine = seat(commenter)
    page = read(as_commenter.get(mine))

    answer = as_commenter.post(f"{mine}/removal", data={"version": "1"})

    assert [form["action"] for form in page.one("main").all("form")] == [f"{mine}/removal"]
    assert (answer.headers["Location"], roles()) == (GROUP, [])


def test_nobody_else_changes_or_removes(visitor, as_stranger, as_observer, as_editor, commenter):
    askers = (visitor, as_stranger, as_observer, as_editor)

    for noun, typed in (("role", {"role": "coordinator"}), ("removal", {})):
        answers = [asker.post(f"{seat(commenter)}/{noun}", data=typed | {"version": "1"}) for asker in askers]
        assert [answer.status_code for answer in answers] == [303, 404, 403, 403]
    assert sorted(roles()) == sorted([Role.EDITOR, Role.OBSERVER, Role.EDITOR, Role.COMMENTER])


def test_a_member_gives_themselves_no_role(as_commenter, commenter):
    answer = as_commenter.post(f"{seat(commenter)}/role", data={"role": "coordinator", "version": "1"})

    assert (answer.status_code, roles()) == (403, [Role.COMMENTER])


def test_a_seat_in_another_group_or_none_is_not_here(engine, as_coordinator, coordinator, stranger, social_tech):
    elsewhere = seat(stranger)

    assert [as_coordinator.get(path).status_code for path in (elsewhere, f"{GROUP}/members/999", f"{GROUP}/members/x")] == [404] * 3


def test_the_account_lists_every_group_and_role(engine, social_tech, editor):
    with writing() as session:
        session.add(Membership(group_id=social_tech.id, person_id=editor.id, role=Role.OBSERVER, joined_at=editor.created_at))

    page = read(signed_in(engine, editor).get("/en/account"))

    assert [item.words for item in page.one("main").all("ul")[0].all("li")] == [
        "Social tech skills: observer",
        "European public affairs: editor",
    ]

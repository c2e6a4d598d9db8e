"""Groups: what they follow, who may know who is in them, and who may invite."""

import pytest
from sqlmodel import col, select

from models import Event, Membership, Person
from models.event import EventKind
from models.group import Role
from relais.db import reading
from tests.public_record import a_proposal, counted
from tests.web.reading import read

PAGE = "/en/groups/european-public-affairs"
INVITED = {"email": "New@Example.org", "role": "editor"}


def roles():
    with reading() as session:
        rows = session.exec(select(Person.email, Membership.role).join(Membership).order_by(col(Membership.id))).all()
    return [(email, Role(role)) for email, role in rows]


def panel(answer):
    return read(answer).one(id="members")


def test_the_list_tells_what_each_follows_and_how_many_they_are(visitor, public_affairs, social_tech, editor, observer):
    a_proposal("guichet", public_affairs)
    a_proposal("quiet", public_affairs, public=False)

    page = read(visitor.get("/en/groups"))

    assert [part.words for part in page.all("section")] == [
        "European public affairs 1 proposal · 2 members",
        "Social tech skills 0 proposals · 0 members",
    ]


def test_a_group_shows_its_proposals_and_what_happened(visitor, public_affairs):
    a_proposal("guichet", public_affairs)

    page = read(visitor.get(PAGE))

    assert page.one("h1").words == "European public affairs"
    assert page.one("aside").one("ul").words == "Titre de guichet published"
    assert [link["href"] for link in page.one("section", labelled="h-activity").all("a")] == ["/en/proposals/guichet"] * 3


def test_what_the_group_keeps_to_itself_is_not_in_its_activity(visitor, as_stranger, as_observer, public_affairs):
    a_proposal("quiet", public_affairs, public=False)

    assert [reader.get(PAGE).text.count("Titre de quiet") > 0 for reader in (visitor, as_stranger, as_observer)] == [False, False, True]


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
def test_others_see_how_many_are_in_it_and_not_who(request, coordinator, editor, observer, who):
    assert panel(request.getfixturevalue(who).get(PAGE)).words == "Members coordinator: 1, editor: 1, observer: 1"


def test_members_see_who_is_in_it(coordinator, editor, as_observer):
    shown = panel(as_observer.get(PAGE))

    assert [item.words for item in shown.all("li")] == ["Claire Martin coordinator", "Emil Novák editor", "Oskar Berg (you) observer"]
    assert shown.all("form") == []


def test_no_page_holds_an_address(visitor, as_coordinator, as_observer, editor):
    as_coordinator.post(f"{PAGE}/members", data=INVITED)

    for reader in (visitor, as_observer, as_coordinator):
        assert "emil@relais.test" not in reader.get(PAGE).text
        assert "new@example.org" not in reader.get(PAGE).text


def test_a_coordinator_gives_a_role_and_is_told_that_nothing_was_sent(as_coordinator):
    answer = as_coordinator.post(f"{PAGE}/members", data=INVITED)

    shown = panel(as_coordinator.get(PAGE))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}#members")
    assert roles() == [("claire@relais.test", Role.COORDINATOR), ("new@example.org", Role.EDITOR)]
    assert [item.words for item in shown.all("li")] == ["Claire Martin (you) coordinator", "n…@example.org editor has not signed in yet"]
    assert "Relais has not written to them." in shown.words


def test_the_same_again_with_another_role_changes_it(as_coordinator):
    as_coordinator.post(f"{PAGE}/members", data=INVITED)

    as_coordinator.post(f"{PAGE}/members", data=INVITED | {"role": "observer"})

    assert roles()[1:] == [("new@example.org", Role.OBSERVER)]
    with reading() as session:
        kinds = session.exec(select(Event.kind).where(col(Event.subject) == "memberships").order_by(col(Event.id))).all()
    assert kinds == [EventKind.MEMBER_JOINED, EventKind.ROLE_CHANGED]


def test_with_htmx_the_members_alone_come_back(as_coordinator):
    answer = as_coordinator.post(f"{PAGE}/members", data=INVITED, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.text.startswith("<!doctype")) == (200, False)
    assert [item.words for item in panel(answer).all("li")][1:] == ["n…@example.org editor has not signed in yet"]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"email": "nobody"}, "email", "Write an address such as name@example.org"),
        ({"email": ""}, "email", "Fill this in"),
        ({"role": "king"}, "role", "Choose one from the list"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_bad_form_is_shown_again_with_what_was_typed(as_coordinator, wrong, field, message, headers):
    typed = INVITED | wrong

    answer = as_coordinator.post(f"{PAGE}/members", data=typed, headers=headers)

    shown = panel(answer)
    assert (answer.status_code, len(roles())) == (422, 1)
    assert shown.one(id=f"f-{field}-e").words == message
    assert shown.one("input", id="f-email")["value"] == typed["email"]


def test_only_coordinators_invite(visitor, as_stranger, as_observer, as_commenter, as_editor):
    askers = (visitor, as_stranger, as_observer, as_commenter, as_editor)
    before = roles()

    answers = [asker.post(f"{PAGE}/members", data=INVITED) for asker in askers]

    assert [answer.status_code for answer in answers] == [401, 404, 403, 403, 403]
    assert roles() == before


def test_an_unknown_group_is_not_here(visitor, as_coordinator):
    assert visitor.get("/en/groups/none").status_code == 404
    assert as_coordinator.post("/en/groups/none/members", data=INVITED).status_code == 404


def test_it_asks_as_often_for_three_as_for_one(engine, visitor, as_observer, public_affairs):
    def asked(slug):
        a_proposal(slug, public_affairs)
        with counted(engine) as statements:
            visitor.get(PAGE)
            as_observer.get(PAGE)
            visitor.get("/en/groups")
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
    assert first <= 26

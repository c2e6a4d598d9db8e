"""Groups: what they follow, who may know who is in them, and who may invite."""

import pytest
from sqlmodel import col, select

from models import Event
from models.event import EventKind
from relais.db import reading
from tests.public_record import a_proposal, counted
from tests.web.filling import kept, wrong
from tests.web.reading import read
from tests.web.reading import rows as cells

PAGE = "/en/groups/european-public-affairs"
FACTS = {"name_fr": "Affaires publiques", "name_en": "Public affairs", "description_en": "Who asks whom for what."}


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
    assert page.one("aside").all("ul")[0].words == "Titre de guichet published"
    assert [link["href"] for link in page.one("section", labelled="h-activity").all("a")] == [
        "/en/proposals/guichet#timeline",
        "/en/proposals/guichet/revisions/fr/1",
        "/en/proposals/guichet#timeline",
        "/en/activity?group=european-public-affairs",
    ]
    assert page.one("section", labelled="h-decisions").one("li").words.startswith("Stage moved: Titre de guichet published")


def test_what_is_in_preparation_is_marked_to_those_who_see_it(visitor, as_observer, public_affairs):
    a_proposal("guichet", public_affairs)
    a_proposal("quiet", public_affairs, public=False)

    lists = [read(reader.get(PAGE)).one("aside").all("ul")[0] for reader in (visitor, as_observer)]

    assert [[item.words for item in shown.all("li")] for shown in lists] == [
        ["Titre de guichet published"],
        ["Titre de guichet published", "Titre de quiet published In preparation: only the group sees it"],
    ]


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


def test_no_page_holds_the_address_of_a_member(visitor, as_coordinator, as_observer, editor):
    for reader in (visitor, as_observer, as_coordinator):
        assert "emil@relais.test" not in reader.get(PAGE).text


# --- its name and description ----------------------------------------------------------------------------------------


def test_a_coordinator_changes_the_facts_and_visitors_see_it_at_once(visitor, as_coordinator, public_affairs):
    before = read(visitor.get(PAGE)).one("h1").words

    answer = as_coordinator.post(f"{PAGE}/edit", data=FACTS | {"version": "1"})

    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert (before, read(visitor.get(PAGE)).one("h1").words) == ("European public affairs", "Public affairs")
    with reading() as session:
        event = session.exec(select(Event).order_by(col(Event.id).desc()).limit(1)).one()
    assert (event.kind, event.public, event.group_id) == (EventKind.GROUP_CHANGED, True, public_affairs.id)
    assert event.details["changed"] == ["name_fr", "name_en", "description_en"]


def test_the_form_holds_what_stands(as_coordinator):
    page = as_coordinator.get(f"{PAGE}/edit")

    assert {name: kept(page, name) for name in ("name_fr", "name_en", "description_en", "version")} == {
        "name_fr": "Affaires publiques européennes", "name_en": "European public affairs", "description_en": "", "version": "1",
    }  # fmt: skip


def test_a_stale_save_shows_both_and_saves_when_sent_again(as_coordinator):
    as_coordinator.post(f"{PAGE}/edit", data=FACTS | {"version": "1"})

    answer = as_coordinator.post(f"{PAGE}/edit", data=FACTS | {"name_en": "Mine", "version": "1"})

    assert (answer.status_code, kept(answer, "name_en"), kept(answer, "version")) == (409, "Mine", "2")
    assert cells(read(answer).one("table")) == [["Name in English", "Public affairs", "Mine"]]
    assert as_coordinator.post(f"{PAGE}/edit", data=FACTS | {"name_en": "Mine", "version": "2"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"name_fr": ""}, "name_fr", "Fill this in"),
        ({"name_en": "x" * 121}, "name_en", "At most 120 characters"),
        ({"description_fr": "x" * 1001}, "description_fr", "At most 1000 characters"),
    ],
)
def test_a_bad_name_is_told_beside_its_field(as_coordinator, typed, field, message):
    answer = as_coordinator.post(f"{PAGE}/edit", data=FACTS | {"version": "1"} | typed)

    assert (answer.status_code, wrong(answer)) == (422, {field: message})
    assert kept(answer, field) == typed[field]


def test_only_coordinators_find_the_form(visitor, as_stranger, as_observer, as_editor):
    answers = [asker.get(f"{PAGE}/edit") for asker in (visitor, as_stranger, as_observer, as_editor)]

    assert [answer.status_code for answer in answers] == [303, 404, 403, 403]
    assert answers[0].headers["Location"] == f"/en/sign-in?next={PAGE}/edit"


# --- what is not there, and how often is asked -----------------------------------------------------------------------


def test_an_unknown_group_is_not_here(visitor, as_coordinator):
    assert visitor.get("/en/groups/none").status_code == 404
    assert as_coordinator.post("/en/groups/none/edit", data=FACTS).status_code == 404


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
    assert first <= 35

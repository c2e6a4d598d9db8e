"""Actors: what each has said and when, and who may correct their entry."""

import pytest
from sqlmodel import col, select

from models import Actor, Event
from models.event import EventKind
from relais.db import reading
from tests.public_record import a_corrected_position, a_position, a_presidency, a_proposal, a_source, an_actor, counted
from tests.web.reading import read, rows

FORM = {"kind": "network", "name_fr": "Réseau", "name_en": "Network", "code": "NET", "size": "", "note_fr": "", "note_en": ""}


def stored(slug="network"):
    with reading() as session:
        return session.exec(select(Actor).where(col(Actor.slug) == slug)).first()


def changes():
    with reading() as session:
        found = session.exec(select(Event.kind, Event.details).where(col(Event.kind).in_(("actor_added", "actor_changed")))).all()
    return [(kind, details["slug"]) for kind, details in found]


def test_the_list_names_actors_by_kind_and_counts_their_positions(visitor, public_affairs):
    an_actor("mednum")
    an_actor("france", kind="member_state", code="FR")
    an_actor("nineteen", kind="community", size=19)
    for slug in ("a", "b"):
        a_position(a_proposal(slug, public_affairs), "mednum", on="2022-06-22")

    page = read(visitor.get("/en/actors"))

    assert [(part.one("h2").words, [item.words for item in part.all("li")]) for part in page.all("section")] == [
        ("Member state", ["france en FR · no position recorded"]),
        ("Association", ["mednum en · a position on 2 proposals"]),
        ("Community", ["nineteen en (19, unnamed) · no position recorded"]),
    ]


def test_an_actor_said_what_of_which_proposal_when_and_on_what_source(visitor, public_affairs):
    a_source("report")
    an_actor("mednum")
    a_position(a_proposal("guichet", public_affairs), "mednum", "supports", on="2022-06-22", cites="report")

    page = read(visitor.get("/en/actors/mednum"))

    assert rows(page.one("section", labelled="h-said")) == [["Titre de guichet", "Supports", "22 Jun 2022", "[1]"]]
    assert [item.words for item in page.one("section", id="sources").all("li")] == ["[1] Title of report"]


def test_what_stood_before_and_what_was_corrected_stay_to_be_read(visitor, public_affairs, editor):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs)
    a_position(proposal, "mednum", "took_part", on="2022-01-01")
    wrong = a_position(proposal, "mednum", "opposes", on="2022-06-22")
    a_corrected_position(proposal, wrong, editor, actor="mednum", stance="supports", on="2022-06-22")

    page = read(visitor.get("/en/actors/mednum"))

    assert [row[1] for row in rows(page.one("section", labelled="h-said"))] == ["Supports"]
    assert [row[1] for row in rows(page.one("section", labelled="h-earlier"))] == ["Opposes corrected since", "Took part another followed"]


def test_a_collective_says_its_size_and_that_it_is_unnamed(visitor, engine):
    an_actor("nineteen", kind="community", size=19)

    page = read(visitor.get("/en/actors/nineteen"))

    assert page.one("div", class_="notice").words == "Collective: 19 together. The record does not name its members, since no source does."


def test_a_state_says_when_it_presides(visitor, engine):
    a_source("decision")
    an_actor("state", kind="member_state", code="FR")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")

    links = read(visitor.get("/en/actors/state")).one("aside").all("a")

    assert [(link.words, link["href"]) for link in links] == [("2022 H1", "/en/presidencies/2022-fr")]


def test_as_of_a_day_only_what_was_surely_said_by_then(visitor, public_affairs):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs, on="2022-01-01")
    a_position(proposal, "mednum", "took_part", on="2022-02-01")
    a_position(proposal, "mednum", "supports", on="2022-06")

    page = read(visitor.get("/en/actors/mednum?as_of=2022-06-15"))

    assert [row[1] for row in rows(page.one("section", labelled="h-said"))] == ["Took part"]


def test_group_only_positions_are_for_the_group(visitor, as_stranger, as_observer, public_affairs):
    an_actor("mednum")
    a_position(a_proposal("open", public_affairs), "mednum", public=False)
    a_position(a_proposal("quiet", public_affairs, public=False), "mednum")

    shown = [reader.get("/en/actors/mednum").text for reader in (visitor, as_stranger, as_observer)]

    assert [(page.count("Titre de open"), page.count("Titre de quiet")) for page in shown] == [(0, 0), (0, 0), (1, 1)]


def test_an_unknown_actor_is_not_here(visitor, engine):
    assert visitor.get("/en/actors/nobody").status_code == 404


def test_an_editor_adds_an_actor(as_editor):
    answer = as_editor.post("/en/actors/new", data=FORM)

    actor = stored()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/actors/network")
    assert (actor.kind.value, actor.names, actor.code, actor.size) == ("network", {"fr": "Réseau", "en": "Network"}, "NET", None)
    assert changes() == [(EventKind.ACTOR_ADDED, "network")]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"name_fr": ""}, "name_fr", "Fill this in"),
        ({"kind": "planet"}, "kind", "Choose one from the list"),
        ({"size": "1"}, "size", "Write a number above 1"),
        ({"size": "many"}, "size", "Write a whole number"),
        ({"code": "C" * 13}, "code", "At most 12 characters"),
        ({"note_en": "n" * 1001}, "note_en", "At most 1000 characters"),
    ],
)
def test_a_bad_form_is_shown_again_with_what_was_typed(as_editor, wrong, field, message):
    answer = as_editor.post("/en/actors/new", data=FORM | wrong)

    page = read(answer)
    assert (answer.status_code, stored()) == (422, None)
    assert page.one("title").words.startswith("Error: ")
    assert page.one(id=f"f-{field}-e").words == message
    assert page.one("input", id="f-name_en")["value"] == "Network"


def test_an_actor_that_is_there_already_is_told(as_editor):
    as_editor.post("/en/actors/new", data=FORM)

    again = as_editor.post("/en/actors/new", data=FORM)

    assert (again.status_code, read(again).one(id="f-name_fr-e").words) == (422, "This actor is already there")


def test_an_editor_corrects_an_actor(as_editor):
    an_actor("network", kind="network")

    answer = as_editor.post("/en/actors/network/edit", data=FORM | {"version": "1"})

    assert (answer.status_code, stored().names, stored().version) == (303, {"fr": "Réseau", "en": "Network"}, 2)


def test_the_code_of_another_actor_is_refused_beside_its_field(as_editor):
    an_actor("france", kind="member_state", code="NET")
    an_actor("network", kind="network")

    answer = as_editor.post("/en/actors/network/edit", data=FORM | {"version": "1"})

    assert (answer.status_code, read(answer).one(id="f-code-e").words, stored().version) == (422, "Another actor has this code", 1)


def test_a_stale_save_gets_both_and_loses_nothing(as_editor):
    an_actor("network", kind="network")
    as_editor.post("/en/actors/network/edit", data=FORM | {"version": "1", "name_en": "Theirs"})

    stale = as_editor.post("/en/actors/network/edit", data=FORM | {"version": "1", "name_en": "Mine"})
    shown = read(stale)
    again = as_editor.post(
        "/en/actors/network/edit", data=FORM | {"version": shown.one("input", name="version")["value"], "name_en": "Mine"}
    )

    assert (stale.status_code, rows(shown)) == (409, [["Name in English", "Theirs", "Mine"]])
    assert shown.one("input", id="f-name_en")["value"] == "Mine"
    assert (again.status_code, stored().names["en"]) == (303, "Mine")


@pytest.mark.parametrize("path", ["/en/actors/new", "/en/actors/network/edit"])
def test_only_editors_reach_the_forms(visitor, as_observer, as_commenter, as_stranger, path):
    an_actor("network", kind="network")

    answers = [reader.get(path) for reader in (visitor, as_observer, as_commenter, as_stranger)]
    posts = [reader.post(path, data=FORM | {"version": "1"}) for reader in (visitor, as_observer, as_commenter)]

    assert [answer.status_code for answer in answers] == [303, 403, 403, 200]
    assert answers[0].headers["Location"] == f"/en/sign-in?next={path}"
    assert [answer.status_code for answer in posts] == [401, 403, 403]
    assert stored().version == 1


def test_an_editor_sees_the_way_to_the_forms_and_a_visitor_none(visitor, as_editor):
    an_actor("network", kind="network")

    shown = [[link["href"] for link in read(reader.get("/en/actors/network")).all("a")] for reader in (visitor, as_editor)]

    assert ["/en/actors/network/edit" in links for links in shown] == [False, True]


def test_it_asks_as_often_for_three_positions_as_for_one(engine, visitor, public_affairs):
    an_actor("mednum")

    def asked(slug):
        a_source(slug)
        a_position(a_proposal(slug, public_affairs), "mednum", cites=slug)
        with counted(engine) as statements:
            visitor.get("/en/actors/mednum")
            visitor.get("/en/actors")
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
    assert first <= 16

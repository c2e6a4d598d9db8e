"""The forms of actors: who may add and correct an entry, and what each must hold."""

import pytest
from sqlmodel import col, select

from models import Actor, Event
from models.event import EventKind
from relais.db import reading
from tests.public_record import an_actor
from tests.web.reading import read, rows

FORM = {
    "kind": "network", "name_fr": "Réseau", "name_en": "Network", "code": "NET", "size": "", "part_of": "", "since": "", "until": "",
    "note_fr": "", "note_en": "",
}  # fmt: skip


def stored(slug="network"):
    with reading() as session:
        return session.exec(select(Actor).where(col(Actor.slug) == slug)).first()


def changes():
    with reading() as session:
        found = session.exec(select(Event.kind, Event.details).where(col(Event.kind).in_(("actor_added", "actor_changed")))).all()
    return [(kind, details["slug"]) for kind, details in found]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"part_of": "atlantis"}, "part_of", "Choose an actor from the list"),
        ({"part_of": "network"}, "part_of", "An actor is not part of itself"),
        ({"part_of": "inside"}, "part_of", "An actor is not part of itself"),
        ({"since": "2024-01-02", "until": "2024-01-01"}, "until", "This ends before it begins"),
        ({"since": "soon"}, "since", "Write a day such as 2022-07-01"),
    ],
)
def test_what_an_actor_is_part_of_and_when_it_was_there_must_make_sense(as_editor, wrong, field, message):
    an_actor("network", kind="network")
    an_actor("inside", kind="network", part_of="network")

    answer = as_editor.post("/en/actors/network/edit", data=FORM | {"version": "1"} | wrong)

    assert (answer.status_code, read(answer).one(id=f"f-{field}-e").words, stored().version) == (422, message, 1)
    assert stored("inside").part_of_id == stored().id


def test_an_editor_says_what_an_actor_is_part_of_and_since_when(as_editor):
    an_actor("whole", kind="institution")
    an_actor("network", kind="network")

    as_editor.post(
        "/en/actors/network/edit", data=FORM | {"version": "1", "part_of": "whole", "since": "2019-12-01", "until": "2024-11-30"}
    )

    form = read(as_editor.get("/en/actors/network/edit"))
    assert (stored().part_of_id, str(stored().since), str(stored().until)) == (stored("whole").id, "2019-12-01", "2024-11-30")
    assert [option["value"] for option in form.one("select", id="f-part_of").all("option") if "selected" in option.attributes] == ["whole"]
    assert (form.one("input", id="f-since")["value"], form.one("input", id="f-until")["value"]) == ("2019-12-01", "2024-11-30")


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

"""What each write does: the record afterwards, and the act in the ledger."""

import pytest
from sqlmodel import col, select

from models import Event
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.writing import a_place, a_record


@pytest.fixture
def place(public_affairs, editor):
    a_record()
    return a_place("guichet", public_affairs, editor, 1)


@pytest.fixture
def program(carrying, place, editor):
    return carrying(editor)


def acts(place, *kinds):
    """What was done on the proposal after it was put there, of these kinds."""
    with reading() as session:
        done = select(Event.kind).where(col(Event.proposal_id) == place.proposal.id, col(Event.kind).in_(kinds))
        return list(session.exec(done.order_by(col(Event.id))))


def wrong(answer):
    return answer.status_code, [error["parameter"] for error in answer.json()["errors"]]


def seen(version):
    return {"If-Match": f'"{version}"'}


def test_a_position_is_recorded_with_its_source_and_stands(program, place):
    said = {"actor": "france", "stance": "supports", "on": "2026-H1", "note_en": "In the Council.", "citations": [{"source": "minutes"}]}

    made = program.post("proposals/guichet/positions", json=said).json()

    assert (made["proposal"], made["actor"], made["stance"], made["when"]["date"]) == ("guichet", "france", "supports", "2026-H1")
    assert ([one["source"] for one in made["citations"]], made["revision"], made["current"]) == (
        ["minutes"],
        {"language": "fr", "number": 1},
        True,
    )
    assert program.get(f"positions/{made['id']}").json() == made
    assert acts(place, Kind.POSITION_RECORDED, Kind.CITATION_ADDED) == [Kind.POSITION_RECORDED, Kind.CITATION_ADDED, Kind.POSITION_RECORDED]


def test_a_correction_takes_the_place_of_a_position_once(program, place):
    corrected = {"actor": "mednum", "stance": "opposes"}
    first = program.post("positions/1/corrections", json=corrected)
    second = program.post("positions/1/corrections", json=corrected)

    old = program.get("positions/1").json()
    assert (first.status_code, old["superseded_by"], old["current"]) == (201, first.json()["id"], False)
    assert (second.status_code, second.json()["detail"]) == (409, "This was corrected already")


def test_an_entry_is_added_and_corrected(program, place):
    told = {"family": "advocacy", "kind": "meeting", "state": "planned", "on": "2027-01", "title_en": "Meeting", "public": False}
    made = program.post("proposals/guichet/entries", json=told | {"lead": True}).json()
    key = made["key"]

    corrected = program.post(f"entries/{key}/corrections", json=told | {"on": "2027-02"}).json()

    assert [(one["slug"], one["lead"]) for one in made["proposals"]] == [("guichet", True)]
    assert (corrected["when"]["date"], program.get(f"entries/{key}").json()["superseded_by"]) == ("2027-02", corrected["key"])
    assert program.post(f"entries/{key}/corrections", json=told).status_code == 409
    assert wrong(program.post("proposals/guichet/entries", json=told | {"kind": "vote"})) == (422, ["kind"])
    assert wrong(program.post("proposals/guichet/entries", json={"family": "advocacy", "kind": "meeting"})) == (422, ["title"])


def test_a_proposal_moves_for_who_saw_where_it_stands(program, place):
    tag = program.get("proposals/guichet").headers["ETag"]

    moved = program.post("proposals/guichet/moves", json={"to": "backed", "on": "2026-11"}, headers={"If-Match": tag})
    late = program.post("proposals/guichet/moves", json={"to": "dropped", "reason_en": "Late."}, headers={"If-Match": tag})

    assert (moved.status_code, moved.json()["from"], moved.json()["to"]) == (201, "published", "backed")
    assert (late.status_code, late.json()["version"]) == (412, 2)
    assert wrong(program.post("proposals/guichet/moves", json={"to": "backed"}, headers=seen(2))) == (422, ["to"])
    assert wrong(program.post("proposals/guichet/moves", json={"to": "published"}, headers=seen(2)))[0] == 422
    assert acts(place, Kind.STAGE_MOVED)[-1:] == [Kind.STAGE_MOVED]
    assert program.get("proposals/guichet").json()["proposal"]["stage"]["name"] == "backed"


def test_a_source_against_a_claim_makes_it_contested(program, place):
    cited = program.post("positions/1/citations", json={"source": "minutes", "supports": False, "locator": "p. 3"})
    added = program.post("moves/1/citations", json={"source_title": "Press", "source_url": "https://example.org/press"})
    named = program.post(f"entries/{place.entry}/citations", json={"source": "https://example.org/minutes"})

    assert (cited.json()["source"], program.get("positions/1").json()["contested"]) == ("minutes", True)
    assert program.get("positions/1").json()["citations"] == [cited.json()]
    assert (added.json()["source"], program.get("sources/press").json()["url"]) == ("press", "https://example.org/press")
    assert named.json()["source"] == "minutes"
    assert wrong(program.post("positions/1/citations", json={"source": "zzz"})) == (422, ["source"])
    assert wrong(program.post("positions/1/citations", json={})) == (422, ["source"])


def test_a_proposal_is_created_in_a_group_one_edits_in(program, place, social_tech):
    made = {"group": "european-public-affairs", "slug": "fonds", "facts": {"public": False}, "text": {"title": "Un fonds"}}

    answer = program.post("proposals", json=made)

    assert (answer.status_code, answer.headers["Location"]) == (201, "http://testserver/api/v1/proposals/fonds")
    assert answer.json()["proposal"] == program.get("proposals/fonds").json()["proposal"]
    assert (answer.json()["proposal"]["stage"]["name"], answer.json()["proposal"]["texts"]["fr"]["title"]) == ("drafted", "Un fonds")
    assert wrong(program.post("proposals", json=made)) == (422, ["slug"])
    assert wrong(program.post("proposals", json=made | {"slug": "x", "text": {"title": ""}})) == (422, ["text.title"])
    assert wrong(program.post("proposals", json=made | {"slug": "x", "first": {"to": "backed"}})) == (422, ["to"])
    assert program.post("proposals", json=made | {"slug": "x", "group": "social-tech-skills"}).status_code == 404
    assert program.post("proposals", json=made | {"slug": "x", "group": "nowhere"}).status_code == 404


def test_a_text_is_saved_over_the_revision_that_was_read(program, place):
    address = "proposals/guichet/texts/fr"
    tag = program.get(address).headers["ETag"]

    saved = program.put(address, json={"title": "Mieux", "body": "## Pourquoi"}, headers={"If-Match": tag})
    stale = program.put(address, json={"title": "Autrement"}, headers={"If-Match": tag})

    assert (saved.status_code, saved.headers["ETag"], saved.json()["revision"], saved.json()["title"]) == (200, '"2"', 2, "Mieux")
    assert (stale.status_code, stale.json()["version"], stale.headers["ETag"]) == (412, 2, '"2"')
    assert wrong(program.put(address, json={"title": "Mieux", "body": "## Pourquoi"}, headers=seen(2))) == (422, ["body"])
    assert program.get(address).json() == saved.json()


def test_the_first_text_in_a_language_is_saved_over_none(program, place):
    address = "proposals/guichet/texts/en"

    assert program.get(address).status_code == 404
    assert program.put(address, json={"title": "One-stop shop"}, headers=seen(1)).status_code == 412
    made = program.put(address, json={"title": "One-stop shop"}, headers=seen(0))
    assert (made.status_code, made.json()["translates"]) == (200, {"language": "fr", "number": 1})
    assert program.put("proposals/guichet/texts/xx", json={"title": "Nein"}, headers=seen(0)).status_code == 422


def test_a_step_is_added_changed_ticked_and_taken_away(program, place, editor):
    made = program.post("proposals/guichet/tasks", json={"text": "Ask", "assignee": editor.id, "due_on": "2026-12-15", "comment": 1})
    address = f"tasks/{made.json()['id']}"

    changed = program.put(address, json={"text": "Ask again"}, headers={"If-Match": made.headers["ETag"]})
    done = [program.put(f"{address}/completion").json()["done_at"] for _ in "twice"]
    again = program.delete(f"{address}/completion").json()
    gone = program.delete(address, headers={"If-Match": changed.headers["ETag"]})

    assert made.json()["assignee"] == {"id": editor.id, "name": "Emil Novák"}
    assert (changed.json()["text"], changed.json()["due_on"], changed.json()["version"]) == ("Ask again", None, 2)
    assert (done[0], again["done_at"]) == (done[1], None)
    assert (gone.status_code, gone.content, program.get(address).status_code) == (204, b"", 404)
    assert wrong(program.post("proposals/guichet/tasks", json={"text": "Ask", "assignee": 99})) == (422, ["assignee"])
    assert program.post("proposals/guichet/tasks", json={"text": "Ask", "comment": 99}).status_code == 404
    kinds = (Kind.TASK_ADDED, Kind.TASK_CHANGED, Kind.TASK_DONE, Kind.TASK_REOPENED, Kind.TASK_REMOVED)
    assert acts(place, *kinds) == [Kind.TASK_ADDED, *kinds]


def test_a_comment_is_posted_answered_and_taken_back(program, place):
    made = program.post("proposals/guichet/comments", json={"body": "Oui, **@Emil Novák**.", "parent": 1, "public": True})
    key = made.json()["id"]

    gone = program.delete(f"comments/{key}", headers={"If-Match": made.headers["ETag"]})

    assert (made.json()["parent"], gone.status_code, program.get(f"comments/{key}").json()["body"]) == (1, 204, "")
    assert program.delete(f"comments/{key}", headers=seen(2)).status_code == 409
    assert wrong(program.post("proposals/guichet/comments", json={"body": "Oui.", "parent": 99})) == (422, ["parent"])
    assert acts(place, Kind.COMMENT_POSTED, Kind.COMMENT_REMOVED)[-2:] == [Kind.COMMENT_POSTED, Kind.COMMENT_REMOVED]


def test_what_has_ended_is_discussed_no_more(program, place):
    program.post("proposals/guichet/moves", json={"to": "dropped", "reason_en": "No more."}, headers=seen(1))

    answer = program.post("proposals/guichet/comments", json={"body": "Oui."})

    assert (answer.status_code, answer.json()["detail"]) == (409, "This proposal has ended: its discussion is closed")

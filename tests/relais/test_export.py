"""What the export holds, and how."""

from pathlib import Path

from relais import export, proposals
from relais.db import writing
from relais.export.schema import schema_text
from relais.proposals import MoveForm
from relais.texts import TextForm, save
from seed.load import load
from tests.days import NOW
from tests.exported import NO_ANSWER, exported, exported_one, when
from tests.public_record import (
    a_comment,
    a_corrected_entry,
    a_corrected_position,
    a_position,
    a_proposal,
    a_source,
    a_theme,
    an_actor,
    an_entry,
)

COMMITTED = Path(__file__).parents[2] / "docs/schema/relais-export-1.json"


def test_the_committed_schema_is_the_one_of_the_shapes():
    assert COMMITTED.read_text() == schema_text(), f"python -m relais export --schema > {COMMITTED.relative_to(Path.cwd())}"


def test_an_empty_record_is_a_whole_document(engine):
    document = exported()

    assert document.pop("meta") == {
        "schema": "relais-export-1",
        "schema_address": "/schema/relais-export-1.json",
        "as_of": None,
        "state": 0,
        "audience": "public",
        "licence": export.LICENCE,
        "selection": None,
    }
    assert document == {
        name: [] for name in ("groups", "themes", "presidencies", "actors", "sources", "populations", "proposals", "entries")
    }


def test_a_proposal_holds_all_that_is_recorded_of_it(engine, public_affairs, editor):
    a_theme("commons")
    a_source("report")
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs, cites="report", themes=["commons"], origin="report", procedure="2022/0379(COD)")
    with writing() as session:
        save(session, proposal, "en", TextForm(title="Title of guichet"), base=0, by=editor, now=NOW)
    position = a_position(
        proposal, "mednum", on="2022-07", note_en="In writing.", citations=[{"source": "report", "supports": False, "quote": "Non."}]
    )
    an_entry("vote-1", proposal, on="2022-09-01")
    comment = a_comment(proposal, editor, "Bonne **nouvelle**.", public=True)

    [shown] = exported()["proposals"]
    [move] = shown.pop("moves")
    assert shown == {
        "slug": "guichet",
        "level": "eu",
        "themes": ["commons"],
        "instrument": {"fr": "", "en": ""},
        "procedure": "2022/0379(COD)",
        "group": "european-public-affairs",
        "origin": "report",
        "rank": 0,
        "original_language": "fr",
        "recorded_at": "2026-11-23T10:00:00Z",
        "stage": {"name": "published", "number": 2, "since": when("2022-06-21")},
        "merged_into": None,
        "texts": {
            "en": {
                "title": "Title of guichet",
                "summary": "",
                "body": "",
                "revision": 1,
                "translates": {"language": "fr", "number": 1},
                "saved_at": "2026-11-23T10:00:00Z",
            },
            "fr": {
                "title": "Titre de guichet",
                "summary": "Un résumé.",
                "body": "Le *corps*.",
                "revision": 1,
                "translates": None,
                "saved_at": "2026-11-23T10:00:00Z",
            },
        },
        "positions": [
            {
                "id": position.id,
                "actor": "mednum",
                "stance": "supports",
                "when": {"date": "2022-07", "precision": "month", "from": "2022-07-01", "to": "2022-07-31"},
                "note": {"fr": "", "en": "In writing."},
                "revision": {"language": "fr", "number": 1},
                "on_older_text": False,
                "citations": [
                    {
                        "id": 2,
                        "source": "report",
                        "supports": False,
                        "locator": "",
                        "summary": {"fr": "", "en": ""},
                        "quote": "Non.",
                        "quote_language": "",
                    }
                ],
                "contested": True,
                "settlements": [],
                "recorded_at": "2026-11-23T10:00:00Z",
                "superseded_by": None,
                "current": True,
            }
        ],
        "council": None,
        "entries": [{"key": "vote-1", "lead": False, "presidency": None} | NO_ANSWER],
        "legs": [],
        "comments": [
            {
                "id": comment.id,
                "parent": None,
                "author": "Emil Novák",
                "body": "Bonne **nouvelle**.",
                "posted_at": "2026-11-23T10:00:00Z",
                "edited_at": None,
            }
        ],
    }
    assert (move["from"], move["to"], move["when"]) == (None, "published", when("2022-06-21"))
    assert [(citation["source"], citation["supports"]) for citation in move["citations"]] == [("report", True)]
    assert (move["contested"], move["superseded_by"]) == (False, None)


def test_an_actor_names_what_it_is_part_of_and_when_it_was_there(engine):
    an_actor("czechia", kind="member_state", code="CZ")
    an_actor("perm-rep", kind="permanent_representation", part_of="czechia", since="2004-05-01", until="2026-06-30")

    state, part = exported()["actors"]

    assert (state["part_of"], state["since"], state["until"]) == (None, None, None)
    assert (part["part_of"], part["since"], part["until"]) == ("czechia", "2004-05-01", "2026-06-30")


def test_an_entry_names_the_proposals_it_concerns_and_its_leads(engine, public_affairs):
    guichet, fondation = a_proposal("guichet", public_affairs), a_proposal("fondation", public_affairs)
    an_entry("edic", guichet, leads=(fondation,), on="by 2025-10-29", state="planned")

    document = exported()

    [entry] = document["entries"]
    assert entry["when"] == {"date": "by 2025-10-29", "precision": "by", "from": None, "to": "2025-10-29"}
    assert entry["proposals"] == [
        {"slug": "guichet", "lead": False, "presidency": None} | NO_ANSWER,
        {"slug": "fondation", "lead": True, "presidency": None} | NO_ANSWER,
    ]
    assert [proposal["entries"] for proposal in document["proposals"]] == [
        [{"key": "edic", "lead": False, "presidency": None} | NO_ANSWER],
        [{"key": "edic", "lead": True, "presidency": None} | NO_ANSWER],
    ]


def test_what_is_corrected_stays_and_names_what_corrects_it(engine, public_affairs, editor):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs)
    position = a_position(proposal, "mednum", "supports")
    corrected = a_corrected_position(proposal, position, editor, actor="mednum", stance="took_part")
    a_corrected_entry(an_entry("vote", proposal, on="2022-01"), editor, on="2022-02-03")
    with writing() as session:
        first, *_ = proposals.moves(session, proposal)
        again = proposals.correct_move(session, proposal, first, MoveForm(to=first.to_stage, on="2022-06-22"), by=editor, now=NOW)

    document = exported()

    [shown] = document["proposals"]
    assert [(row["id"], row["superseded_by"], row["current"]) for row in shown["positions"]] == [
        (position.id, corrected.id, False),
        (corrected.id, None, True),
    ]
    assert [(row["id"], row["superseded_by"]) for row in shown["moves"]] == [(first.id, again.id), (again.id, None)]
    assert shown["stage"]["since"] == when("2022-06-22")
    [old, new] = document["entries"]
    assert (old["superseded_by"], new["superseded_by"]) == (new["key"], None)


def test_a_position_put_down_to_the_wrong_actor_is_not_current(engine, public_affairs, editor):
    for actor in ("mednum", "soga"):
        an_actor(actor)
    proposal = a_proposal("guichet", public_affairs)
    a_corrected_position(proposal, a_position(proposal, "mednum"), editor, actor="soga", stance="supports")

    [shown] = exported()["proposals"]

    assert [(row["actor"], row["current"]) for row in shown["positions"]] == [("mednum", False), ("soga", True)]


def test_a_later_position_is_the_current_one(engine, public_affairs):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs)
    for on, stance in (("2023-01-01", "opposes"), ("2022-01-01", "supports"), ("", "neutral")):
        a_position(proposal, "mednum", stance, on=on)

    [shown] = exported()["proposals"]

    assert [(row["stance"], row["current"]) for row in shown["positions"]] == [("opposes", True), ("supports", False), ("neutral", False)]


def test_the_seed_is_exported_whole_and_validates(engine):
    with writing() as session:
        load(session, NOW)

    document = exported()

    assert {name: len(document[name]) for name in ("proposals", "presidencies", "groups")} == {
        "proposals": 18,
        "presidencies": 48,
        "groups": 4,
    }
    assert {tuple(proposal["texts"]) for proposal in document["proposals"]} == {("en", "fr")}
    assert [proposal for proposal in document["proposals"] if proposal != exported_one(proposal["slug"])["proposal"]] == []


def test_one_proposal_comes_with_what_it_names_and_nothing_else(engine, public_affairs):
    for slug in ("origin", "of-move", "of-position", "of-entry", "of-other"):
        a_source(slug)
    an_actor("mednum")
    an_actor("other")
    proposal, other = (
        a_proposal("guichet", public_affairs, cites="of-move", origin="origin"),
        a_proposal("autre", public_affairs, cites="of-other"),
    )
    a_position(proposal, "mednum", cites="of-position")
    a_position(other, "other")
    an_entry("vote", proposal, citations=[{"source": "of-entry"}])
    an_entry("other-vote", other)

    document = exported_one("guichet")

    whole = exported()
    assert document["meta"] == whole["meta"]
    assert document["proposal"] == whole["proposals"][0]
    assert document["entries"] == whole["entries"][:1]
    assert document["actors"] == whole["actors"][:1]
    assert document["sources"] == whole["sources"][:4]

"""What the export keeps to itself."""

import orjson
import pytest

from models import Proposal
from models.group import Role
from relais import comments, entries, export
from relais.access import Reader
from relais.db import reading, writing
from relais.errors import Missing
from tests.days import NOW, TODAY
from tests.exported import NO_ANSWER, exported, exported_one
from tests.public_record import (
    a_comment,
    a_position,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    moved,
)
from tests.steps import a_task


def test_nothing_group_only_is_in_it(engine, public_affairs, editor):
    an_actor("mednum")
    a_source("report")
    shown = a_proposal("guichet", public_affairs)
    hidden = a_proposal("canary-proposal", public_affairs, instrument_en="canary instrument")
    a_position(shown, "mednum", note_en="canary position", public=False, citations=[{"source": "report", "quote": "canary quote"}])
    a_position(hidden, "mednum", note_en="canary hidden position", citations=[{"source": "report", "quote": "canary hidden quote"}])
    an_entry("canary-entry", shown, public=False, group_id=public_affairs.id, citations=[{"source": "report", "quote": "canary"}])
    an_entry("canary-of-hidden", hidden, citations=[{"source": "report", "quote": "canary"}])
    an_entry("of-both", shown, hidden)
    a_comment(shown, editor, "canary comment")
    a_comment(hidden, editor, "canary hidden comment", public=True)
    a_task(shown, editor, "canary task")
    removed = a_comment(shown, editor, "canary removed", public=True)
    with writing() as session:
        comments.remove(session, session.merge(removed), shown, version=1, by=editor, now=NOW)
        session.get_one(Proposal, hidden.id).public = False

    with reading() as session:
        whole = export.document(session, today=TODAY)
        alone = export.written(export.proposal(session, "guichet", today=TODAY))

    assert [word for word in (b"canary", b"@", editor.email.encode()) if word in whole + alone] == []
    assert [entry["key"] for entry in orjson.loads(whole)["entries"]] == ["of-both"]
    assert [entry["proposals"] for entry in orjson.loads(alone)["entries"]] == [
        [{"slug": "guichet", "lead": False, "presidency": None} | NO_ANSWER]
    ]


def test_a_proposal_merged_into_one_that_became_group_only_does_not_name_it(engine, public_affairs, editor):
    other, proposal = a_proposal("autre", public_affairs), a_proposal("guichet", public_affairs)
    moved(proposal, "merged", "2023-01-01", into="autre", reason_en="One ask.")
    named = exported()["proposals"][1]["merged_into"]
    with writing() as session:
        session.get_one(Proposal, other.id).public = False

    [shown] = exported()["proposals"]

    assert (named, shown["stage"]["name"], shown["stage"]["number"], shown["merged_into"]) == ("autre", "merged", None, None)


def test_a_rejected_lead_is_gone_and_a_confirmed_one_is_sure(engine, public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    right, wrong = an_entry("right", leads=(proposal,)), an_entry("wrong", leads=(proposal,))
    with writing() as session:
        entries.check_lead(session, proposal, right, confirmed=True, by=editor, now=NOW)
        entries.check_lead(session, proposal, wrong, confirmed=False, by=editor, now=NOW)

    document = exported()

    assert document["proposals"][0]["entries"] == [{"key": "right", "lead": False, "presidency": None} | NO_ANSWER]
    assert {entry["key"]: entry["proposals"] for entry in document["entries"]} == {
        "right": [{"slug": "guichet", "lead": False, "presidency": None} | NO_ANSWER],
        "wrong": [],
    }


def test_a_public_comment_names_only_a_public_parent(engine, public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    parent = a_comment(proposal, editor, "Question ?", public=True)
    a_comment(proposal, editor, "Réponse.", public=True, parent=parent.id)
    before = [comment["parent"] for comment in exported()["proposals"][0]["comments"]]
    with writing() as session:
        comments.remove(session, session.merge(parent), proposal, version=1, by=editor, now=NOW)

    after = [comment["parent"] for comment in exported()["proposals"][0]["comments"]]

    assert (before, after) == ([None, parent.id], [None])


def test_a_hidden_proposal_is_missing_for_a_visitor_and_marked_for_its_group(engine, public_affairs, editor, stranger):
    a_proposal("guichet", public_affairs, public=False)
    member = Reader(editor, {public_affairs.id: Role.EDITOR})

    with pytest.raises(Missing):
        exported_one("guichet")
    with pytest.raises(Missing):
        exported_one("guichet", reader=Reader(stranger, {}))
    document = exported_one("guichet", reader=member)

    assert (document["proposal"]["slug"], document["meta"]["audience"]) == ("guichet", "group")

"""Moves, positions, entries and legs at addresses of their own."""

import pytest
from sqlmodel import col, select

from models import Proposal
from relais import legs
from relais.db import writing
from relais.legs import LegForm
from tests.api.test_lists import walked
from tests.days import NOW
from tests.exported import exported
from tests.public_record import (
    a_corrected_entry,
    a_corrected_position,
    a_position,
    a_presidency,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    counted,
    moved,
)

NOUNS = ("moves", "positions", "entries", "legs")


@pytest.fixture
def record(public_affairs, social_tech, editor):
    """Two proposals, one in preparation, with claims that are public, kept, corrected."""
    for slug in ("mednum", "soga"):
        an_actor(slug)
    an_actor("state", code="XX")
    a_source("decision")
    a_presidency("2027-xx", "2027-01-01", "2027-06-30")
    shown, kept = a_proposal("shown", public_affairs, cites="decision"), a_proposal("kept", public_affairs, public=False)
    moved(shown, "backed", "2023", cites="decision")
    first = a_position(shown, "mednum", cites="decision")
    a_position(kept, "mednum")
    a_position(shown, "soga", public=False, note_fr="Entre nous")
    a_corrected_position(shown, first, editor, actor="mednum", stance="opposes")
    vote = an_entry("vote", shown)
    a_corrected_entry(vote, editor, "2024")
    an_entry("kept-vote", kept)
    an_entry("letter", shown, public=False, group_id=public_affairs.id)
    for proposal in (shown, kept):
        with writing() as session:
            row = session.exec(select(Proposal).where(col(Proposal.id) == proposal.id)).one()
            legs.plan(session, row, "2027-xx", LegForm(ask_en="Back it", public=True), by=editor, now=NOW)


def items(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def of_the_export(noun):
    """What the export says of it, proposal by proposal, with the proposal."""
    return sorted(
        ({"proposal": proposal["slug"]} | claim for proposal in exported()["proposals"] for claim in proposal[noun]),
        key=lambda claim: claim.get("id", 0),
    )


@pytest.mark.parametrize("noun", ["moves", "positions"])
def test_a_visitor_is_told_what_the_export_says(api, record, noun):
    assert items(api.get(noun)) == of_the_export(noun)


def test_of_asks_too_and_what_a_program_needs_to_change_them(api, record):
    beyond = {"lead": None, "note": None, "public": True, "version": 1}

    assert items(api.get("legs")) == [leg | beyond for leg in of_the_export("legs")]


def test_entries_are_those_of_the_export(api, record):
    assert items(api.get("entries")) == exported()["entries"]


def test_with_a_token_one_is_told_more(carrying, api, record, observer, stranger):
    def told(caller):
        return [len(items(caller.get(noun))) for noun in NOUNS]

    assert (told(api), told(carrying(stranger)), told(carrying(observer, "read"))) == ([2, 2, 2, 1], [2, 2, 2, 1], [3, 4, 4, 2])
    assert "Entre nous" in carrying(observer).get("positions").text


@pytest.mark.parametrize("noun", NOUNS)
def test_pages_put_together_are_the_list(carrying, record, observer, noun):
    asker = carrying(observer)
    whole = items(asker.get(noun))

    assert walked(asker, f"{noun}?limit=1") == (whole, len(whole))


@pytest.mark.parametrize(("noun", "name"), [("moves", "id"), ("positions", "id"), ("entries", "key")])
def test_one_is_as_the_list_has_it_and_what_is_kept_is_not_there(api, carrying, record, observer, noun, name):
    everything = items(carrying(observer).get(noun))
    shown = {item[name]: item for item in items(api.get(noun))}

    for item in everything:
        answer = api.get(f"{noun}/{item[name]}")
        assert answer.status_code == (200 if item[name] in shown else 404)
        assert answer.status_code == 404 or answer.json() == shown[item[name]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("positions?proposal=shown", 2), ("positions?proposal=kept", 0), ("positions?actor=mednum", 2), ("positions?actor=nobody", 0),
        ("positions?stance=opposes", 1), ("positions?stance=opposes&actor=soga", 0), ("moves?to=backed", 1), ("moves?proposal=shown", 2),
        ("moves?proposal=kept", 0), ("entries?proposal=shown", 2), ("entries?proposal=kept", 0), ("entries?kind=vote", 2),
        ("entries?state=planned", 0), ("entries?family=deadline", 0), ("entries?actor=mednum", 0), ("legs?presidency=2027-xx", 1),
        ("legs?presidency=2027-yy", 0), ("legs?proposal=kept", 0),
    ],
)  # fmt: skip
def test_a_filter_chooses(api, record, asked, found):
    assert len(items(api.get(asked))) == found


@pytest.mark.parametrize("noun", NOUNS)
def test_three_ask_as_often_as_one(api, engine, public_affairs, editor, noun):
    an_actor("mednum")
    an_actor("state", code="XX")
    a_source("decision")
    a_presidency("2027-xx", "2027-01-01", "2027-06-30")

    def asked(slug):
        proposal = a_proposal(slug, public_affairs)
        a_position(proposal, "mednum", cites="decision")
        an_entry(f"vote-{slug}", proposal)
        with writing() as session:
            row = session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()
            legs.plan(session, row, "2027-xx", LegForm(ask_en="Back it", public=True), by=editor, now=NOW)
        with counted(engine) as statements:
            api.get(noun)
        return len(statements)

    one, _two, three = asked("a"), asked("b"), asked("c")

    assert three == one

"""Imports taken back: what they made is dropped, withdrawn or removed, unless people have built on it."""

import pytest
from sqlmodel import col, select

from models import Actor, Comment, Entry, Event, Import, Imported, Position, Proposal, Withdrawal
from models.event import EventKind
from models.proposal import Stage
from relais import comments, positions, proposals
from relais.comments import CommentForm
from relais.db import reading, writing
from relais.errors import Refused, Stale
from relais.imports import undoing
from relais.positions import PositionForm
from relais.proposals import Facts
from tests.days import NOW
from tests.exported import exported
from tests.public_record import a_proposal, an_actor, an_entry
from tests.relais.importing import applied, brought, found

LATER = NOW.replace(hour=12)
TABLES = {
    "proposals": "id;titre;étape\nA;Guichet;Publiée\n",
    "actors": "id;nom;type\nada;Ada;Association\n",
    "positions": "id;proposition;acteur;avis\n1;A;ada;pour\n",
    "entries": "id;titre;type;propositions\n1;Vote;Vote;A\n",
    "comments": "id;proposition;parent;commentaire\n1;A;;Oui\n2;A;1;Non\n",
}


@pytest.fixture
def imported(public_affairs, coordinator):
    """The ids of the imports by what they brought."""
    ids = {kind: brought(public_affairs, coordinator, table, origin="o", kind=kind, public=True) for kind, table in TABLES.items()}
    for one in ids.values():
        applied(public_affairs, coordinator, one)
    return ids


def undone(import_id, by, version=None):
    with writing() as session:
        one = session.get_one(Import, import_id)
        undoing.undo(session, one, version=version or one.version, by=by, now=LATER)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def in_the_way(import_id):
    with reading() as session:
        return [(one.kind.value, one.external_id) for one in undoing.obstacles(session, session.get_one(Import, import_id))]


def test_each_kind_is_taken_back_as_the_house_does_it(imported, coordinator):
    for kind in ("comments", "entries", "positions"):
        undone(imported[kind], coordinator)

    document = exported()
    assert (document["proposals"][0]["positions"], document["entries"]) == ([], [])
    assert [(row.body, row.removed_at) for row in rows(Comment)] == [("", LATER), ("", LATER)]
    assert (len(rows(Position)), len(rows(Entry)), len(rows(Withdrawal))) == (1, 1, 2)
    assert in_the_way(imported["proposals"]) == [("proposals", "A")]
    assert rows(Event)[-1].kind is EventKind.IMPORT_UNDONE
    assert (found(imported["entries"]).undone_at, found(imported["entries"]).undoer_id) == (LATER, coordinator.id)


def test_a_proposal_is_dropped_with_the_reason_and_comes_in_anew_under_another_address(public_affairs, coordinator):
    file = brought(public_affairs, coordinator, TABLES["proposals"], "Liste.csv", origin="o")
    applied(public_affairs, coordinator, file)

    undone(file, coordinator)

    with reading() as session:
        (proposal,) = session.exec(select(Proposal)).all()
        reason = proposals.moves(session, proposal)[-1].reason_fr
    assert (proposal.stage, reason) == (Stage.DROPPED, "L’importation de «\xa0Liste.csv\xa0» a été annulée.")
    assert rows(Imported) == []
    applied(public_affairs, coordinator, brought(public_affairs, coordinator, TABLES["proposals"], origin="o"))
    assert [row.slug for row in rows(Proposal)] == ["guichet", "guichet-2"]


def test_actors_stay_and_are_known_the_next_time(imported, coordinator):
    undone(imported["actors"], coordinator)

    assert ([row.slug for row in rows(Actor)], [row.kind for row in rows(Imported) if row.external_id == "ada"]) == (["ada"], ["actors"])


def test_comments_another_coordinator_brought_are_hidden(imported, editor):
    undone(imported["comments"], editor)

    assert [(row.hider_id, row.removed_at) for row in rows(Comment)] == [(editor.id, None), (editor.id, None)]


def test_what_people_have_built_on_is_listed_and_nothing_is_taken_back(imported, coordinator, editor):
    (proposal,), (position,), _, (first, _) = rows(Proposal), rows(Position), rows(Entry), rows(Comment)
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        form = PositionForm(actor="ada", stance="opposes")
        positions.correct(session, row, session.get_one(Position, position.id), form, by=editor, now=LATER)
        comments.post(session, row, CommentForm(body="Pas d’accord", parent=first.id), by=editor, now=LATER)
        proposals.change(session, row, Facts(rank=3), version=row.version, by=editor, now=LATER)

    assert {kind: in_the_way(one) for kind, one in imported.items()} == {
        "proposals": [("proposals", "A")], "actors": [], "positions": [("positions", "1")], "entries": [], "comments": [("comments", "1")],
    }  # fmt: skip
    before = len(rows(Event))
    for kind in ("proposals", "positions", "comments"):
        with pytest.raises(Refused, match="Others have built on what was imported"):
            undone(imported[kind], coordinator)
    assert len(rows(Event)) == before


def test_it_is_undone_once_and_by_one(public_affairs, coordinator):
    an_actor("ada")
    an_entry("e", a_proposal("guichet", public_affairs))
    file = brought(public_affairs, coordinator, "id;proposition;acteur;avis\n1;guichet;ada;pour\n")
    with pytest.raises(Refused, match="Only what was imported"):
        undone(file, coordinator)
    applied(public_affairs, coordinator, file)

    with pytest.raises(Stale):
        undone(file, coordinator, version=99)
    undone(file, coordinator)
    with pytest.raises(Refused, match="Only what was imported"):
        undone(file, coordinator)

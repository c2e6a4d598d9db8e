"""Proposals: added with their first text and move, changed, moved along the ladder by its one writer."""

import pytest
from sqlmodel import col, select

from models import Citation, Event, Move, Proposal, ProposalTheme, Revision
from models.event import EventKind
from models.proposal import LADDER, NEXT, Stage
from relais import proposals
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.errors import Invalid, Missing, Stale
from relais.proposals import FactsForm, MoveForm, ProposalForm
from tests.days import NOW
from tests.public_record import a_proposal, a_source, a_theme, moved

TEXT = {"title": "Un guichet unique", "summary": "Court.", "body": "Long."}


def form(**given):
    return ProposalForm.model_validate({"slug": "guichet", "text": TEXT} | given)


def add(group, by=None, **given):
    with writing() as session:
        return proposals.add(session, form(**given), group=group, by=by, now=NOW)


def change(proposal, by, version, **facts):
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        return proposals.change(session, row, FactsForm(**facts), version=version, by=by, now=NOW)


def all_of(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def test_a_proposal_begins_with_a_text_a_move_and_its_source(public_affairs, editor):
    a_source("report")
    a_theme("funding")
    first = {"to": "published", "on": "2022-06", "citations": [{"source": "report", "locator": "p. 3"}]}

    proposal = add(public_affairs, editor, first=first, facts={"themes": ["funding"], "origin": "report", "procedure": "2022/0379(COD)"})

    (move,), (citation,) = all_of(Move), all_of(Citation)
    assert (proposal.stage, proposal.group_id, proposal.procedure) == (Stage.PUBLISHED, public_affairs.id, "2022/0379(COD)")
    assert (move.from_stage, move.to_stage, str(move.when()), citation.move_id) == (None, Stage.PUBLISHED, "2022-06", move.id)
    assert [row.title for row in all_of(Revision)] == ["Un guichet unique"]
    assert [event.kind for event in all_of(Event)][1:] == [
        EventKind.PROPOSAL_ADDED, EventKind.TEXT_SAVED, EventKind.CITATION_ADDED, EventKind.STAGE_MOVED,
    ]  # fmt: skip


def test_a_taken_address_is_refused_with_a_free_one(public_affairs):
    add(public_affairs)
    add(public_affairs, slug="guichet-2")

    with pytest.raises(Invalid) as refused:
        add(public_affairs)

    assert (refused.value.field, refused.value.values) == ("slug", {"free": "guichet-3"})


def test_the_address_of_a_form_cannot_be_taken(public_affairs):
    with pytest.raises(Invalid) as refused:
        add(public_affairs, slug="new")

    assert refused.value.values == {"free": "new-2"}


@pytest.mark.parametrize("stage", ["backed", "in_force", "dropped", "merged"])
def test_a_proposal_starts_drafted_or_published(public_affairs, stage):
    with pytest.raises(Invalid) as refused:
        add(public_affairs, first={"to": stage})

    assert (refused.value.field, all_of(Proposal)) == ("to", [])


def test_a_move_writes_stage_move_and_event_as_one(public_affairs):
    guichet = a_proposal("guichet", public_affairs)

    move = moved(guichet, "backed", on="2022-07")

    with reading() as session:
        row = session.get_one(Proposal, guichet.id)
    assert (row.stage, row.version, move.from_stage, move.to_stage) == (Stage.BACKED, 2, Stage.PUBLISHED, Stage.BACKED)
    assert all_of(Event)[-1].details == {"from": "published", "to": "backed", "on": "2022-07"}


def test_the_same_stage_is_no_change(public_affairs):
    guichet = a_proposal("guichet", public_affairs)

    with writing() as session:
        row = session.get_one(Proposal, guichet.id)
        answer = proposals.move(session, row, MoveForm(to=Stage.PUBLISHED), version=row.version, by=None, now=NOW)

    assert (answer, len(all_of(Move)), all_of(Proposal)[0].version) == (None, 1, 1)


@pytest.mark.parametrize("start", [stage for stage in LADDER if stage is not Stage.DRAFTED])
def test_only_the_steps_of_the_table_are_taken(public_affairs, start):
    guichet = a_proposal("guichet", public_affairs)
    if start is not Stage.PUBLISHED:
        moved(guichet, start)

    for to in set(Stage) - NEXT[start] - {start}:
        with pytest.raises(Invalid):
            moved(guichet, to, reason_en="Why not", into="x")

    assert all_of(Proposal)[0].stage is start


@pytest.mark.parametrize("to", ["dropped", "published"])
def test_an_end_and_a_step_back_want_a_reason(public_affairs, to):
    guichet = a_proposal("guichet", public_affairs)
    moved(guichet, "backed")

    with pytest.raises(Invalid) as refused:
        moved(guichet, to)

    assert refused.value.field == "reason"
    assert moved(guichet, to, reason_fr="Retrait du texte").reason_fr == "Retrait du texte"


def test_a_move_before_the_last_one_is_refused(public_affairs):
    guichet = a_proposal("guichet", public_affairs, on="2022-06-21")

    with pytest.raises(Invalid) as refused:
        moved(guichet, "backed", on="2022-03-01")

    assert (refused.value.field, refused.value.values) == ("on", {"day": "2022-06-21"})


def test_a_proposal_is_merged_into_another_that_is_there(public_affairs):
    guichet, other = a_proposal("guichet", public_affairs), a_proposal("autre", public_affairs)

    with pytest.raises(Invalid):
        moved(guichet, "merged", reason_en="One ask", into="guichet")
    moved(guichet, "merged", reason_en="One ask", into="autre")

    assert [(row.stage, row.merged_into_id) for row in all_of(Proposal)] == [(Stage.MERGED, other.id), (Stage.PUBLISHED, None)]


def test_a_stale_move_is_refused_with_what_stands(public_affairs):
    guichet = a_proposal("guichet", public_affairs)
    moved(guichet, "backed")

    with writing() as session:
        row = session.get_one(Proposal, guichet.id)
        with pytest.raises(Stale) as refused:
            proposals.move(session, row, MoveForm(to=Stage.TAKEN_UP), version=1, by=None, now=NOW)

    assert (refused.value.current.stage, all_of(Proposal)[0].stage) == (Stage.BACKED, Stage.BACKED)


def test_a_corrected_move_takes_the_place_of_the_first(public_affairs, editor):
    guichet = a_proposal("guichet", public_affairs)
    first = moved(guichet, "backed", on="2022-07-01")
    moved(guichet, "taken_up", on="2023-01-01")

    with writing() as session:
        row, old = session.get_one(Proposal, guichet.id), session.get_one(Move, first.id)
        proposals.correct_move(session, row, old, MoveForm.model_validate({"to": "dropped", "on": "2022-08"}), by=editor, now=NOW)

    with reading() as session:
        standing = proposals.moves(session, guichet)
    assert [(move.to_stage, str(move.when())) for move in standing] == [
        (Stage.PUBLISHED, "2022-06-21"), (Stage.BACKED, "2022-08"), (Stage.TAKEN_UP, "2023-01-01"),
    ]  # fmt: skip


def test_facts_are_changed_and_the_ledger_names_them(public_affairs, editor):
    guichet = a_proposal("guichet", public_affairs)
    a_theme("funding")

    change(guichet, editor, 1, level="national", themes=["funding"], instrument_en="A platform", rank=4)

    (row,) = all_of(Proposal)
    assert (row.level, row.instrument_en, row.rank, row.version) == ("national", "A platform", 4, 2)
    with reading() as session:
        assert [link.theme for link in session.exec(select(ProposalTheme)).all()] == ["funding"]
    assert sorted(all_of(Event)[-1].details["changed"]) == ["instrument_en", "level", "rank"]


@pytest.mark.parametrize(("facts", "field"), [({"themes": ["none-such"]}, "themes"), ({"origin": "none-such"}, "origin")])
def test_facts_that_name_what_is_not_there_are_refused(public_affairs, editor, facts, field):
    guichet = a_proposal("guichet", public_affairs)

    with pytest.raises(Invalid) as refused:
        change(guichet, editor, 1, **facts)

    assert (refused.value.field, all_of(Proposal)[0].version) == (field, 1)


def test_stale_facts_are_refused_with_what_stands(public_affairs, editor):
    guichet = a_proposal("guichet", public_affairs)
    change(guichet, editor, 1, level="national")

    with pytest.raises(Stale) as refused:
        change(guichet, editor, 1, level="eu")

    assert (refused.value.current.level, refused.value.current.version) == ("national", 2)


def test_a_private_proposal_is_there_for_its_group_only(public_affairs, social_tech, editor, stranger):
    a_proposal("guichet", public_affairs, public=False)

    with reading() as session:
        assert proposals.find(session, "guichet", Reader(editor, {public_affairs.id: "observer"})).slug == "guichet"
        for reader in (VISITOR, Reader(stranger, {social_tech.id: "coordinator"})):
            with pytest.raises(Missing):
                proposals.find(session, "guichet", reader)

"""The seed goes in through the verbs, once."""

import itertools
from collections import Counter

from sqlmodel import Session, col, func, select

from models import Actor, Citation, Entry, EntryProposal, Event, Move, Position, Presidency, Proposal, Source, Text
from models.event import EventKind
from models.position import Stance
from relais.db import reading, writing
from relais.positions import latest
from seed.load import empty, load
from tests.days import NOW


def count(session: Session, kind: type) -> int:
    return session.exec(select(func.count()).select_from(kind)).one()


def test_the_whole_content_goes_in(added):
    assert added == Counter(
        {
            "groups": 4,
            "themes": 8,
            "sources": 102,
            "states": 27,
            "actors": 54,
            "populations": 27,
            "presidencies": 48,
            "proposals": 18,
            "entries": 87,
            "positions": 110,
        }
    )


def test_seeding_twice_changes_nothing(engine):
    with writing() as session:
        load(session, NOW)
    with reading() as session:
        before = {kind: count(session, kind) for kind in (Event, Proposal, Text, Move, Position, Entry, Citation, Source, Actor)}
        assert not empty(session)

    with writing() as session:
        again = load(session, NOW)

    with reading() as session:
        assert not any(again.values())
        assert {kind: count(session, kind) for kind in before} == before


def test_every_act_is_in_the_ledger(record):
    told = dict(record.execute(select(Event.kind, func.count()).group_by(Event.kind)).all())

    assert told[EventKind.PROPOSAL_ADDED] == count(record, Proposal)
    assert told[EventKind.STAGE_MOVED] == count(record, Move)
    assert told[EventKind.POSITION_RECORDED] == count(record, Position)
    assert told[EventKind.CITATION_ADDED] == count(record, Citation)
    assert told[EventKind.TEXT_SAVED] == 2 * count(record, Proposal)


def test_presidencies_follow_each_other_without_a_gap(record):
    terms = record.exec(select(Presidency).order_by(col(Presidency.starts_on))).all()

    assert (terms[0].slug, terms[-1].slug, len(terms)) == ("2007-de", "2030-mt", 48)
    assert all((after.starts_on - before.ends_on).days == 1 for before, after in itertools.pairwise(terms))
    assert next(term.trio for term in terms if term.slug == "2026-ie") == ["IE", "LT", "EL"]


def test_states_have_their_eu_code_and_a_name_in_every_official_language(record):
    greece = record.exec(select(Actor).where(col(Actor.code) == "EL")).one()

    assert (greece.slug, greece.names["fr"], greece.names["el"], len(greece.names)) == ("greece", "Grèce", "Ελλάδα", 24)
    assert record.exec(select(Actor).where(col(Actor.code) == "GR")).first() is None


def test_the_51_verified_facts_are_entries(record):
    keys = set(record.exec(select(Entry.key)).all())

    assert {f"F{number:02}" for number in range(1, 52)} <= keys


def test_the_edic_decision_is_a_lead_on_the_foundation_not_progress(record):
    link = record.exec(
        select(EntryProposal).join(Entry).join(Proposal).where(col(Entry.key) == "F38", col(Proposal.slug) == "fondation-europeenne")
    ).one()
    foundation = record.exec(select(Proposal).where(col(Proposal.slug) == "fondation-europeenne")).one()

    assert (link.lead, foundation.stage.value) == (True, "backed")


def test_the_number_of_states_is_contested_and_never_spelled_out(record):
    actor = record.exec(select(Actor).where(col(Actor.size) == 19)).one()
    position = record.exec(
        select(Position).join(Proposal).where(col(Position.actor_id) == actor.id, col(Proposal.slug) == "guichet-unique")
    ).one()
    sides = record.exec(select(Citation.supports).where(col(Citation.position_id) == position.id)).all()

    assert sorted(sides) == [False, False, True]  # 19 told by one, 17 and 16 by the others


def test_czechia_took_part_and_is_absent_from_the_supporters(record):
    czechia = record.exec(select(Actor).where(col(Actor.code) == "CZ")).one()
    shop = record.exec(select(Proposal).where(col(Proposal.slug) == "guichet-unique")).one()
    rows = record.exec(select(Position).where(col(Position.actor_id) == czechia.id, col(Position.proposal_id) == shop.id)).all()

    assert {row.stance for row in rows} == {Stance.TOOK_PART, Stance.ABSENT}
    assert latest(rows)[shop.id, czechia.id].stance is Stance.ABSENT
    absent = next(row for row in rows if row.stance is Stance.ABSENT)
    sides = record.exec(select(Citation.supports).where(col(Citation.position_id) == absent.id)).all()
    assert set(sides) == {True, False}


def test_the_action_plan_keeps_both_its_dates(record):
    for key in ("F06", "F07"):
        entry = record.exec(select(Entry).where(col(Entry.key) == key)).one()
        assert record.exec(select(Citation.id).where(col(Citation.entry_id) == entry.id)).all()
    plan = record.exec(select(Entry).where(col(Entry.key) == "F06")).one()
    sides = record.exec(select(Citation.supports).where(col(Citation.entry_id) == plan.id)).all()
    assert set(sides) == {True, False}

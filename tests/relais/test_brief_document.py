"""The hand-over brief as data: what is open, what is not known, whose it is, and the numbers of its sources."""

import json
from datetime import date

import pytest

from models.group import Role
from relais.access import Reader
from relais.errors import Missing
from tests.handover import a_calendar, a_leg, a_story, an_answer, told, written
from tests.public_record import a_corrected_entry, a_proposal, an_entry, counted


@pytest.fixture
def story(engine, public_affairs):
    a_calendar()
    return a_story(public_affairs)


def test_it_tells_what_moved_who_backs_what_and_the_risk_on_what_evidence(story):
    brief = told()

    (moved,) = brief.moved
    (risk,) = brief.risks
    assert (moved.proposal.slug, moved.stage, moved.step, moved.when, moved.evidence.pro) == ("guichet", "backed", 3, "2022-05-01", (1,))
    assert (risk.stance, risk.number, risk.places[0].evidence.pro, risk.places[0].evidence.contra) == ("absent", 1, (1,), (2,))
    assert [line.role for line in brief.backing.lines] == ["presides", "before", "after"]
    assert (brief.previous.slug, brief.presidency.slug, brief.following.slug) == ("2022-fr", "2022-cz", "2023-se")


def test_it_tells_the_holders_to_come_each_with_its_why(story):
    first, *others = told().holders

    assert (first.presidency, first.risk, first.chance, [(why.stance, why.number) for why in first.whys]) == (
        "2022-cz",
        "strong",
        "none",
        [("absent", 1)],
    )
    assert [(one.presidency, one.risk, [why.stance for why in one.whys]) for one in others] == [
        ("2023-se", "weak", [None]),
        ("2023-es", "weak", [None]),
    ]


def test_sources_are_numbered_as_they_are_met_and_none_is_idle(story):
    brief = told()

    assert [(source.number, source.slug) for source in brief.sources] == [(1, "report"), (2, "denial"), (3, "decision")]
    assert brief.basis == 3


def test_a_letter_is_open_until_an_answer_is_recorded_and_stays_answered_when_it_is_corrected(story, editor):
    letter = an_entry("ask", story, on="2022-06-04", family="advocacy", kind="letter")
    before = [one.entry.key for one in told().letters]
    an_answer(letter, "2022-06-20")
    answered = [one.entry.key for one in told().letters]
    a_corrected_entry(letter, editor, "2022-06-05", family="advocacy", kind="letter")

    assert (before, answered) == (["our-letter", "ask"], ["our-letter"])
    assert [one.entry.key for one in told().letters] == ["our-letter"]


def test_as_of_a_day_before_the_answer_the_letter_was_open(story):
    letter = an_entry("ask", story, on="2022-06-04", family="advocacy", kind="letter")
    an_answer(letter, "2022-08-20")

    assert [one.entry.key for one in told(day=date(2022, 7, 1)).letters] == ["our-letter", "ask"]
    assert [one.entry.key for one in told().letters] == ["our-letter"]


def test_a_letter_of_an_institution_asks_for_no_answer(story):
    an_entry("theirs", story, on="2022-06-04", kind="answer")

    assert [one.entry.key for one in told().letters] == ["our-letter"]


def test_leads_milestones_and_what_is_planned_later_stand_apart(story):
    brief = told()

    assert [one.key for one in brief.leads] == ["perhaps"]
    assert [one.key for one in brief.milestones] == ["council"]
    assert [one.key for one in brief.ahead] == ["later"]


def test_what_is_not_known_is_told_by_name(story, public_affairs):
    a_proposal("quiet-one", public_affairs, on="2021-03-01")

    gaps = told().gaps

    assert [name.slug for name in gaps.silent.proposals] == ["quiet-one"]
    assert [name.slug for name in gaps.unheard.proposals] == ["quiet-one"]
    assert [name.slug for name in gaps.unsourced.proposals] == ["guichet"]
    assert [name.slug for name in gaps.disputed.proposals] == ["guichet"]


def test_an_ask_is_open_until_it_has_an_outcome(engine, story):
    a_leg(engine, story, "2022-fr", public=True)
    a_leg(engine, story, "2022-cz", public=True, outcome_en="Taken up")
    a_leg(engine, story, "2023-se", public=True)

    (ask,) = told().asks

    assert (ask.presidency, ask.ask.text, ask.public, ask.carried) == ("2022-fr", "Ask 2022-fr", True, False)


def test_as_of_a_day_an_outcome_is_known_once_the_presidency_is_over(engine, story):
    a_leg(engine, story, "2022-cz", public=True, outcome_en="Taken up")

    assert [len(told(day=day).asks) for day in (date(2022, 7, 1), date(2023, 1, 1))] == [1, 0]


def test_an_ask_that_was_carried_on_is_told_where_it_went(engine, story):
    first = a_leg(engine, story, "2022-fr", public=True)
    a_leg(engine, story, "2022-cz", public=True, carried_from_id=first.id)

    assert [(one.presidency, one.carried) for one in told().asks] == [("2022-cz", True)]


def test_an_ask_for_the_group_only_and_who_leads_it_are_told_to_the_group_only(engine, story, public_affairs, editor):
    a_leg(engine, story, "2022-cz", lead_id=editor.id, lead_group_id=public_affairs.id)
    a_leg(engine, story, "2022-fr", public=True, note_en="canary note", lead_id=editor.id, lead_group_id=public_affairs.id)
    mine = told(reader=Reader(editor, {public_affairs.id: Role.EDITOR}))

    assert [(one.presidency, one.lead.text) for one in told().asks] == [("2022-fr", "European public affairs")]
    assert [(one.presidency, one.lead.text) for one in mine.asks] == [("2022-fr", "Emil Novák"), ("2022-cz", "Emil Novák")]
    assert [told().asks[0].note.text, mine.asks[0].note.text] == ["", "canary note"]


def test_nothing_of_a_hidden_proposal_or_entry_is_in_it(engine, story, public_affairs, editor):
    hidden = a_proposal("canary-proposal", public_affairs, on="2022-03-01", public=False)
    a_leg(engine, hidden, "2022-cz", public=True, ask_en="canary ask")
    an_entry("canary-letter", hidden, on="2022-06-04", family="advocacy", kind="letter")
    an_entry("canary-own", story, on="2022-06-04", family="advocacy", kind="letter", public=False, group_id=public_affairs.id)
    an_entry("canary-lead", on="2022-06-04", leads=(hidden,))

    for_all, for_group = (json.dumps(written(reader=reader)) for reader in (None, Reader(editor, {public_affairs.id: Role.EDITOR})))

    assert "canary" not in for_all
    assert all(name in for_group for name in ("canary-proposal", "canary ask", "canary-letter", "canary-own", "canary-lead"))


def test_it_says_nothing_of_the_day_it_is_made_on(story):
    assert written(day=date(2026, 11, 23)) == written(day=date(2026, 12, 24))


def test_the_first_presidency_has_nothing_to_hand_over(story):
    brief = told("2022-fr")

    assert (brief.previous, brief.moved, brief.others, brief.gaps.silent.number) == (None, (), (), 0)


def test_a_corrected_entry_is_told_once(story, editor):
    old = an_entry("vote", story, on="2022-06-05")
    a_corrected_entry(old, editor, "2022-06-06")

    assert [one.when for one in told().others if one.kind == "vote"] == ["2022-06-06"]


def test_an_unknown_presidency_is_missing(story):
    with pytest.raises(Missing):
        told("2022-xx")


def test_it_asks_as_often_for_three_proposals_as_for_one(engine, story, public_affairs):
    def asked(slug):
        proposal = a_proposal(slug, public_affairs, on="2022-03-01", cites="report")
        an_entry(f"letter-{slug}", proposal, on="2022-06-04", family="advocacy", kind="letter")
        a_leg(engine, proposal, "2022-cz", public=True)
        with counted(engine) as statements:
            written()
        return len(statements)

    first, *others = [asked(slug) for slug in ("a", "b", "c")]
    assert others == [first, first]

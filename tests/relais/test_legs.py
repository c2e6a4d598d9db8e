"""What is asked of each presidency: planned, changed, closed, carried on; and who may know."""

from typing import Any

import pytest
from pydantic import ValidationError

from models import Event, Leg, LegTarget
from models.group import Role
from relais import legs
from relais.access import Reader
from relais.db import reading, writing
from relais.errors import Invalid, Refused, Stale
from relais.legs import LegForm, OutcomeForm, cards, lists
from relais.presidencies import calendar
from tests.asks import a_calendar, a_leg, carried, closed
from tests.days import NOW
from tests.public_record import a_proposal, an_actor
from tests.web.filling import rows


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def member(editor, public_affairs):
    return Reader(editor, {public_affairs.id: Role.EDITOR})


def told(reader: Reader, proposal: Any) -> list[lists.Told]:
    with reading() as session:
        return lists.of_proposal(session, reader, calendar(session), "en", proposal)


def change(leg: Leg, proposal: Any, by: Any, version: int = 1, **facts: Any) -> Leg:
    with writing() as session:
        form = LegForm(**({"ask_en": "Back it"} | facts))
        return legs.change(session, session.get_one(Leg, leg.id), proposal, form, version=version, by=by, now=NOW)


def last_event() -> tuple[Any, ...]:
    event = rows(Event)[-1]
    return event.kind, event.public, event.details


def test_an_ask_is_planned_with_its_lead_and_targets(guichet, editor, member):
    a_leg(guichet, editor, ask_fr="Soutenir", lead=editor.id, targets=["rp-ireland", "ireland"], note_en="Ask for Ms Byrne")

    (leg,) = told(member, guichet)
    assert (leg.term.slug, leg.ask, leg.note, leg.lead, leg.lead_role) == (
        "2026-ie", "Back the one-stop shop", "Ask for Ms Byrne", "Emil Novák", Role.EDITOR,
    )  # fmt: skip
    assert ([target.slug for target in leg.targets], leg.open, leg.public) == (["ireland", "rp-ireland"], True, False)
    assert last_event() == ("leg_planned", False, {"presidency": "2026-ie"})


def test_a_group_may_lead(guichet, editor, social_tech, member):
    a_leg(guichet, editor, lead_group="social-tech-skills")

    (leg,) = told(member, guichet)
    assert (leg.group, leg.lead) == ("Social tech skills", "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"ask_en": " "}, "ask"), ({"lead": 1, "lead_group": "social-tech-skills"}, "lead")],
)
def test_a_form_says_what_is_asked_and_names_one_lead(wrong, field):
    with pytest.raises(ValidationError) as refused:
        LegForm.model_validate({"ask_en": "Back it"} | wrong)

    assert refused.value.errors()[0]["ctx"]["error"].field == field


@pytest.mark.parametrize(
    ("presidency", "facts", "field"),
    [
        ("2099-xx", {}, "presidency"),
        ("2026-ie", {"lead": 99}, "lead"),
        ("2026-ie", {"lead_group": "nobody"}, "lead"),
        ("2026-ie", {"targets": ["nobody"]}, "targets"),
        ("2026-ie", {"targets": ["rp-old"]}, "targets"),
    ],
)
def test_what_the_record_does_not_know_is_refused(guichet, editor, presidency, facts, field):
    actor = an_actor("rp-old", kind="ministry")
    with writing() as session:
        session.merge(actor).until = NOW.date().replace(year=2022)

    with pytest.raises(Invalid) as refused:
        a_leg(guichet, editor, presidency, **facts)

    assert (refused.value.field, rows(Leg)) == (field, [])


def test_a_presidency_is_asked_once(guichet, editor):
    a_leg(guichet, editor)

    with pytest.raises(Invalid, match="already"):
        a_leg(guichet, editor)


def test_a_change_says_what_changed_and_is_public_when_it_was_or_is(guichet, editor):
    leg = a_leg(guichet, editor, targets=["rp-ireland"])

    change(leg, guichet, editor, public=True, targets=["ireland"])
    made_public = last_event()
    change(leg, guichet, editor, 2, ask_en="Back all of it", targets=["ireland"])

    assert made_public == ("leg_changed", True, {"presidency": "2026-ie", "changed": ["ask", "targets", "public"]})
    assert last_event() == ("leg_changed", True, {"presidency": "2026-ie", "changed": ["ask", "public"]})
    assert [row.actor_id for row in rows(LegTarget)] == [5]


def test_a_stale_change_is_refused_with_what_stands(guichet, editor):
    leg = a_leg(guichet, editor)
    change(leg, guichet, editor, ask_en="Theirs")

    with pytest.raises(Stale) as refused:
        change(leg, guichet, editor, ask_en="Mine")

    assert (refused.value.current.ask_en, rows(Leg)[0].ask_en) == ("Theirs", "Theirs")


def test_somebody_who_left_may_keep_the_lead(guichet, editor, stranger):
    with pytest.raises(Invalid):
        a_leg(guichet, editor, lead=stranger.id)
    leg = a_leg(guichet, editor)
    with writing() as session:
        session.get_one(Leg, leg.id).lead_id = stranger.id

    assert change(leg, guichet, editor, lead=stranger.id).lead_id == stranger.id


# --- closing and carrying ---------------------------------------------------------------------------------------------


def test_an_ask_is_closed_with_its_outcome_and_may_be_opened_again(guichet, editor, member):
    leg = a_leg(guichet, editor)
    closed(leg, guichet, editor, "Put on the agenda", note_en="Thank them")
    (shut,) = told(member, guichet)

    with writing() as session:
        legs.reopen(session, session.get_one(Leg, leg.id), guichet, version=2, by=editor, now=NOW)

    assert (shut.closed, shut.open, shut.outcome, shut.note) == (True, False, "Put on the agenda", "Thank them")
    assert (told(member, guichet)[0].open, last_event()) == (True, ("leg_changed", False, {"presidency": "2026-ie", "closed": False}))
    with pytest.raises(Refused), writing() as session:
        legs.reopen(session, session.get_one(Leg, leg.id), guichet, version=3, by=editor, now=NOW)


def test_an_outcome_says_something():
    with pytest.raises(ValidationError):
        OutcomeForm(note_en="Thank them")


def test_what_is_carried_on_tells_where_it_was_first_asked(guichet, editor, member):
    first = a_leg(guichet, editor, "2022-fr", lead=editor.id, targets=["france", "rp-france", "rp-ireland"], public=True)
    second = carried(first, guichet, editor, "2022-cz")
    closed(second, guichet, editor, onward="2026-ie")

    assert last_event() == ("leg_planned", True, {"presidency": "2026-ie", "from": "2022-cz"})
    legs_now = told(member, guichet)
    assert [[term.slug for term in leg.lineage] for leg in legs_now] == [[], ["2022-fr"], ["2022-cz", "2022-fr"]]
    assert [leg.onward.slug if leg.onward else None for leg in legs_now] == ["2022-cz", "2026-ie", None]
    assert [leg.open for leg in legs_now] == [False, False, True]
    assert [[target.slug for target in leg.targets] for leg in legs_now][1:] == [["rp-ireland"], ["rp-ireland"]]
    assert (legs_now[2].ask, legs_now[2].lead, legs_now[2].public) == ("Back the one-stop shop", "Emil Novák", True)


def test_what_is_asked_there_already_keeps_its_words(guichet, editor, member):
    first, there = a_leg(guichet, editor, "2022-fr"), a_leg(guichet, editor, "2022-cz", "Something else")

    carried(first, guichet, editor, "2022-cz")

    (_, leg) = told(member, guichet)
    assert (leg.ask, [term.slug for term in leg.lineage], leg.version) == ("Something else", ["2022-fr"], 2)
    assert carried(first, guichet, editor, "2022-cz").id == there.id  # a second press changes nothing


@pytest.mark.parametrize("presidency", ["2022-fr", "2022-cz", "2099-xx"])
def test_an_ask_is_carried_forward_only(guichet, editor, presidency):
    leg = a_leg(guichet, editor, "2022-cz")

    with pytest.raises(Invalid):
        carried(leg, guichet, editor, presidency)


def test_an_ask_goes_on_from_one_place(guichet, editor):
    first, second = a_leg(guichet, editor, "2022-fr"), a_leg(guichet, editor, "2022-cz")
    carried(first, guichet, editor, "2026-ie")

    with pytest.raises(Invalid, match="from elsewhere"):
        carried(second, guichet, editor, "2026-ie")


def test_an_ask_without_a_lead_who_left_goes_on(guichet, editor, stranger):
    leg = a_leg(guichet, editor, "2022-fr")
    with writing() as session:
        session.get_one(Leg, leg.id).lead_id = stranger.id

    assert carried(leg, guichet, editor, "2022-cz").lead_id is None


def test_the_last_open_ask_is_offered_to_the_next(guichet, editor, member):
    first = a_leg(guichet, editor, "2022-fr")
    shut = a_leg(guichet, editor, "2022-cz")
    closed(shut, guichet, editor)
    with reading() as session:
        known = calendar(session)

    def offers(term: int) -> str | None:
        found = cards.offered(told(member, guichet), known.terms[term])
        return found.term.slug if found else None

    before = [offers(term) for term in range(5)]
    carried(first, guichet, editor, "2026-ie")

    assert before == [None, None, "2022-fr", "2022-fr", "2022-fr"]
    assert [offers(term) for term in range(5)] == [None, None, None, "2026-ie", "2026-ie"]

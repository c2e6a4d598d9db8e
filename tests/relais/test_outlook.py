"""Risk and opportunity of the holders to come, and windows: pure where it can be, on the record where it must."""

from datetime import date
from types import SimpleNamespace

import pytest

from models.partial_date import Precision
from models.position import Stance
from relais.access import VISITOR, reader_for
from relais.db import reading
from relais.presidencies import Calendar, Term
from relais.relay import outlook, windows
from relais.relay.outlook import Level
from tests.days import TODAY
from tests.public_record import a_proposal, an_entry


def term(slug, code, year, half, trio):
    first, last = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    return Term(slug, code, ord(code[0]) * 100 + ord(code[1]), code.lower(), {"en": code}, first, last, trio)


FIRST, SECOND = ("IE", "LT", "EL"), ("IT", "LV", "LU")
KNOWN = Calendar(
    (
        term("2026-cy", "CY", 2026, 1, ("PL", "DK", "CY")),
        term("2026-ie", "IE", 2026, 2, FIRST),
        term("2027-lt", "LT", 2027, 1, FIRST),
        term("2027-el", "EL", 2027, 2, FIRST),
        term("2028-it", "IT", 2028, 1, SECOND),
        term("2028-lv", "LV", 2028, 2, SECOND),
    )
)
STATES = {term.code: term.actor_id for term in KNOWN.terms}


def position(code, stance, on=date(2026, 3, 1), proposal=1, key=1):
    return SimpleNamespace(
        id=key, proposal_id=proposal, actor_id=STATES[code], stance=stance, supersedes_id=None, effective_on=on, effective_until=None,
        precision=Precision.DAY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stance", "risk", "chance"),
    [
        (Stance.OPPOSES, "strong", "none"),
        (Stance.ABSENT, "strong", "none"),
        (Stance.NEUTRAL, "none", "none"),
        (Stance.TOOK_PART, "none", "weak"),
        (Stance.SUPPORTS_WITH_RESERVATIONS, "none", "weak"),
        (Stance.SUPPORTS, "none", "strong"),
        (Stance.INITIATED, "none", "strong"),
        (None, "weak", "none"),
    ],
)
def test_each_position_says_how_strong_risk_and_opportunity_are(stance, risk, chance):
    rows = [position("LT", stance)] if stance else []

    found = outlook.of(KNOWN, [1], rows, KNOWN.terms[1], TODAY).holders[1]

    assert (found.term.code, found.risk.value, found.chance.value) == ("LT", risk, chance)


def test_the_current_holder_and_the_next_three_are_told_and_no_more():
    assert [one.term.code for one in outlook.of(KNOWN, [1], [], KNOWN.terms[1], TODAY).holders] == ["IE", "LT", "EL", "IT"]
    assert [one.term.code for one in outlook.of(KNOWN, [1], [], KNOWN.terms[4], TODAY).holders] == ["IT", "LV"]
    assert outlook.of(KNOWN, [1], [], None, TODAY).holders == ()


@pytest.mark.parametrize(("first", "trio"), [(0, "IE LT EL"), (1, "IE LT EL"), (3, "IT LV"), (5, "IT LV")])
def test_the_trio_is_that_of_the_next_holder_as_far_as_it_is_known(first, trio):
    assert [one.term.code for one in outlook.of(KNOWN, [1], [], KNOWN.terms[first], TODAY).trio] == trio.split()


def test_of_a_trio_the_gravest_risk_and_the_best_opportunity_are_told():
    found = outlook.of(KNOWN, [1], [position("LT", Stance.OPPOSES), position("EL", Stance.SUPPORTS, key=2)], KNOWN.terms[1], TODAY)

    assert (found.trio_risk, found.trio_chance) == (Level.STRONG, Level.STRONG)


def test_a_position_counts_as_of_the_start_or_of_the_day():
    later = [position("IE", Stance.ABSENT), position("IE", Stance.SUPPORTS, on=date(2026, 9, 1), key=2)]

    assert outlook.of(KNOWN, [1], later, KNOWN.terms[1], TODAY).holders[0].risk is Level.STRONG
    assert outlook.of(KNOWN, [1], later[1:], KNOWN.terms[1], TODAY).holders[0].chance is Level.STRONG
    assert outlook.of(KNOWN, [1], later[1:], KNOWN.terms[1], date(2026, 8, 31)).holders[0].risk is Level.WEAK


def test_several_proposals_are_told_by_what_the_state_says_of_them():
    rows = [position("LT", Stance.OPPOSES), position("LT", Stance.SUPPORTS, proposal=2, key=2)]

    holder = outlook.of(KNOWN, [1, 2, 3], rows, KNOWN.terms[2], TODAY).holders[0]

    told = {stance: [one.proposal_id for one in found] for stance, found in holder.stances.items()}
    assert (list(told.items()), holder.risk, holder.chance) == (
        [(Stance.OPPOSES, [1]), (Stance.SUPPORTS, [2]), (None, [3])], Level.STRONG, Level.STRONG,
    )  # fmt: skip


def ahead(reader=VISITOR, day=TODAY, **narrowed):
    with reading() as session:
        return [(one.key, str(one.opens_on), one.open_on(day)) for one in windows.ahead(session, reader, day, **narrowed)]


def test_a_window_opens_so_many_days_before_what_is_due(public_affairs):
    guichet = a_proposal("guichet", public_affairs)
    an_entry("handover", kind="handover", state="planned", on="2027-01-01", notice_days=60)
    an_entry("programme", guichet, kind="publication", state="planned", on="2027-10", notice_days=90)

    assert ahead() == [("handover", "2026-11-02", True), ("programme", "2027-07-03", False)]
    assert ahead(until=date(2026, 12, 31)) == [("handover", "2026-11-02", True)]


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "planned", "on": "2027-01-01"},
        {"state": "done", "on": "2027-01-01", "notice_days": 30},
        {"state": "cancelled", "on": "2027-01-01", "notice_days": 30},
        {"state": "planned", "on": "", "notice_days": 30},
        {"state": "planned", "on": "2026-11-22", "notice_days": 30},
        {"state": "planned", "on": "2027-01-01", "notice_days": 30, "family": "advocacy", "kind": "letter"},
    ],
)
def test_what_is_over_or_has_no_lead_time_is_no_window(public_affairs, facts):
    an_entry("e", a_proposal("guichet", public_affairs), **facts)

    assert ahead() == []


def test_windows_of_a_proposal_are_its_own_and_those_of_all(public_affairs, editor):
    guichet, other = a_proposal("guichet", public_affairs), a_proposal("other", public_affairs, public=False)
    planned = {"state": "planned", "on": "2027-01-01", "notice_days": 30}
    an_entry("all", **planned)
    an_entry("mine", guichet, **planned)
    an_entry("theirs", other, **planned)
    an_entry("group", guichet, group_id=public_affairs.id, public=False, **planned)
    with reading() as session:
        inside = reader_for(session, editor)

    assert [key for key, *_ in ahead(proposal=guichet)] == ["all", "mine"]
    assert [key for key, *_ in ahead(inside, proposal=guichet)] == ["all", "mine", "group"]
    assert [key for key, *_ in ahead()] == ["all", "mine"]

"""The worked series of docs/risk.md: who presides from 2022 to 2030, and what the four proposals of June 2022 may expect of them."""

from datetime import date

from sqlmodel import col, select

from models import Proposal, Source
from relais.access import VISITOR
from relais.positions import backing
from relais.presidencies import calendar
from relais.relay import outlook
from relais.relay.outlook import Level
from relais.sources.citations import Citations
from tests.days import TODAY

TOOK_PART = ["SE", "ES", "BE", "PL", "DK", "IE", "IT", "LV", "LU", "NL", "MT"]
NOT_IN_THE_LIST = ["HU", "CY", "LT", "EL", "SK"]
ORDER = ["CZ", "SE", "ES", "BE", "HU", "PL", "DK", "CY", "IE", "LT", "EL", "IT", "LV", "LU", "NL", "SK", "MT"]


def holders(record):
    """Every holder from the second half of 2022 on, with what each of the four proposals may expect."""
    known = calendar(record)
    source = select(Source.id).where(col(Source.slug) == "rapport-communs-numeriques-2022")
    ids = record.exec(select(Proposal.id).where(col(Proposal.origin_id).in_(source)).order_by(Proposal.rank)).all()
    rows = backing.rows(record, VISITOR)
    terms = [term for term in known.terms if term.starts_on >= date(2022, 7, 1)]
    return known, ids, rows, {term.code: outlook.of(known, ids, rows, term, TODAY).holders[0] for term in terms}


def test_the_series_is_that_of_an_independent_reading_but_for_czechia(record):
    _, ids, _, found = holders(record)

    assert (list(found), len(ids)) == (ORDER, 4)
    assert [code for code in ORDER if found[code].risk is Level.NONE] == TOOK_PART
    assert [code for code in ORDER if found[code].chance is Level.WEAK] == TOOK_PART
    assert [code for code in ORDER if found[code].risk is Level.WEAK] == NOT_IN_THE_LIST
    assert {code: list(found[code].stances) for code in NOT_IN_THE_LIST} == {code: [None] for code in NOT_IN_THE_LIST}


def test_czechia_is_a_strong_risk_that_sources_dispute(record):
    _, _, rows, found = holders(record)

    czechia = found["CZ"]
    cited = Citations(record, "en", positions=[row.id for row in rows])
    evidence = [cited.position(one.row.id) for one in czechia.prospects]

    assert (czechia.risk, czechia.chance, [stance.value for stance in czechia.stances]) == (Level.STRONG, Level.NONE, ["absent"])
    assert [(len(one.pro), len(one.contra), one.contested) for one in evidence] == [(1, 2, True)] * 4


def test_today_the_next_two_holders_are_outside_the_list(record):
    known, ids, rows, _ = holders(record)

    today = outlook.of(known, ids, rows, known.at(TODAY), TODAY)

    assert [(one.term.code, one.risk.value, one.chance.value) for one in today.holders] == [
        ("IE", "none", "weak"), ("LT", "weak", "none"), ("EL", "weak", "none"), ("IT", "none", "weak"),
    ]  # fmt: skip
    assert ([one.term.code for one in today.trio], today.trio_risk, today.trio_chance) == (["IE", "LT", "EL"], Level.WEAK, Level.WEAK)

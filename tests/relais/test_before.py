"""Before the hand-over: what is left to do, by when, for whom."""

from datetime import date

import pytest

from models.group import Role
from relais import presidencies
from relais.access import VISITOR, Reader
from relais.db import reading
from relais.presidencies import before
from relais.presidencies.before import Kind
from tests.handover import a_calendar, a_leg, a_story, frozen
from tests.public_record import a_position, a_proposal, an_entry, counted

DAY = date(2022, 5, 1)


@pytest.fixture
def story(engine, public_affairs):
    a_calendar()
    return a_story(public_affairs)


@pytest.fixture
def mine(editor, public_affairs):
    return Reader(editor, {public_affairs.id: Role.EDITOR})


def of(reader, day=DAY):
    with reading() as session:
        return before.of(session, reader, presidencies.calendar(session), "en", today=day)


def kinds(reader, day=DAY):
    return {work.kind: [item.path for item in work.items] for work in of(reader, day).work}


def test_each_kind_of_work_has_its_day_counted_back_from_the_change(engine, story, mine):
    a_leg(engine, story, "2022-fr")

    told = of(mine)

    assert (told.term.slug, told.days) == ("2022-cz", 61)
    assert [(work.kind, work.by) for work in told.work] == [
        (Kind.ASK, date(2022, 5, 20)),
        (Kind.LEAD, date(2022, 6, 10)),
        (Kind.OUTCOME, date(2022, 6, 24)),
        (Kind.FREEZE, date(2022, 7, 1)),
    ]


def test_every_line_leads_an_editor_to_where_it_is_done_and_others_to_where_it_is_read(engine, story, mine, observer, public_affairs):
    a_leg(engine, story, "2022-fr")
    watching = Reader(observer, {public_affairs.id: Role.OBSERVER})

    assert [kinds(reader)[kind] for reader in (mine, watching) for kind in (Kind.ASK, Kind.OUTCOME, Kind.FREEZE)] == [
        ["/proposals/guichet/legs/new?presidency=2022-cz"],
        ["/proposals/guichet/legs/2022-fr/outcome"],
        ["/presidencies/2022-cz/packets/new"],
        ["/proposals/guichet/legs"],
        ["/proposals/guichet/legs/2022-fr"],
        ["/presidencies/2022-cz/brief"],
    ]


def test_what_is_done_is_gone(engine, story, mine, editor):
    a_leg(engine, story, "2022-cz")
    a_leg(engine, story, "2022-fr", outcome_en="Heard")
    frozen(by=editor)

    assert {Kind.ASK, Kind.OUTCOME, Kind.FREEZE} & kinds(mine).keys() == set()


def test_a_position_of_the_state_that_presides_next_is_asked_for_where_none_is_recorded(story, mine, public_affairs):
    other = a_proposal("other", public_affairs, on="2022-03-02")
    missing = kinds(mine)[Kind.POSITION]
    a_position(other, "czechia", "supports", on="2022-04-01")

    assert missing == ["/proposals/other/positions/new?actor=czechia"]
    assert Kind.POSITION not in kinds(mine)


def test_what_is_planned_is_begun_its_days_of_notice_before(story, mine):
    an_entry("summit", story, on="2022-07-10", state="planned", notice_days=30, title_en="Summit", title_fr="Sommet")
    an_entry("far", story, on="2022-12-10", state="planned", notice_days=30)

    (window,) = [work for work in of(mine).work if work.kind is Kind.WINDOW]

    assert (window.by, [item.words for item in window.items]) == (date(2022, 6, 10), ["Summit"])


def test_a_visitor_and_who_is_in_no_group_are_told_nothing(story, editor):
    assert [of(VISITOR), of(Reader(editor, {}))] == [None, None]


def test_only_the_work_of_ones_own_groups_is_told(story, stranger, social_tech):
    told = of(Reader(stranger, {social_tech.id: Role.EDITOR}))

    assert [work.kind for work in told.work] == [Kind.FREEZE]


def test_where_no_presidency_is_known_to_follow_there_is_no_countdown(story, mine):
    assert [of(mine, day) for day in (date(2023, 8, 1), date(2026, 11, 23))] == [None, None]


def test_it_asks_as_often_for_three_proposals_as_for_one(engine, story, mine, public_affairs):
    def asked(slug):
        proposal = a_proposal(slug, public_affairs, on="2022-03-01")
        a_leg(engine, proposal, "2022-fr")
        an_entry(f"lead-{slug}", leads=(proposal,), on="2022-04-01")
        with counted(engine) as statements:
            of(mine)
        return len(statements)

    first, *others = [asked(slug) for slug in ("a", "b", "c")]
    assert others == [first, first]

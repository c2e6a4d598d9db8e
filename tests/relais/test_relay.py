"""The picture on the real record: what moved, what is silent, who presides, on any day."""

from datetime import date

import pytest
from sqlalchemy import event as sql
from sqlmodel import select

from models import Person, Proposal
from models.group import Role
from models.position import Stance
from models.proposal import Stage
from relais import positions, presidencies, proposals, relay
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.positions import PositionForm
from relais.proposals import MoveForm
from relais.relay import Filters, Order
from seed.load import load
from tests.asks import a_leg, closed
from tests.days import NOW, TODAY
from tests.public_record import a_presidency, a_proposal, a_source, an_actor, an_entry, moved


@pytest.fixture
def seeded(engine):
    with writing() as session:
        load(session, NOW)


def picture(day=TODAY, reader=VISITOR, **asked):
    with reading() as session:
        return relay.picture(session, presidencies.calendar(session), reader, "en", day=day, as_of=day < TODAY, **asked)


def line(picture, slug):
    return next(line for line in picture.lines if line.slug == slug)


def test_the_window_is_the_last_nine_presidencies_the_current_one_and_the_next_two(seeded):
    shown = picture()

    assert [term.slug for term in shown.terms] == [
        "2022-fr", "2022-cz", "2023-se", "2023-es", "2024-be", "2024-hu", "2025-pl", "2025-dk", "2026-cy", "2026-ie", "2027-lt", "2027-el",
    ]  # fmt: skip
    assert (shown.current.slug, shown.next.slug, shown.earlier.slug, shown.later.slug) == ("2026-ie", "2027-lt", "2016-nl", "2028-it")


def test_the_one_stop_shop_was_backed_under_france_and_its_baton_is_in_ireland(seeded):
    shop = line(picture(), "guichet-unique")

    assert (shop.cells[0].kind.value, shop.cells[0].stage, shop.cells[0].step) == ("moved", Stage.BACKED, 3)
    assert [cell.term.slug for cell in shop.cells if cell.baton] == ["2026-ie"]
    assert shop.stalled


def test_the_edic_decision_is_a_diamond_and_not_a_step(seeded):
    foundation = line(picture(), "fondation-europeenne")
    denmark = next(cell for cell in foundation.cells if cell.term.slug == "2025-dk")

    assert (denmark.kind.value, denmark.step, denmark.mark) == ("lead", 3, "lead")


def test_a_presiding_state_recorded_absent_is_a_risk_and_silence_is_told_for_now_and_next_only(seeded):
    report = next(bundle for bundle in picture().bundles if "guichet-unique" in {line.slug for line in bundle.lines})
    stands = {slug: stand and (stand.stance, stand.risk) for slug, stand in report.stands.items()}

    assert stands["2022-fr"] == (Stance.INITIATED, "")
    assert stands["2022-cz"] == (Stance.ABSENT, "strong")
    assert stands["2023-se"] == (Stance.TOOK_PART, "")
    assert stands["2024-hu"] is None  # not in the list: nothing recorded, and long past
    assert stands["2026-ie"] == (Stance.TOOK_PART, "")
    assert stands["2027-lt"] == (None, "weak")


def test_as_of_july_2022_only_what_was_surely_so(seeded):
    shown = picture(date(2022, 7, 1))

    assert (shown.current.slug, shown.next.slug) == ("2022-cz", "2023-se")
    assert "reseau-orange-digital-center" not in {line.slug for line in shown.lines}  # published in September
    shop = line(shown, "guichet-unique")
    assert shop.stage is Stage.BACKED
    assert {cell.kind.value for cell in shop.cells} == {"before", "moved", "nothing", "ahead"}


def test_as_of_march_2022_the_report_was_drafted_and_not_yet_backed(seeded):
    assert line(picture(date(2022, 3, 1)), "guichet-unique").stage is Stage.DRAFTED


def test_as_of_a_day_the_filter_is_the_stage_of_that_day(seeded):
    day = date(2022, 3, 1)
    drafted = {line.slug for line in picture(day, filters=Filters(stage="drafted")).lines}

    assert drafted == {line.slug for line in picture(day).lines if line.stage is Stage.DRAFTED}
    assert "guichet-unique" in drafted


def test_filters_narrow_the_picture(seeded):
    assert {line.slug for line in picture(filters=Filters(level="national")).lines} >= {"tarif-social-internet"}
    assert [line.slug for line in picture(filters=Filters(stage="backed", theme="social-economy")).lines] == ["plateforme-unique-ess"]
    assert picture(filters=Filters(group="no-such-group")).lines == []


def test_the_picture_can_start_anywhere_and_ends_where_the_calendar_does(seeded):
    assert [term.slug for term in picture(start="2007-de", width=2).terms] == ["2007-de", "2007-pt"]
    last = picture(start="2030-mt")
    assert ([term.slug for term in last.terms], last.later) == (["2030-mt"], None)
    assert len(picture(width=48).terms) == 48


def test_after_the_last_known_presidency_nothing_is_invented(seeded):
    with reading() as session:
        calendar = presidencies.calendar(session)
        after = relay.picture(session, calendar, VISITOR, "en", day=date(2031, 2, 1))

    assert (after.current, after.next) == (None, None)
    assert not any(cell.baton for line in after.lines for cell in line.cells)


def test_the_picture_costs_the_same_queries_for_one_proposal_and_for_eighteen(seeded):
    def queries(**asked) -> int:
        seen = []
        with reading() as session:
            engine = session.get_bind()
            listener = lambda *_: seen.append(1)  # noqa: E731
            sql.listen(engine, "before_cursor_execute", listener)
            relay.picture(session, presidencies.calendar(session), VISITOR, "en", day=TODAY, **asked)
            sql.remove(engine, "before_cursor_execute", listener)
        return len(seen)

    assert queries(filters=Filters(stage="backed", theme="social-economy")) == queries() <= 7


def test_a_private_proposal_and_a_group_only_position_are_for_the_group(seeded, engine):
    member = Person(email="x@relais.test", created_at=NOW)
    with writing() as session:
        session.add(member)
        shop = session.exec(select(Proposal).where(Proposal.slug == "guichet-unique")).one()
        session.exec(select(Proposal).where(Proposal.slug == "communs-par-defaut")).one().public = False
        form = PositionForm(actor="lithuania", stance=Stance.OPPOSES, on="2026-10-01", public=False)
        positions.record(session, shop, form, by=None, now=NOW)
        group_id = shop.group_id
    mine = Reader(member, {group_id: Role.OBSERVER})

    def lithuania(shown):
        return next(bundle for bundle in shown.bundles if "guichet-unique" in {line.slug for line in bundle.lines}).stands["2027-lt"].risk

    assert len(picture().lines) == 17
    assert lithuania(picture()) == "weak"
    assert len(picture(reader=mine).lines) == 18
    assert lithuania(picture(reader=mine)) == "strong"


def test_a_merged_proposal_ends_its_line(seeded):
    with writing() as session:
        clusters = session.exec(select(Proposal).where(Proposal.slug == "clusters-social-tech")).one()
        form = MoveForm(to=Stage.MERGED, on="2026-10-01", reason_en="One ask with the funding one", into="financement-social-tech")
        proposals.move(session, clusters, form, version=clusters.version, by=None, now=NOW)

    merged = line(picture(), "clusters-social-tech")
    assert [cell.kind.value for cell in merged.cells][-3:] == ["merged", "closed", "closed"]
    assert not merged.stalled


# --- what is asked of the presidencies to come ------------------------------------------------------------------------


def planned(shown, slug="guichet"):
    return [(cell.term.slug, cell.shown.words) for cell in line(shown, slug).cells if cell.kind.value == "planned"]


@pytest.fixture
def guichet(engine, public_affairs):
    an_actor("state", code="LT")
    a_source("decision")
    a_presidency("2026-cy", "2026-01-01", "2026-06-30")
    a_presidency("2026-ie", "2026-07-01", "2026-12-31")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")
    return a_proposal("guichet", public_affairs)


def test_what_is_asked_is_planned_for_its_group_and_for_all_when_it_is_public(guichet, public_affairs, editor):
    a_leg(guichet, editor, "2027-lt", ask="Take it up")
    mine = Reader(editor, {public_affairs.id: Role.EDITOR})

    assert planned(picture(reader=mine)) == [("2027-lt", "Take it up")]
    assert planned(picture()) == []
    a_leg(guichet, editor, "2026-ie", ask="Name it", public=True)
    assert planned(picture()) == [("2026-ie", "Name it")]


def test_what_came_to_an_end_is_planned_no_more(guichet, public_affairs, editor):
    closed(a_leg(guichet, editor, "2026-ie", public=True), guichet, editor)

    assert planned(picture()) == []


def test_as_of_a_day_only_what_was_asked_by_then_is_planned(guichet, editor):
    a_leg(guichet, editor, "2027-lt", public=True)  # on 23 November 2026

    assert [len(planned(picture(day))) for day in (date(2026, 11, 22), date(2026, 11, 23))] == [0, 1]


# --- in what order, and how much of it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "slugs"),
    [
        (Order.ORIGIN, ["guichet", "tarif", "annuaire"]),
        (Order.STAGE, ["annuaire", "guichet", "tarif"]),
        (Order.SILENCE, ["guichet", "annuaire", "tarif"]),
        (Order.LEADS, ["tarif", "guichet", "annuaire"]),
        (Order.TITLE, ["annuaire", "guichet", "tarif"]),
    ],
)
def test_proposals_stand_in_the_order_that_is_asked_for(guichet, public_affairs, editor, order, slugs):
    tarif, annuaire = a_proposal("tarif", public_affairs), a_proposal("annuaire", public_affairs)
    moved(annuaire, "backed", on="2026-03-01")
    an_entry("hearing", tarif, on="2026-10-01")
    an_entry("call", on="2026-10-02", leads=(tarif,))

    assert [line.slug for line in picture(order=order).lines] == slugs


def test_more_rows_than_there_is_room_for_are_folded_up_by_document(seeded, monkeypatch):
    monkeypatch.setattr(relay, "ROOM", 17)
    everything, folded, one = picture(), picture(unfolded=""), picture(unfolded=picture().bundles[-1].slug)

    assert [bundle.folded for bundle in everything.bundles] == [False] * len(everything.bundles)
    assert all(bundle.folded for bundle in folded.bundles)
    assert [bundle.name for bundle in one.bundles if not bundle.folded] == [one.bundles[-1].slug]
    assert len(folded.lines) == 18
    monkeypatch.setattr(relay, "ROOM", 18)
    assert not any(bundle.folded for bundle in picture(unfolded="").bundles)


# --- through time ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "back", "on"),
    [
        (date(2022, 7, 1), "2022-fr", "2022-cz"),
        (date(2022, 6, 30), "2021-si", "2022-cz"),
        (date(2007, 1, 1), None, "2007-de"),
        (date(2031, 1, 1), "2030-mt", None),
    ],
)
def test_one_presidency_back_and_on(seeded, day, back, on):
    shown = picture(day)

    assert [term.slug if term else None for term in (shown.ended, shown.ending)] == [back, on]

"""The picture on the real record: what moved, what is silent, who presides, on any day."""

from datetime import date

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
from relais.relay import Filters
from tests.days import NOW, TODAY
from tests.relais.picturing import line, picture


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

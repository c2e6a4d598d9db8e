"""What the hand-over brief says: on the real record, and of what a reader may not see."""

from datetime import date

import pytest

from models.position import Stance
from models.proposal import Stage
from relais import presidencies
from relais.access import VISITOR, Reader
from relais.db import reading
from relais.errors import Missing
from relais.presidencies import brief
from relais.relay.tally import Tally
from tests.days import TODAY
from tests.public_record import (
    a_position,
    a_presidency,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    counted,
    moved,
)

COMMONS = ["guichet-unique", "appel-a-projets-communs", "fondation-europeenne", "communs-par-defaut"]


@pytest.fixture
def calendar(engine):
    """France, then Czechia, then Sweden; France is `state`."""
    a_source("decision")
    for slug, code in (("state", "FR"), ("czechia", "CZ"), ("sweden", "SE")):
        an_actor(slug, kind="member_state", code=code)
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")
    a_presidency("2022-cz", "2022-07-01", "2022-12-31", state="czechia")
    a_presidency("2023-se", "2023-01-01", "2023-06-30", state="sweden")


def of(slug, day=TODAY, reader=VISITOR, language="en"):
    with reading() as session:
        return brief.of(session, presidencies.calendar(session), reader, language, slug, day=day, as_of=day < TODAY)


def stances(line):
    return [[(share.stance, share.number) for share in cell.shares] for cell in line.cells]


def test_czechia_takes_over_with_an_absence_that_sources_dispute(seeded):
    told = of("2022-cz")

    (risk,) = told.risks
    (place,) = risk.places
    bundle, number, evidence, older = place
    titles = {source.number: source.slug for source in told.sources}
    assert (risk.stance, risk.number, told.proposals, told.missing) == (Stance.ABSENT, 4, 18, 0)
    assert (bundle.slug, number, older, [line.slug for line in bundle.lines]) == ("rapport-communs-numeriques-2022", 4, 0, COMMONS)
    assert [titles[number] for number in evidence.pro] == ["analyse-rapport-communs-numeriques"]
    assert sorted(titles[number] for number in evidence.contra) == ["diplomatie-leveraging-commons", "lemondeinformatique-socle-commun"]


def test_seventeen_proposals_moved_under_france_and_one_was_held(seeded):
    told = of("2022-cz")

    commons = {one.line.slug: (one.stage, str(one.when)) for one in told.moved if one.line.slug in COMMONS}
    assert told.tally == Tally(moved=17, held=1, silent=0)
    assert len(told.moved) == 17
    assert commons == dict.fromkeys(COMMONS, (Stage.BACKED, "2022-06-21/2022-06-22"))
    assert not any(one.evidence.missing for one in told.moved)


def test_who_backs_what_names_those_who_preside_and_counts_the_rest(seeded):
    matrix = of("2022-cz").matrix

    commons = [bundle.slug for bundle in matrix.bundles].index("rapport-communs-numeriques-2022")
    assert {(line.role, line.slug): stances(line)[commons] for line in matrix.lines} == {
        ("presides", "czechia"): [(Stance.ABSENT, 4)],
        ("before", "france"): [(Stance.INITIATED, 4)],
        ("after", "sweden"): [(Stance.TOOK_PART, 4)],
        ("institution", "european-commission"): [(Stance.TOOK_PART, 4)],
        ("collective", "soga-members"): [(None, 4)],
        ("collective", "states-behind-the-report"): [(Stance.SUPPORTS, 4)],
        ("states", ""): [(Stance.TOOK_PART, 16)],
        ("organisations", ""): [(None, 0)],
    }
    assert {line.slug: line.size for line in matrix.lines if line.size} == {"soga-members": 70, "states-behind-the-report": 19}


def test_bundles_that_only_their_authors_speak_of_are_told_apart(seeded):
    assert [bundle.slug for bundle in of("2022-cz").matrix.silent] == [
        "entretien-mednum-2022",
        "transition-pathways-ateliers-mai-2022",
        "orange-digital-center-inclusion-numerique",
    ]


def test_leads_are_not_milestones(seeded):
    told = of("2025-dk")

    assert "Commission Implementing Decision (EU) 2025/2170 sets up the Digital Commons EDIC" in [one.words for one in told.leads]
    assert [one.entry.key for one in told.milestones] == ["trio-2026-prepared", "cy-2026-priorities"]


def test_an_entry_of_the_half_year_itself_is_the_evidence_of_its_start(seeded):
    told = of("2026-ie")

    assert not told.starts.missing
    assert "Ireland takes over the Council presidency" not in [one.words for one in told.milestones]


def test_the_next_presidency_is_told_what_is_not_recorded_and_a_later_one_is_not(seeded):
    assert [(of(slug).missing, of(slug).risks) for slug in ("2026-ie", "2027-lt", "2027-el")] == [(14, ()), (18, ()), (0, ())]


def test_the_last_presidency_is_followed_by_none(seeded):
    told = of("2030-mt")

    assert (told.following, told.previous.slug, told.strip[-1].slug, len(told.strip)) == (None, "2030-sk", "2030-mt", 12)


def test_the_first_presidency_has_none_before_it(seeded):
    told = of("2007-de")

    assert (told.previous, told.tally, told.moved, told.others) == (None, None, (), ())


def test_every_number_of_the_page_is_a_source_of_the_page(seeded):
    told = of("2022-cz")

    assert [source.number for source in told.sources] == list(range(1, len(told.sources) + 1))
    assert told.sources[told.basis - 1].slug == "decision-2016-1316"


def test_as_of_a_day_only_what_was_so_counts(seeded):
    told = of("2022-cz", day=date(2022, 3, 31))

    assert told.risks == ()
    assert {one.stage for one in told.moved if one.line.slug in COMMONS} == {Stage.DRAFTED}
    assert told.milestones == ()


def test_a_day_before_the_decision_says_that_it_was_not_known(seeded):
    assert [of("2022-cz", day=day).known for day in (date(2016, 7, 25), date(2016, 7, 26))] == [False, True]


def test_a_position_that_took_effect_during_the_term_counts_where_none_stood_at_its_start(calendar, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    a_position(proposal, "czechia", "opposes", on="2022-09-01")

    (risk,) = of("2022-cz").risks

    assert (risk.stance, risk.number) == (Stance.OPPOSES, 1)


def test_a_position_at_the_start_outweighs_one_taken_later(calendar, public_affairs):
    proposal = a_proposal("guichet", public_affairs)
    a_position(proposal, "czechia", "absent", on="2022-06-30")
    a_position(proposal, "czechia", "supports", on="2022-09-01")

    told = of("2022-cz")

    assert [risk.stance for risk in told.risks] == [Stance.ABSENT]
    assert stances(told.matrix.lines[0]) == [[(Stance.SUPPORTS, 1)]]


def test_a_later_position_is_not_told_of_a_presidency_that_is_over(calendar, public_affairs):
    a_position(a_proposal("guichet", public_affairs), "czechia", "opposes", on="2023-01-01")

    told = of("2022-cz")

    assert (told.risks, told.matrix.bundles) == ((), ())


def test_what_has_no_source_says_so(calendar, public_affairs):
    proposal = a_proposal("guichet", public_affairs, on="2022-03-01")
    moved(proposal, "backed", on="2022-05-01")

    (one,) = of("2022-cz").moved

    assert (one.stage, one.evidence.missing) == (Stage.BACKED, True)


def test_a_whole_bundle_is_named_once(calendar, public_affairs):
    a_source("report")
    two = [a_proposal(slug, public_affairs, origin="report") for slug in ("a", "b")]
    other = a_proposal("c", public_affairs)
    an_entry("vote", *two, other, on="2022-10-01")

    (one,) = of("2022-cz").milestones

    assert ([bundle.slug for bundle in one.bundles], [line.slug for line in one.lines]) == (["report"], ["c"])


def test_nothing_of_a_private_proposal_shows_but_to_its_group(calendar, public_affairs, editor):
    proposal = a_proposal("quiet", public_affairs, on="2022-03-01", public=False)
    a_position(proposal, "czechia", "opposes", on="2022-06-01")
    an_entry("talk", proposal, on="2022-10-01")
    an_entry("hint", leads=(proposal,), on="2022-10-02")

    seen = [of("2022-cz", reader=reader) for reader in (VISITOR, Reader(editor, {public_affairs.id: "editor"}))]

    assert [(len(told.moved), len(told.risks), len(told.milestones), len(told.leads), told.proposals) for told in seen] == [
        (0, 0, 0, 0, 0),
        (1, 1, 1, 1, 1),
    ]


def test_an_entry_that_concerns_no_proposal_belongs_to_the_half_year(calendar):
    an_entry("summit", on="2022-10-01")

    (one,) = of("2022-cz").milestones

    assert (one.entry.about_proposals, one.bundles, one.lines) == (False, (), ())


def test_an_entry_too_coarse_for_one_presidency_is_in_none(calendar, public_affairs):
    an_entry("year", a_proposal("guichet", public_affairs), on="2022")

    assert (of("2022-cz").milestones, of("2022-fr").milestones) == ((), ())


def test_an_unknown_presidency_is_missing(calendar):
    with pytest.raises(Missing):
        of("2022-xx")


def test_it_asks_as_often_for_three_proposals_as_for_one(engine, calendar, public_affairs):
    def asked(slug):
        a_source(f"source-{slug}")
        proposal = a_proposal(slug, public_affairs, on="2022-03-01", cites=f"source-{slug}")
        a_position(proposal, "czechia", "absent", on="2022-06-01", cites=f"source-{slug}")
        an_entry(slug, proposal, on="2022-10-01", citations=[{"source": f"source-{slug}"}])
        with counted(engine) as statements:
            of("2022-cz")
        return len(statements)

    assert [asked(slug) for slug in ("a", "b", "c")] == [15, 15, 15]

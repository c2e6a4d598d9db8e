"""All that a proposal's page shows: for one reader, on one day."""

import pytest

from models import Proposal
from models.group import Role
from models.partial_date import PartialDate
from models.proposal import Stage
from relais import entries, presidencies, proposals, texts
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.proposals import dossier
from relais.texts import TextForm
from tests.days import NOW, TODAY
from tests.public_record import (
    a_corrected_entry,
    a_corrected_position,
    a_position,
    a_presidency,
    a_proposal,
    a_source,
    a_theme,
    an_actor,
    an_entry,
    counted,
    moved,
)


@pytest.fixture
def guichet(public_affairs):
    a_source("article", url="https://example.org/a", publisher="SOGA")
    a_source("report")
    an_actor("france")
    return a_proposal("guichet", public_affairs, on="2022-06-21", cites="article")


def of(proposal, reader=VISITOR, language="en", day=TODAY):
    with reading() as session:
        row = session.get_one(Proposal, proposal.id)
        return dossier.of(session, presidencies.calendar(session), row, reader, language, day=day, as_of=day < TODAY)


def write(proposal, language, base, **words):
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        texts.save(session, row, language, TextForm(**words), base=base, by=None, now=NOW)


def member(person, group, role=Role.OBSERVER):
    return Reader(person, {group.id: role})


def seed(slug, **asked):
    with reading() as session:
        proposal = proposals.find(session, slug, VISITOR)
    return of(proposal, **asked)


def test_the_one_stop_shop_as_it_stands(seeded):
    found = seed("guichet-unique")

    assert (found.standing.stage, str(found.standing.since), found.timeline.silent) == (Stage.BACKED, "2022-06-21/2022-06-22", 7)
    assert (found.standing.evidence.pro, found.standing.evidence.contested) == ((1,), True)
    assert [(tally.mark, tally.number, len(tally.named), tally.sizes) for tally in found.tallies] == [
        ("support", 19, 1, (19,)), ("oppose", 0, 0, ()), ("neutral", 18, 18, ()), ("absent", 1, 1, ()),
    ]  # fmt: skip
    assert [backer.slug for backer in found.backers][:3] == ["france", "states-behind-the-report", "czechia"]
    assert [chapter.term.slug for chapter in found.timeline.chapters] == [
        "2022-fr", "2022-cz", "2023-se", "2025-dk", "2026-cy", "2026-ie", "2027-lt",
    ]  # fmt: skip


def test_czechia_is_absent_took_part_before_and_sources_dispute_it(seeded):
    czechia = next(backer for backer in seed("guichet-unique").backers if backer.slug == "czechia")

    assert (czechia.now.stance, czechia.now.evidence.contested) == ("absent", True)
    assert [(held.stance, held.corrected) for held in czechia.before] == [("took_part", False)]


def test_every_number_on_the_page_is_a_source_of_the_page(seeded):
    found = seed("fondation-europeenne")

    shown = [found.standing.evidence, *(held.evidence for one in found.backers for held in (one.now, *one.before))]
    shown += [item.evidence for item in found.timeline.items]
    numbers = {number for evidence in shown for number in (*evidence.pro, *evidence.contra)}
    assert [source.number for source in found.sources] == list(range(1, len(found.sources) + 1))
    of_the_council = {found.weighed.figures, found.weighed.rule}  # what the Council counts rests on them as a whole
    assert numbers | of_the_council == {source.number for source in found.sources}
    assert [source.slug for source in found.sources if not source.said and source.number not in of_the_council] == []


def test_the_text_is_in_the_readers_language_or_in_the_original(guichet):
    write(guichet, "de", 0, title="Eine Anlaufstelle")
    foreign = of(guichet)

    write(guichet, "en", 0, title="One-stop shop")

    assert (foreign.words.language, foreign.words.title) == ("fr", "Titre de guichet")
    assert (of(guichet).words.language, of(guichet).words.title) == ("en", "One-stop shop")
    assert [tongue.language for tongue in of(guichet).tongues] == ["fr", "de", "en"]


def test_a_translation_that_is_behind_says_in_what(guichet):
    write(guichet, "en", 0, title="One-stop shop")
    write(guichet, "fr", 1, title="Titre de guichet", summary="Autre.", body="Le *corps*.")

    english, french = of(guichet), of(guichet, language="fr")

    assert (english.words.behind.translated, english.words.behind.current, english.words.behind.fields) == (1, 2, ("summary",))
    assert french.words.behind is None
    assert [(tongue.language, tongue.behind) for tongue in french.tongues] == [("fr", False), ("en", True)]


def test_a_position_given_on_an_older_text_says_so_unless_the_edit_was_minor(guichet):
    a_position(guichet, "france")
    write(guichet, "fr", 1, title="Titre du guichet", minor=True)
    minor = of(guichet)

    write(guichet, "fr", 2, title="Titre du guichet", body="Tout autre chose.")

    assert [backer.now.older for backer in minor.backers] == [False]
    assert [backer.now.older for backer in of(guichet).backers] == [True]


def test_earlier_and_corrected_positions_stay_in_the_history(guichet, editor):
    a_position(guichet, "france", "neutral", on="2021-01-01", cites="article")
    wrong = a_position(guichet, "france", "opposes", on="2022-01-01")
    a_corrected_position(guichet, wrong, editor, actor="france", stance="supports", on="2022-01-01")

    (france,) = of(guichet).backers

    assert france.now.stance == "supports"
    assert [(held.stance, held.corrected) for held in france.before] == [("opposes", True), ("neutral", False)]


def test_a_collective_counts_its_size_and_the_named_may_be_among_it(guichet):
    an_actor("states", size=19)
    for slug in ("germany", "italy"):
        an_actor(slug)
        a_position(guichet, slug)
    a_position(guichet, "states")

    support = of(guichet).tallies[0]

    assert (support.number, [one.slug for one in support.named], support.sizes) == (19, ["germany", "italy"], (19,))


def test_taking_part_is_not_support(guichet):
    a_position(guichet, "france", "took_part")

    assert [(tally.mark, tally.number) for tally in of(guichet).tallies] == [("support", 0), ("oppose", 0), ("neutral", 1), ("absent", 0)]


def test_what_is_for_the_group_is_for_the_group(guichet, public_affairs, social_tech, observer, stranger):
    a_position(guichet, "france", public=False)
    an_entry("inside", guichet, on="2022-07-01", public=False, group_id=public_affairs.id)

    seen = {
        name: ([one.slug for one in found.backers], [item.key for item in found.timeline.items if item.key])
        for name, found in {
            "visitor": of(guichet),
            "stranger": of(guichet, member(stranger, social_tech)),
            "member": of(guichet, member(observer, public_affairs)),
        }.items()
    }  # fmt: skip

    assert seen == {"visitor": ([], []), "stranger": ([], []), "member": (["france"], ["inside"])}


def test_a_rejected_lead_and_a_superseded_entry_are_not_shown(guichet, editor):
    lead = an_entry("perhaps", on="2022-07-01", leads=(guichet,))
    a_corrected_entry(an_entry("first", guichet, on="2022-08-01"), editor, "2022-08-02")
    with writing() as session:
        entries.check_lead(session, guichet, lead, confirmed=False, by=editor, now=NOW)

    assert [str(item.when) for item in of(guichet).timeline.items if item.key] == ["2022-08-02"]


def test_as_of_a_day_only_what_was_surely_so(guichet):
    moved(guichet, "backed", on="2023-01-01")
    a_position(guichet, "france", on="2023")
    an_entry("vote", guichet, on="2022-07")

    march, july = (of(guichet, day=PartialDate.parse(day).on) for day in ("2022-03-01", "2022-07-31"))

    assert (march.standing.stage, march.timeline.items, march.backers, march.sources) == (None, [], [], [])
    assert (july.standing.stage, [item.kind for item in july.timeline.items], july.backers) == (Stage.PUBLISHED, ["move", "done"], [])


def test_a_merged_proposal_names_the_one_it_goes_on_in_to_who_may_see_it(guichet, public_affairs, observer):
    other = a_proposal("autre", public_affairs)
    moved(guichet, "merged", on="2024-01-01", reason_en="One ask", into="autre")
    shown = of(guichet)
    with writing() as session:
        session.get_one(Proposal, other.id).public = False

    assert (shown.standing.stage, shown.merged_into.slug, shown.merged_into.title) == (Stage.MERGED, "autre", "Titre de autre")
    assert of(guichet).merged_into is None
    assert of(guichet, member(observer, public_affairs)).merged_into.slug == "autre"


def test_a_source_says_for_or_against_and_where(guichet):
    a_position(guichet, "france", citations=[
        {"source": "report", "locator": "p. 4", "summary_en": "Counts it in", "quote": "dont la France", "quote_language": "fr"},
        {"source": "article", "locator": "p. 9", "summary_fr": "La compte hors", "supports": False},
    ])  # fmt: skip

    article, report = of(guichet).sources

    assert (article.number, article.slug, article.url, article.publisher) == (1, "article", "https://example.org/a", "SOGA")
    assert [(said.summary, said.language, said.locator, said.supports) for said in article.said] == [
        ("La compte hors", "fr", "p. 9", False)
    ]
    assert [(said.summary, said.locator, said.quote, said.quote_language, said.supports) for said in report.said] == [
        ("Counts it in", "p. 4", "dont la France", "fr", True)
    ]


def test_the_page_costs_the_same_queries_for_one_row_of_everything_and_for_three(guichet, engine, editor):
    an_actor("state", code="FR")
    a_source("decision")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")
    a_theme("one")

    def fill(number):
        an_actor(f"actor-{number}")
        a_position(guichet, f"actor-{number}", cites="article", on=f"2022-0{number}-01")
        an_entry(f"entry-{number}", guichet, on=f"2022-0{number}-01")
        write(guichet, ("en", "de", "it")[number - 1], 0, title=f"Title {number}")

    fill(1)
    with counted(engine) as once:
        of(guichet)
    fill(2)
    fill(3)
    with counted(engine) as thrice:
        of(guichet)

    assert len(once) == len(thrice) <= 12

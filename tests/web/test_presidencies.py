"""The calendar and the hand-over briefs as their readers get them."""

import pytest

from tests.public_record import a_presidency, a_proposal, a_source, an_actor, counted
from tests.web.reading import read, rows

BRIEF = "/en/presidencies/2022-cz"


def test_the_brief_says_who_hands_over_to_whom_and_when(visitor, seeded):
    page = read(visitor.get(BRIEF))

    assert page.one("h1").words == "Handover brief: France to Czechia"
    assert page.one("p", class_="lead").words == "Czechia presides from 1 July to 31 December 2022."
    assert page.one("title").words == "Handover brief: France to Czechia, 2022 H2 — Relais"


def test_the_strip_shows_twelve_presidencies_and_where_one_is(visitor, seeded):
    strip = read(visitor.get(BRIEF)).one("ol", class_="strip")

    here = [link for link in strip.all("a") if link["aria-current"] == "page"]
    assert [link["href"].rsplit("/", 1)[1] for link in strip.all("a")] == [
        "2020-de", "2021-pt", "2021-si", "2022-fr", "2022-cz", "2023-se", "2023-es", "2024-be", "2024-hu", "2025-pl", "2025-dk", "2026-cy",
    ]  # fmt: skip
    assert [link.words for link in here] == ["CZCzechia 2022 H2"]


def test_the_risk_is_told_with_its_why_and_the_sources_on_both_sides(visitor, seeded):
    notice = read(visitor.get(BRIEF)).one("div", class_="risk")

    assert notice.words == (
        "Czechia is absent: 4 of 18 proposals Towards a sovereign digital infrastructure of commons: 4 of 4. [1] contested against: [2] [3]"
    )


def test_what_moved_stands_in_a_table_with_its_evidence(visitor, seeded):
    moved = rows(read(visitor.get(BRIEF)).one("section", labelled="h-moved").all("table")[0])

    assert len(moved) == 17
    assert ["A European one-stop shop for digital commons", "3 of 6, backed", "21–22 Jun 2022", "[1] contested against: [8]"] in moved
    assert ["A social internet tariff for low-income households", "2 of 6, published", "by 15 Mar 2022", "[5] [6]"] in moved


def test_the_council_is_weighed_once_for_proposals_that_come_to_the_same(visitor, seeded):
    past, now = (read(visitor.get(address)).one("section", labelled="h-backing") for address in (BRIEF, "/en/presidencies/2026-ie"))

    (then,) = past.all("table")[1:]
    (today,) = now.all("table")[1:]
    assert rows(then)[0] == ["In favour", "1 of 27 states", "14 more states for a qualified majority"]
    assert rows(today)[0] == ["In favour", "1 of 27 states", "15.2%", "14 more states, 224 million more people for a qualified majority"]
    assert "How many people live there is left out" in past.words
    asked = [link["href"] for link in past.all("a") if link["href"].startswith("/en/proposals/") and link["href"].endswith("/positions")]
    commons = ("guichet-unique", "appel-a-projets-communs", "fondation-europeenne", "communs-par-defaut")
    assert asked == [f"/en/proposals/{slug}/positions" for slug in commons]


def test_positions_nobody_recorded_are_shown_as_not_recorded(visitor, seeded):
    backing = rows(read(visitor.get(BRIEF)).one("section", labelled="h-backing").all("table")[0])

    assert backing[:3] == [
        ["Czechia (presides)", "Not recorded", "Not recorded", "Absent [1] contested against: [2] [3]"],
        ["France (presided before)", "Not recorded", "Not recorded", "Initiated [1] [12]"],
        ["Sweden (presides next)", "Not recorded", "Not recorded", "Took part [2] [15]"],
    ]
    assert ["The 19 states behind the digital commons report (19, unnamed)", "Not recorded", "Not recorded", "Supports [1] contested against: [3] [8]"] in backing  # fmt: skip  # noqa: E501


def test_every_number_leads_to_a_source_on_the_page(visitor, seeded):
    for slug in ("2022-fr", "2022-cz", "2025-dk", "2026-ie", "2027-lt", "2030-mt", "2007-de"):
        page = read(visitor.get(f"/en/presidencies/{slug}"))
        wanted = {link["href"] for link in page.one("article").all("a") if (link["href"] or "").startswith("#")}
        assert wanted <= {f"#{item['id']}" for item in page.one("section", id="sources").all("li") if item["id"]}


def test_milestones_run_from_handover_to_handover(visitor, seeded):
    steps = [item.words for item in read(visitor.get(BRIEF)).one("section", labelled="h-milestones").all("li")]

    assert (steps[0], steps[-1]) == ("1 Jul 2022 Czechia takes over", "1 Jan 2023 Handover to Sweden")


def test_a_half_year_with_nothing_planned_says_so(visitor, seeded):
    steps = [item.words for item in read(visitor.get("/en/presidencies/2029-nl")).one("section", labelled="h-milestones").all("li")]

    assert steps == [
        "1 Jul 2029 The Netherlands takes over",
        "1 Jul – 31 Dec 2029 Nothing planned is recorded.",
        "1 Jan 2030 Handover to Slovakia",
    ]


def test_after_the_last_presidency_nothing_is_assumed(visitor, seeded):
    page = read(visitor.get("/en/presidencies/2030-mt"))

    assert page.one("section", labelled="h-milestones").all("li")[-1].words.startswith("31 Dec 2030 The known calendar ends here.")


def test_the_next_presidency_is_weakly_at_risk_where_nothing_is_recorded(visitor, seeded):
    notices = [one.words for one in read(visitor.get("/en/presidencies/2027-lt")).one("article").all("div", class_="notice")]

    unknown = "Not recorded is not opposed: nobody has entered a position with its source yet."
    assert notices == [f"No position of Lithuania is recorded: 18 of 18 proposals {unknown}"]


def test_a_brief_as_of_a_day_says_only_what_was_so_by_then(visitor, seeded):
    page = read(visitor.get(f"{BRIEF}?as_of=2022-03-31"))

    stages = {row[1] for row in rows(page.one("section", labelled="h-moved").all("table")[0])}
    assert page.all("div", class_="risk") == []
    assert stages == {"1 of 6, drafted", "2 of 6, published"}
    assert {link["href"].partition("?")[2] for link in page.one("ol", class_="strip").all("a")} == {"as_of=2022-03-31"}


@pytest.mark.parametrize("slug", ["2022-xx", "2035-fr", "x", "2022-CZ"])
def test_an_unknown_presidency_is_not_here(visitor, seeded, slug):
    assert visitor.get(f"/en/presidencies/{slug}").status_code == 404


@pytest.mark.parametrize("path", ["/en/presidencies", BRIEF])
def test_what_is_not_a_day_is_told(visitor, seeded, path):
    assert visitor.get(f"{path}?as_of=yesterday").status_code == 422


def test_nothing_of_a_private_proposal_shows_to_a_visitor_or_a_stranger(visitor, as_stranger, as_observer, public_affairs):
    a_source("decision")
    an_actor("state", kind="member_state", code="FR")
    an_actor("czechia", kind="member_state", code="CZ")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")
    a_presidency("2022-cz", "2022-07-01", "2022-12-31", state="czechia")
    a_proposal("quiet", public_affairs, on="2022-03-01", public=False)

    found = [reader.get(BRIEF).text.count("Titre de quiet") for reader in (visitor, as_stranger, as_observer)]
    assert found == [0, 0, 2]  # among what moved, and what stands still


def test_the_list_starts_with_now_and_ends_with_what_is_known(visitor, seeded):
    page = read(visitor.get("/en/presidencies"))

    ahead, past = page.one("section", labelled="h-ahead"), page.one("section", labelled="h-past")
    assert [item["id"] for item in ahead.one("ol").all("li")] == [
        "2026-ie", "2027-lt", "2027-el", "2028-it", "2028-lv", "2029-lu", "2029-nl", "2030-sk", "2030-mt",
    ]  # fmt: skip
    assert [title.words for title in past.all("h3")] == ["2020–2026", "2010–2019", "2007–2009"]
    assert ahead.one(id="end").words.startswith("The known calendar ends with 2030 H2.")


def test_the_list_counts_what_moved_and_what_was_held(visitor, seeded):
    france = read(visitor.get("/en/presidencies")).one("li", id="2022-fr")

    assert france.words == "FR2022 H1 France · 17 proposals moved · 1 held 1 Jan 2022 – 30 Jun 2022 · trio FR-CZ-SE · [2]"


def test_the_current_presidency_and_the_next_are_marked(visitor, seeded):
    items = read(visitor.get("/en/presidencies")).one("section", labelled="h-ahead").one("ol").all("li")

    assert [item["class"] for item in items] == ["now", *[None] * 8]
    now, then = (item.words.partition(" 1 ")[0] for item in items[:2])
    assert (now, then) == ("IE2026 H2 Ireland (current presidency)", "LT2027 H1 Lithuania (next)")


def test_a_day_outside_the_calendar_says_so(visitor, seeded):
    page = read(visitor.get("/en/presidencies?as_of=2005-01-01"))

    assert page.all("div", class_="notice")[0].words == "No presidency is known for this day."
    assert page.one("li", id="2022-cz").words.count("decided after this day, on 26 Jul 2016") == 1


def test_without_a_calendar_the_list_is_empty_and_stands(visitor):
    page = read(visitor.get("/en/presidencies"))

    assert page.one("main").words.endswith("No presidency is known for this day.")


def test_the_french_page_speaks_french_of_states(visitor, seeded):
    page = read(visitor.get("/fr/presidencies/2022-cz"))

    assert page.one("h1").words == "Passage de relais : de la France à la Tchéquie"
    assert page.one("p", class_="lead").words == "La Tchéquie préside du 1er juillet au 31 décembre 2022."


def test_the_list_asks_as_often_for_three_proposals_as_for_one(engine, visitor, public_affairs):
    a_source("decision")
    an_actor("state", kind="member_state", code="FR")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")

    def asked(slug):
        a_proposal(slug, public_affairs, on="2022-03-01")
        with counted(engine) as statements:
            visitor.get("/en/presidencies")
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
    assert first <= 8

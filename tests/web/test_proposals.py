"""Proposals: the list, the page of one, adding one, and changing its facts."""

import pytest
from sqlmodel import select

from models import Citation, Event, Move, Proposal, ProposalTheme, Revision, Source
from relais.db import reading
from tests.public_record import (
    a_comment,
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
from tests.web.filling import HOSTILE, NEVER_TYPED, kept, wrong
from tests.web.reading import read

LIST, NEW, PAGE, FACTS = "/en/proposals", "/en/proposals/new", "/en/proposals/guichet", "/en/proposals/guichet/facts"
ASK = {"title": "Un guichet unique", "group": "european-public-affairs", "original_language": "fr", "to": "drafted"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def guichet(public_affairs):
    a_source("article", url="https://example.org/a", publisher="SOGA", retrieved_on="2026-11-20")
    return a_proposal("guichet", public_affairs, cites="article")


def all_of(kind):
    with reading() as session:
        return session.exec(select(kind)).all()


def section(answer, name):
    return read(answer).one("section", id=name)


def titles(answer):
    return [row.one("h3").words for row in read(answer).all("article", class_="hit")]


# --- the list -------------------------------------------------------------------------------------------------------------


def test_the_list_tells_stage_group_themes_and_what_was_recorded_lately(visitor, public_affairs):
    a_theme("funding")
    guichet = a_proposal("guichet", public_affairs, themes=["funding"])
    an_actor("state", code="FR")
    a_source("decision")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")
    a_presidency("2022-xx", "2022-07-01", "2022-12-31")
    an_entry("hearing", guichet, on="2022-06-22", title_en="Hearing")

    row = read(visitor.get(LIST)).one("article", class_="hit")

    assert "data-row" in row.attributes
    assert row.words == (
        "Titre de guichet Published since 2022 H1 Nothing recorded for 1 presidency "
        "Last recorded: 22 Jun 2022, Hearing no source yet European public affairs · funding in English"
    )


def test_the_list_says_how_many_and_goes_from_page_to_page(visitor, public_affairs):
    for number in range(27):
        a_proposal(f"p{number:02}", public_affairs, rank=number)

    first, second = visitor.get(f"{LIST}?level=eu"), visitor.get(f"{LIST}?level=eu&page=2")

    assert [read(page).one("h2", id="found-n").words for page in (first, second)] == ["27 proposals"] * 2
    assert [len(titles(page)) for page in (first, second)] == [25, 2]
    links = [(link.words, link["href"]) for link in read(first).one("ol", class_="pages").all("a")]
    assert links == [("2", f"{LIST}?level=eu&page=2"), ("Next", f"{LIST}?level=eu&page=2")]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9999999999999999", "1e3", "１"])
def test_a_page_that_is_no_number_or_too_far_is_the_nearest(visitor, guichet, page):
    answer = visitor.get(f"{LIST}?page={page}")

    assert (answer.status_code, titles(answer)) == (200, ["Titre de guichet"])


@pytest.mark.parametrize("query", ["stage=nonsense", "level=x", "theme=&group=&stage=&level="])
def test_a_filter_that_names_nothing_narrows_nothing(visitor, guichet, query):
    assert titles(visitor.get(f"{LIST}?{query}")) == ["Titre de guichet"]


def test_nothing_found_says_so_and_offers_one_way_on(visitor, guichet):
    page = read(visitor.get(f"{LIST}?q=fondatoin")).one("section", id="found")

    assert page.one("h3").words == "No proposal holds “fondatoin”"
    assert [link["href"] for link in page.all("a")] == [LIST]


@pytest.mark.parametrize("words", [*HOSTILE.values(), "%", "_", "x" * 5000])
def test_whatever_is_looked_for_is_shown_as_words(visitor, guichet, words):
    answer = visitor.get(LIST, params={"q": words})

    handlers = [element["onfocus"] for element in read(answer).all() if element["onfocus"]]
    assert (answer.status_code, "<script>" in answer.text, handlers) == (200, False, [])


def test_only_editors_are_offered_to_add_one(visitor, as_observer, as_commenter, as_editor):
    assert [f'href="{NEW}"' in client.get(LIST).text for client in (visitor, as_observer, as_commenter, as_editor)] == [
        False,
        False,
        False,
        True,
    ]


def test_another_groups_private_proposal_is_not_listed(visitor, as_stranger, as_observer, public_affairs):
    a_proposal("guichet", public_affairs, public=False)

    assert [titles(client.get(LIST)) for client in (visitor, as_stranger, as_observer)] == [[], [], ["Titre de guichet"]]


# --- the page -------------------------------------------------------------------------------------------------------------


def test_the_page_in_the_other_language_shows_the_original_and_says_so(visitor, guichet):
    page = read(visitor.get(PAGE))

    assert (page.one("h1").words, page.one("h1")["lang"]) == ("Titre de guichet", "fr")
    assert page.one("section", id="text").one("div", class_="doc")["lang"] == "fr"
    assert page.one("div", class_="notice").words == "There is no text in English yet. This is the original, in French."
    assert "lang" not in read(visitor.get(PAGE.replace("/en/", "/fr/"))).one("h1").attributes


def test_the_ladder_marks_the_stage_by_more_than_colour(visitor, guichet):
    moved(guichet, "backed", on="2022-07-01")

    page = read(visitor.get(PAGE))

    ladder = page.one("ol", class_="ladder")
    assert ladder["aria-label"] == "Stage 3 of 6: Backed"
    assert [step.words for step in ladder.all("li")] == [
        "Drafted, passed",
        "Published, passed",
        "Backed",
        "Taken up",
        "Adopted",
        "In force",
    ]
    assert [step.words for step in ladder.all("li") if step["aria-current"] == "step"] == ["Backed"]
    assert "Backed since 1 Jul 2022. no source yet" in page.one("main").words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2022-06-21", "Published since 21 Jun 2022."),
        ("2022-06", "Published since June 2022."),
        ("by 2022-03-15", "Published by 15 Mar 2022 at the latest."),
        ("", "Published, since when is not recorded."),
    ],
)
def test_since_when_is_as_precise_as_known(visitor, public_affairs, on, words):
    a_proposal("guichet", public_affairs, on=on)

    assert words in read(visitor.get(PAGE)).one("main").words


def test_a_merged_proposal_says_so_and_links_on(visitor, guichet, public_affairs):
    a_proposal("autre", public_affairs)
    moved(guichet, "merged", on="2024-01-01", reason_en="One ask", into="autre")

    notice = next(one for one in read(visitor.get(PAGE)).all("div", class_="notice") if "goes on" in one.words)

    assert (notice.words, notice.one("a")["href"]) == ("This proposal goes on as part of another: Titre de autre", "/en/proposals/autre")


def test_a_position_shows_its_evidence_and_what_disputes_it(visitor, guichet):
    an_actor("france", name_en="France")
    an_actor("states", name_en="States behind the report", size=19)
    a_source("report")
    a_position(guichet, "france", on="2022-02", note_en="Took the lead")
    a_position(guichet, "states", on="2022-06", citations=[{"source": "article"}, {"source": "report", "supports": False}])

    backers = section(visitor.get(PAGE), "backers")

    rows = [row.words for row in backers.one("tbody").all("tr")]
    assert rows == [
        "France Supports Took the lead February 2022 no source yet",
        "States behind the report counted as 19, not named by the source Supports June 2022 [1] contested against: [2]",
    ]
    assert [part.words for part in backers.one("dl").all("dd")] == [
        "19 19 counted together, not named, 1 named, perhaps among them", "0 none recorded", "0 none recorded", "0 none recorded",
    ]  # fmt: skip


def test_the_timeline_is_told_by_presidency(visitor, guichet):
    an_actor("state", code="IE", name_en="Ireland")
    a_source("decision")
    for slug, starts, ends in (
        ("2022-ie", "2022-01-01", "2022-06-30"), ("2026-xx", "2022-07-01", "2026-06-30"), ("2026-ie", "2026-07-01", "2026-12-31"),
    ):  # fmt: skip
        a_presidency(slug, starts, ends)
    an_entry("done", guichet, on="2022-06-25", title_en="Hearing")
    an_entry("plan", guichet, on="2026-12-08", state="planned", title_en="Ask for a position")
    an_entry("lead", on="2026-08-01", leads=(guichet,), title_en="A decision that may answer it")
    an_entry("undated", guichet, title_en="A letter")

    chapters, loose = section(visitor.get(PAGE), "timeline").all("ol", class_="tl")

    assert [(item["class"], item.words) for item in chapters.all("li")] == [
        ("ho", "2022 H1 Presidency of Ireland"),
        ("fact", "21 Jun 2022 Published. [1]"),
        ("fact", "25 Jun 2022 Vote. Hearing no source yet"),
        ("ho", "1 Jul 2022 Handover to Ireland"),
        ("gap", "2022 H2 1 presidency with nothing recorded."),
        ("ho", "1 Jul 2026 Handover to Ireland — now position not recorded"),
        ("lead", "1 Aug 2026 Lead to check. A decision that may answer it no source yet"),
        ("plan", "8 Dec 2026 Planned. Ask for a position no source yet"),
    ]
    assert [item.words for item in loose.all("li")] == ["undated Vote. A letter no source yet"]


def test_a_source_is_shown_once_with_where_to_find_it(visitor, guichet):
    (source,) = section(visitor.get(PAGE), "sources").all("li")

    assert source["id"] == "s1"
    assert source.words.startswith("[1] Title of article, SOGA. Open the document")
    assert "read on 20 Nov 2026" in source.words
    assert [link["href"] for link in source.all("a")] == ["/en/sources/article", "https://example.org/a"]


def test_editors_find_every_way_to_record_and_others_none(visitor, as_observer, as_editor, guichet):
    an_entry("lead", on="2026-08-01", leads=(guichet,))
    ways = [f"{PAGE}/{way}" for way in ("moves/new", "positions/new", "entries/new", "texts/fr/edit", "facts", "entries/lead/checks")]

    found = [[way for way in ways if way in client.get(PAGE).text] for client in (visitor, as_observer, as_editor)]

    assert found == [[], [], ways]


def test_a_group_only_comment_is_read_by_its_group(visitor, as_stranger, as_observer, commenter, guichet):
    a_comment(guichet, commenter, "Between us")
    a_comment(guichet, commenter, "For all", public=True)

    pages = [section(client.get(PAGE), "discussion").words for client in (visitor, as_stranger, as_observer)]

    assert [("Between us" in page, "For all" in page) for page in pages] == [(False, True), (False, True), (True, True)]


def test_the_page_as_of_a_day_shows_only_what_was_surely_so(visitor, guichet):
    moved(guichet, "backed", on="2023-01-01")

    july, march = (read(visitor.get(f"{PAGE}?as_of={day}")) for day in ("2022-07-01", "2022-03-01"))

    assert july.one("ol", class_="ladder")["aria-label"] == "Stage 2 of 6: Published"
    assert march.one("ol", class_="ladder")["aria-label"] == "No stage yet"
    assert "By that day this proposal was not recorded." in march.one("main").words


@pytest.mark.parametrize("path", [f"{PAGE}?as_of=yesterday", f"{LIST}?as_of=2022-13-01"])
def test_a_day_that_is_none_is_refused(visitor, guichet, path):
    assert visitor.get(path).status_code == 422


@pytest.mark.parametrize("slug", ["none-such", "GUICHET", "guichet%00", "%F0%9F%98%80", "x" * 3000])
def test_a_proposal_that_is_not_there_is_a_404(visitor, guichet, slug):
    assert visitor.get(f"{LIST}/{slug}").status_code == 404


def test_another_groups_private_proposal_is_not_there(visitor, as_stranger, as_observer, public_affairs):
    a_proposal("guichet", public_affairs, public=False)

    assert [client.get(PAGE).status_code for client in (visitor, as_stranger, as_observer)] == [404, 404, 200]


def test_the_page_costs_the_same_queries_for_one_row_of_everything_and_for_three(visitor, commenter, engine, guichet):
    def fill(number):
        an_actor(f"actor-{number}")
        a_position(guichet, f"actor-{number}", cites="article")
        an_entry(f"entry-{number}", guichet, on=f"2022-0{number}-01")
        a_comment(guichet, commenter, "Yes", public=True)

    fill(1)
    with counted(engine) as once:
        visitor.get(PAGE)
    fill(2)
    fill(3)
    with counted(engine) as thrice:
        visitor.get(PAGE)

    assert len(once) == len(thrice) <= 14


# --- adding one -------------------------------------------------------------------------------------------------------------


def test_an_editor_adds_a_proposal_with_its_source(as_editor, public_affairs):
    a_source("report")
    a_theme("funding")
    more = {"summary": "Court.", "body": "Long.", "themes": ["funding"], "to": "published", "on": "2022-06", "procedure": "2022/0379(COD)"}
    cited = {"cite_source": "report", "cite_locator": "p. 3", "cite_supports": "true"}

    answer = as_editor.post(NEW, data=ASK | more | cited)

    (proposal,), (move,), (revision,) = all_of(Proposal), all_of(Move), all_of(Revision)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/proposals/un-guichet-unique")
    assert (proposal.group_id, proposal.stage, proposal.procedure, proposal.public) == (
        public_affairs.id,
        "published",
        "2022/0379(COD)",
        True,
    )
    assert (str(move.when()), revision.title, revision.summary, revision.body) == ("2022-06", "Un guichet unique", "Court.", "Long.")
    assert [row.locator for row in all_of(Citation)] == ["p. 3"]
    assert [row.theme for row in all_of(ProposalTheme)] == ["funding"]


def test_a_proposal_without_a_source_is_added_and_says_so(as_editor, visitor):
    as_editor.post(NEW, data=ASK | {"slug": "guichet"})

    assert all_of(Citation) == []
    assert "no source yet" in visitor.get(PAGE).text


def test_a_proposal_may_be_for_the_group_only(as_editor, visitor):
    as_editor.post(NEW, data=ASK | {"slug": "guichet", "public": "false"})

    assert (visitor.get(PAGE).status_code, as_editor.get(PAGE).status_code) == (404, 200)
    assert [event.public for event in all_of(Event)][-1] is False


def test_to_htmx_a_new_proposal_says_where_it_is(as_editor):
    answer = as_editor.post(NEW, data=ASK, headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/en/proposals/un-guichet-unique")


@pytest.mark.parametrize(("slug", "free"), [("guichet", "guichet-2"), ("new", "new-2")])
def test_a_taken_address_is_told_with_a_free_one(as_editor, guichet, slug, free):
    answer = as_editor.post(NEW, data=ASK | {"slug": slug, "body": "Long."})

    assert (answer.status_code, wrong(answer)) == (422, {"slug": f"This address is taken. Try “{free}”"})
    assert [kept(answer, name) for name in ("title", "slug", "body")] == ["Un guichet unique", slug, "Long."]
    assert len(all_of(Proposal)) == 1


def test_a_title_whose_address_is_taken_asks_for_another(as_editor, guichet):
    answer = as_editor.post(NEW, data=ASK | {"title": "Guichet"})

    assert (answer.status_code, wrong(answer)) == (422, {"slug": "This address is taken. Try “guichet-2”"})


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, {"title": "Fill this in"}),
        ({"title": "x" * 161}, {"title": "At most 160 characters"}),
        ({"slug": "Pas Bon"}, {"slug": "Use lower-case letters, digits and single hyphens"}),
        ({"slug": "x" * 81}, {"slug": "At most 80 characters"}),
        ({"group": ""}, {"group": "Fill this in"}),
        ({"group": "none-such"}, {"group": "Choose one from the list"}),
        ({"group": "social-tech-skills"}, {"group": "Choose one from the list"}),
        ({"summary": "x" * 2001}, {"summary": "At most 2000 characters"}),
        ({"body": "x" * 100_001}, {"body": "At most 100000 characters"}),
        ({"on": "soon"}, {"on": "Write a date such as 2022-06-21, 2022-06, 2022-H1 or 2022"}),
        ({"procedure": "2022"}, {"procedure": "This is not written as it should be"}),
        ({"origin": "none-such"}, {"origin": "Choose a source from the list"}),
        ({"cite_source": "none-such"}, {"cite_source": "Choose a source from the list"}),
        (
            {"cite_source_title": "T", "cite_source_url": "javascript:alert(1)"},
            {"cite_source_url": "Write a web address that starts with https://"},
        ),
        *(({"body": typed}, {"body": "This holds characters that cannot be kept"}) for typed in NEVER_TYPED.values()),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field_and_nothing_is_half_saved(as_editor, social_tech, typed, told):
    answer = as_editor.post(NEW, data=ASK | {"title": "Un guichet", "note": ""} | typed)

    assert (answer.status_code, wrong(answer)) == (422, told)
    assert [len(all_of(kind)) for kind in (Proposal, Revision, Move, Source, Event)] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "typed", [{"to": "backed"}, {"level": "moon"}, {"original_language": "xx"}, {"themes": ["none-such"]}, {"stage": "backed"}]
)
def test_what_no_form_offers_is_refused(as_editor, typed):
    assert (as_editor.post(NEW, data=ASK | typed).status_code, all_of(Proposal)) == (422, [])


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_edits_nowhere_adds_nothing(visitor, as_observer, as_commenter, method):
    answers = [getattr(client, method)(NEW) for client in (visitor, as_observer, as_commenter)]

    assert [answer.status_code for answer in answers] == [303, 403, 403]
    assert answers[0].headers["location"] == "/en/sign-in?next=/en/proposals/new"


# --- its facts ----------------------------------------------------------------------------------------------------------------


def test_the_form_holds_the_facts_as_they_stand(as_editor, public_affairs):
    a_theme("funding")
    a_source("report")
    a_proposal("guichet", public_affairs, level="national", themes=["funding"], origin="report", instrument_fr="Loi", public=False, rank=3)

    page = as_editor.get(FACTS)

    assert {name: kept(page, name) for name in ("version", "level", "themes", "origin", "instrument_fr", "public", "rank")} == {
        "version": "1", "level": ["national"], "themes": ["funding"], "origin": "report", "instrument_fr": "Loi",
        "public": ["false"], "rank": "3",
    }  # fmt: skip


def test_an_editor_changes_the_facts(as_editor, guichet):
    answer = as_editor.post(FACTS, data={"version": "1", "level": "national", "instrument_en": "A platform", "rank": "2"})

    (row,) = all_of(Proposal)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert (row.level, row.instrument_en, row.rank, row.version, row.public) == ("national", "A platform", 2, 2, True)


@pytest.mark.parametrize("version", ["1", "0", "", "9"])
def test_stale_facts_show_both_and_save_nothing(as_editor, guichet, version):
    as_editor.post(FACTS, data={"version": "1", "level": "eu", "instrument_en": "Theirs"})

    answer = as_editor.post(FACTS, data={"version": version, "level": "national", "instrument_en": "Mine", "rank": "0"})

    differing = [row.words for row in read(answer).one("div", class_="notice").one("tbody").all("tr")]
    assert (answer.status_code, differing) == (409, ["Level European Union National", "Instrument (en) Theirs Mine"])
    assert (kept(answer, "version"), kept(answer, "instrument_en"), all_of(Proposal)[0].instrument_en) == ("2", "Mine", "Theirs")


def test_mine_can_then_be_saved_over_theirs(as_editor, guichet):
    as_editor.post(FACTS, data={"version": "1", "instrument_en": "Theirs"})
    answer = as_editor.post(FACTS, data={"version": "1", "instrument_en": "Mine"})

    as_editor.post(FACTS, data={"version": kept(answer, "version"), "instrument_en": "Mine"})

    assert (all_of(Proposal)[0].instrument_en, all_of(Proposal)[0].version) == ("Mine", 3)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"instrument_fr": "x" * 201}, {"instrument_fr": "At most 200 characters"}),
        ({"procedure": "2022/0379"}, {"procedure": "This is not written as it should be"}),
        ({"rank": "first"}, {"rank": "Write a whole number"}),
        ({"rank": "9" * 40}, {"rank": "Write a smaller number"}),
        ({"rank": "-5"}, {"rank": "Write a number above -1"}),
        ({"origin": "none-such"}, {"origin": "Choose a source from the list"}),
        ({"instrument_fr": "a\x00"}, {"instrument_fr": "This holds characters that cannot be kept"}),
    ],
)
def test_facts_that_cannot_be_taken_are_told_beside_their_field(as_editor, guichet, typed, told):
    answer = as_editor.post(FACTS, data={"version": "1", "level": "national", "instrument_en": "Kept"} | typed)

    assert (answer.status_code, wrong(answer), all_of(Proposal)[0].version) == (422, told, 1)
    assert (kept(answer, "instrument_en"), kept(answer, "level")) == ("Kept", ["national"])


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_facts_are_shown_as_words(as_editor, guichet, typed):
    answer = as_editor.post(FACTS, data={"version": "1", "instrument_en": typed})

    pages = [as_editor.get(path) for path in (PAGE, FACTS, LIST)]
    assert answer.status_code == 303
    assert [("<script>" in page.text, [one for one in read(page).all() if one["onfocus"]]) for page in pages] == [(False, [])] * 3
    assert kept(pages[1], "instrument_en") == typed


@pytest.mark.parametrize("method", ["get", "post"])
def test_whose_role_does_not_reach_changes_no_facts(visitor, as_stranger, as_observer, as_commenter, guichet, method):
    answers = [getattr(client, method)(FACTS).status_code for client in (visitor, as_stranger, as_observer, as_commenter)]

    assert (answers, all_of(Proposal)[0].version) == ([303, 404, 403, 403], 1)


def test_facts_of_nothing_are_not_there(as_editor):
    assert as_editor.get("/en/proposals/none-such/facts").status_code == 404

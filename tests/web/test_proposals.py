"""Adding a proposal, and changing its facts."""

import pytest
from sqlmodel import select

from models import Citation, Event, Move, Proposal, ProposalTheme, Revision, Source
from relais.db import reading
from tests.public_record import (
    a_proposal,
    a_source,
    a_theme,
)
from tests.web.filling import HOSTILE, NEVER_TYPED, kept, wrong
from tests.web.reading import read

LIST = "/en/proposals"
NEW = "/en/proposals/new"
PAGE = "/en/proposals/guichet"
FACTS = "/en/proposals/guichet/facts"
ASK = {"title": "Un guichet unique", "group": "european-public-affairs", "original_language": "fr", "to": "drafted"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def guichet(public_affairs):
    a_source("article", url="https://example.org/a", publisher="SOGA", retrieved_on="2026-11-20")
    return a_proposal("guichet", public_affairs, cites="article")


def all_of(kind):
    with reading() as session:
        return session.exec(select(kind)).all()


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
    a_proposal("guichet", public_affairs, level="national", themes=["funding"], origin="report", instrument_fr="Loi", rank=3)

    page = as_editor.get(FACTS)

    assert {name: kept(page, name) for name in ("version", "level", "themes", "origin", "instrument_fr", "rank")} == {
        "version": "1", "level": ["national"], "themes": ["funding"], "origin": "report", "instrument_fr": "Loi",
        "rank": "3",
    }  # fmt: skip


def test_an_editor_changes_the_facts(as_editor, guichet):
    answer = as_editor.post(FACTS, data={"version": "1", "level": "national", "instrument_en": "A platform", "rank": "2"})

    (row,) = all_of(Proposal)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert (row.level, row.instrument_en, row.rank, row.version, row.public) == ("national", "A platform", 2, 2, True)


@pytest.mark.parametrize("public", ["true", "false"])
def test_the_facts_neither_publish_nor_take_back(as_editor, guichet, public):
    answer = as_editor.post(FACTS, data={"version": "1", "public": public})

    assert (answer.status_code, all_of(Proposal)[0].public, all_of(Proposal)[0].version) == (422, True, 1)


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

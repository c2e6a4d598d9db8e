"""The list of proposals: narrowed by filters and words, a page at a time."""

import pytest

from models import Proposal
from models.group import Role
from relais import presidencies, texts
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.proposals import listing
from relais.relay import Filters
from relais.texts import TextForm
from relais.wording import folded
from tests.days import NOW, TODAY
from tests.public_record import a_corrected_entry, a_presidency, a_proposal, a_source, a_theme, an_actor, an_entry, counted, moved


def page(reader=VISITOR, filters=None, day=TODAY, **asked):
    with reading() as session:
        calendar = presidencies.calendar(session)
        return listing.page(session, calendar, reader, "en", day=day, as_of=day < TODAY, filters=filters or Filters(), **asked)


def slugs(found):
    return [row.line.slug for row in found.rows]


def write(proposal, language, base=0, **words):
    with writing() as session:
        texts.save(session, session.get_one(Proposal, proposal.id), language, TextForm(**words), base=base, by=None, now=NOW)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("100%", ["guichet"]),
        ("1%0", []),
        ("a_b", ["guichet"]),
        ("a?b", []),
        ("c/d", ["guichet"]),
        ("e\\f", ["guichet"]),
        ("\0", []),
        ("x\0y", []),
    ],
)
def test_signs_that_mean_something_to_a_database_are_words_like_others(public_affairs, words, found):
    a_proposal("autre", public_affairs)
    write(a_proposal("guichet", public_affairs), "en", title="100% 1000", summary="a_b acb", body=r"c/d e\f")

    assert slugs(page(words=words)) == found


def test_words_are_found_wherever_the_text_was_last_saved_with_them(public_affairs):
    guichet = a_proposal("guichet", public_affairs)
    write(guichet, "en", title="First")
    write(guichet, "en", base=1, title="Second")

    assert (slugs(page(words="second")), slugs(page(words="first"))) == (["guichet"], [])


@pytest.mark.parametrize("words", ["éLARGI", "elargi", "œuvre", "oeuvre", "widened", "l'etat", "wide  shop", "*corps*"])
def test_words_are_found_in_any_language_field_and_spelling(public_affairs, words):
    guichet = a_proposal("guichet", public_affairs)
    a_proposal("autre", public_affairs, level="national")
    write(guichet, "en", title="A shop", summary="Widened", body="wide")
    write(guichet, "it", title="Sportello", body="élargi, l’État à l’œuvre")

    assert "guichet" in slugs(page(words=words))
    assert slugs(page(words=words + " zzz")) == []


def test_every_word_must_be_there(public_affairs):
    write(a_proposal("one", public_affairs), "en", title="Open wide")
    write(a_proposal("two", public_affairs), "en", title="Open shut")

    assert slugs(page(words="open shut")) == ["two"]


def test_filters_narrow_the_list(public_affairs, social_tech):
    a_theme("funding")
    moved(a_proposal("backed", public_affairs), "backed")
    a_proposal("themed", public_affairs, themes=["funding"])
    a_proposal("national", social_tech, level="national")

    found = {name: slugs(page(filters=Filters(**{name: value}))) for name, value in (
        ("stage", "backed"), ("theme", "funding"), ("level", "national"), ("group", "social-tech-skills"),
    )}  # fmt: skip

    assert found == {"stage": ["backed"], "theme": ["themed"], "level": ["national"], "group": ["national"]}


def test_a_private_proposal_is_neither_listed_counted_nor_found(public_affairs, observer):
    a_proposal("guichet", public_affairs, public=False)

    assert (page().total, slugs(page(words="guichet"))) == (0, [])
    assert page(Reader(observer, {public_affairs.id: "observer"}), words="guichet").total == 1


def test_twenty_five_a_page_and_a_page_beyond_the_last_is_the_last(public_affairs):
    for number in range(27):
        a_proposal(f"p{number:02}", public_affairs, rank=number)

    first, beyond = page(), page(number=99)

    assert (len(first.rows), first.total, first.number, first.pages) == (25, 27, 1, 2)
    assert (slugs(beyond), beyond.number) == (["p25", "p26"], 2)


def test_proposals_come_by_their_document_and_their_rank_in_it(public_affairs):
    a_source("late", published="2024-01-01")
    a_source("early", published="2022-01-01")
    a_source("undated")
    for slug, facts in {
        "alone": {}, "of-undated": {"origin": "undated"}, "of-late": {"origin": "late"}, "second": {"origin": "early", "rank": 2},
        "first": {"origin": "early", "rank": 1}, "first-too": {"origin": "early", "rank": 1}, "alone-too": {"rank": 7},
    }.items():  # fmt: skip
        a_proposal(slug, public_affairs, **facts)

    assert slugs(page()) == slugs(page(words="titre")) == ["first", "first-too", "second", "of-late", "of-undated", "alone", "alone-too"]


@pytest.mark.parametrize("words", ["", "titre"])
def test_every_proposal_stands_on_one_page(public_affairs, words):
    for number, published in enumerate(("2021", "2022", "2023", "")):
        a_source(f"s{number}", published=published)
    for number in range(60):
        a_proposal(f"p{number:02}", public_affairs, origin=f"s{number % 5}" if number % 5 < 4 else "", rank=number)

    pages = [slugs(page(words=words, number=number)) for number in (1, 2, 3)]

    assert [len(found) for found in pages] == [25, 25, 10]
    assert [slug for found in pages for slug in found] == [f"p{number:02}" for rest in range(5) for number in range(rest, 60, 5)]


def test_a_row_tells_what_was_recorded_lately_and_since_when_nothing_was(public_affairs):
    an_actor("state", code="FR")
    a_source("decision")
    for slug, starts, ends in (
        ("2025-fr", "2025-01-01", "2025-06-30"), ("2025-xx", "2025-07-01", "2025-12-31"), ("2026-fr", "2026-01-01", "2026-06-30"),
        ("2026-xx", "2026-07-01", "2026-12-31"),
    ):  # fmt: skip
        a_presidency(slug, starts, ends)
    guichet = a_proposal("guichet", public_affairs, on="2025-01-15")
    an_entry("lately", guichet, on="2025-02-01", title_en="Hearing")
    an_entry("perhaps", on="2026-02-01", leads=(guichet,))
    a_proposal("undated", public_affairs, on="")

    lately, undated = page().rows

    assert (lately.lately.words, lately.line.since.slug, lately.silent, lately.line.leads) == ("Hearing", "2025-fr", 2, 1)
    assert (undated.lately, undated.silent) == (None, 0)


def test_an_entry_of_another_group_is_not_told(public_affairs, observer):
    an_actor("state", code="FR")
    a_source("decision")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")
    guichet = a_proposal("guichet", public_affairs, on="2022-01-10")
    an_entry("ours", guichet, on="2022-05-01", title_en="Ours", group_id=public_affairs.id, public=False)
    mine = Reader(observer, {public_affairs.id: Role.OBSERVER})

    assert [page(reader).rows[0].lately.words for reader in (VISITOR, mine, VISITOR)] == ["", "Ours", ""]


def test_a_corrected_entry_and_one_that_does_not_concern_it_are_not_told(public_affairs, editor):
    an_actor("state", code="FR")
    a_source("decision")
    a_presidency("2022-fr", "2022-01-01", "2022-06-30")
    guichet = a_proposal("guichet", public_affairs, on="2022-01-10")
    wrong = an_entry("wrong", guichet, on="2022-06-01")
    a_corrected_entry(wrong, editor, on="2022-02-01")
    an_entry("off", guichet, on="2022-06-02", state="cancelled")

    assert str(page().rows[0].lately.when) == "2022-02-01"


@pytest.mark.parametrize("words", ["", "titre"])
def test_the_list_costs_the_same_queries_for_one_proposal_and_for_three(public_affairs, engine, words):
    a_theme("funding")
    a_proposal("one", public_affairs, themes=["funding"])
    with counted(engine) as once:
        page(words=words)
    a_proposal("two", public_affairs, themes=["funding"])
    a_proposal("three", public_affairs, themes=["funding"])
    with counted(engine) as thrice:
        page(words=words)

    assert len(once) == len(thrice) <= 8


@pytest.mark.parametrize(
    ("written", "folds"), [("Œuvre d’État", "oeuvre d'etat"), ("ŁÓDŹ", "lodz"), ("straße", "strasse"), ("Ελλάδα", "ελλαδα")]
)
def test_case_accents_and_ligatures_make_no_difference(written, folds):
    assert folded(written) == folds

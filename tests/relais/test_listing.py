"""The list of proposals: narrowed by filters and words, a page at a time."""

import pytest

from models import Proposal
from relais import presidencies, texts
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.proposals import listing
from relais.relay import Filters
from relais.texts import TextForm
from relais.wording import folded
from tests.days import NOW, TODAY
from tests.public_record import a_presidency, a_proposal, a_source, a_theme, an_actor, an_entry, counted, moved


def page(reader=VISITOR, filters=None, day=TODAY, **asked):
    with reading() as session:
        calendar = presidencies.calendar(session)
        return listing.page(session, calendar, reader, "en", day=day, as_of=day < TODAY, filters=filters or Filters(), **asked)


def slugs(found):
    return [row.line.slug for row in found.rows]


def write(proposal, language, **words):
    with writing() as session:
        texts.save(session, session.get_one(Proposal, proposal.id), language, TextForm(**words), base=0, by=None, now=NOW)


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


def test_the_list_costs_the_same_queries_for_one_proposal_and_for_three(public_affairs, engine):
    a_theme("funding")
    a_proposal("one", public_affairs, themes=["funding"])
    with counted(engine) as once:
        page(words="titre")
    a_proposal("two", public_affairs, themes=["funding"])
    a_proposal("three", public_affairs, themes=["funding"])
    with counted(engine) as thrice:
        page(words="titre")

    assert len(once) == len(thrice) <= 8


@pytest.mark.parametrize(
    ("written", "folds"), [("Œuvre d’État", "oeuvre d'etat"), ("ŁÓDŹ", "lodz"), ("straße", "strasse"), ("Ελλάδα", "ελλαδα")]
)
def test_case_accents_and_ligatures_make_no_difference(written, folds):
    assert folded(written) == folds

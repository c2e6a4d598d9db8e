from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import col, select

from models import Citation, Event, Source
from relais import sources
from relais.db import reading, writing
from relais.errors import Invalid, Missing, Stale
from relais.sources import CitationForm, SourceForm
from tests.days import NOW
from tests.public_record import a_position, a_proposal, a_source, an_actor, an_entry, moved


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def position(guichet):
    an_actor("france")
    return a_position(guichet, "france")


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def cite(claim, guichet, by=None, **said):
    with writing() as session:
        return sources.cite(session, claim, CitationForm(**said), proposal=guichet, by=by, now=NOW)


@pytest.mark.parametrize(
    ("title", "slug"),
    [("L’Œuvre à façon", "l-oeuvre-a-facon"), ("Č. 1/2", "c-1-2"), ("…", "x"), ("a" * 100, "a" * 70), ("Δημοκρατία", "x")],
)
def test_a_slug_is_made_of_the_titles_words(title, slug):
    assert sources.slug_of(title) == slug


def test_sources_of_one_title_get_numbers(engine):
    with writing() as session:
        slugs = [sources.add(session, SourceForm(title="Rapport", language="fr"), by=None, now=NOW).slug for _ in range(3)]

    assert slugs == ["rapport", "rapport-2", "rapport-3"]


def test_a_known_source_is_cited_for_and_against(guichet, position, editor):
    source = a_source("article")

    cite(position, guichet, editor, source="article", locator="p. 3", summary_en="It says so", quote="« Oui »", quote_language="fr")
    cite(position, guichet, editor, source="article", supports=False)

    assert [(row.source_id, row.position_id, row.supports, row.locator, row.quote) for row in rows(Citation)] == [
        (source.id, position.id, True, "p. 3", "« Oui »"), (source.id, position.id, False, "", ""),
    ]  # fmt: skip
    last = rows(Event)[-1]
    assert (last.kind, last.actor_id, last.details["claim"]) == ("citation_added", editor.id, "positions")


def test_moves_and_entries_are_cited_too(guichet):
    a_source("article")

    cite(moved(guichet, "backed"), guichet, source="article")
    cite(an_entry("e", guichet), guichet, source="article")

    assert [(row.move_id is None, row.position_id is None, row.entry_id is None) for row in rows(Citation)] == [
        (False, True, True), (True, True, False),
    ]  # fmt: skip


def test_a_new_source_is_added_with_its_first_use(guichet, position):
    cite(position, guichet, source_title="Décision", source_url="https://example.org/d", source_language="fr")

    (source,) = rows(Source)
    assert (source.slug, source.title, source.url, source.language, source.retrieved_on) == (
        "decision", "Décision", "https://example.org/d", "fr", date(2026, 11, 23),
    )  # fmt: skip


def test_an_address_that_is_known_is_not_added_again(guichet, position):
    known = a_source("decision", url="https://example.org/d")

    cite(position, guichet, source_title="Another title", source_url="https://example.org/d")

    assert ([row.id for row in rows(Source)], rows(Citation)[0].source_id) == ([known.id], known.id)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"source": "nowhere"}, "source"),
        ({"source_url": "https://example.org/d"}, "source_title"),
        ({"quote": "« Oui »"}, "source"),
        ({}, "source"),
        ({"source": "article", "source_title": "Another"}, "source"),
    ],
)
def test_a_citation_names_one_source(guichet, position, said, field):
    a_source("article")

    with pytest.raises(Invalid) as refused:
        cite(position, guichet, **said)

    assert (refused.value.field, rows(Citation)) == (field, [])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org", "https://", "https:// x"])
def test_an_address_that_is_none_of_the_web_is_refused(url):
    with pytest.raises(ValidationError):
        SourceForm(title="T", language="fr", url=url)


@pytest.mark.parametrize("typed", ["nul \x00", "escape \x1b[2J", "bell \x07", "half \ud800"])
def test_characters_no_person_types_are_refused(typed):
    with pytest.raises(ValidationError):
        SourceForm(title=typed, language="fr")


def test_a_source_is_corrected_by_whoever_saw_it_last(editor):
    source = a_source("article")
    form = SourceForm(title="Article", language="fr", publisher="SOGA")

    with writing() as session:
        sources.change(session, sources.find(session, "article"), form, version=1, by=editor, now=NOW)
    with pytest.raises(Stale), writing() as session:
        sources.change(session, sources.find(session, "article"), form, version=1, by=editor, now=NOW)

    (kept,) = rows(Source)
    assert (kept.id, kept.title, kept.publisher, kept.version) == (source.id, "Article", "SOGA", 2)
    assert rows(Event)[-1].details["changed"] == ["title", "publisher"]


def test_a_source_that_is_not_there_is_missing(engine):
    with reading() as session, pytest.raises(Missing):
        sources.find(session, "nowhere")

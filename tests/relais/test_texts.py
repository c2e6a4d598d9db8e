"""Revisions: appended, never over somebody else's; translations that fall behind, field by field."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Event, Proposal, Revision, Text
from models.event import EventKind
from relais import texts
from relais.db import reading, writing
from relais.errors import Invalid, Missing, Stale
from relais.texts import Behind, TextForm, revisions
from tests.days import NOW
from tests.public_record import a_proposal

FRENCH = {"title": "Titre de guichet", "summary": "Un résumé.", "body": "Le *corps*."}
ENGLISH = {"title": "One-stop shop", "summary": "A summary.", "body": "The *body*."}


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def save(proposal, language, base, by=None, *, after=timedelta(), suggester=None, restores=None, **words):
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        form, more = TextForm(**words), {"suggester": suggester, "restores": restores}
        return texts.save(session, row, language, form, base=base, by=by, now=NOW + after, **more)


def behind(proposal, language):
    with reading() as session:
        text = texts.of(session, proposal, language)
        assert text is not None
        return texts.behind(session, proposal, text)


def all_of(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def test_a_text_is_saved_as_the_next_revision_and_rendered(guichet, editor):
    saved = save(guichet, "fr", 1, editor, **FRENCH | {"body": "Le **nouveau** corps.", "note": "Plus court"})

    (text,) = all_of(Text)
    assert (text.number, text.body, text.body_html) == (2, "Le **nouveau** corps.", "<p>Le <strong>nouveau</strong> corps.</p>\n")
    assert [(row.number, row.body, row.note, row.author_id) for row in all_of(Revision)] == [
        (1, "Le *corps*.", "", None), (2, "Le **nouveau** corps.", "Plus court", editor.id),
    ]  # fmt: skip
    last = all_of(Event)[-1]
    assert (last.kind, last.subject_id, last.details) == (
        EventKind.TEXT_SAVED, str(saved.id), {"language": "fr", "number": 2, "minor": False, "note": "Plus court", "continues": False},
    )  # fmt: skip


def test_a_text_is_folded_when_it_is_saved(guichet, editor):
    save(guichet, "fr", base=1, by=editor, title="Œuvre", summary="d’État", body="Le *corps*.")

    assert [text.search_text for text in all_of(Text)] == ["oeuvre\nd'etat\nle *corps*."]


def test_a_stale_save_is_refused_with_both_texts_and_saves_nothing(guichet, editor):
    save(guichet, "fr", 1, editor, **FRENCH | {"body": "Le leur."})

    with pytest.raises(Stale) as refused:
        save(guichet, "fr", 1, editor, **FRENCH | {"body": "Le mien."})

    assert (refused.value.current.body, refused.value.current.number) == ("Le leur.", 2)
    assert (refused.value.base.body, refused.value.base.number) == ("Le *corps*.", 1)
    assert [row.body for row in all_of(Revision)] == ["Le *corps*.", "Le leur."]


@pytest.mark.parametrize("base", [0, 2, 99])
def test_a_base_that_never_was_is_stale_too(guichet, editor, base):
    with pytest.raises(Stale) as refused:
        save(guichet, "fr", base, editor, **FRENCH | {"body": "Le mien."})

    assert (refused.value.current.number, refused.value.base) == (1, None)


def test_the_same_words_are_no_revision(guichet, editor):
    with pytest.raises(Invalid) as refused:
        save(guichet, "fr", 1, editor, **FRENCH)

    assert (refused.value.field, [row.number for row in all_of(Revision)], [text.number for text in all_of(Text)]) == ("body", [1], [1])


def test_a_translation_is_pinned_to_the_revision_it_was_made_from(guichet, editor):
    saved = save(guichet, "en", 0, editor, **ENGLISH)

    assert (saved.number, saved.translates_id) == (1, all_of(Revision)[0].id)
    assert behind(guichet, "en") is None


def test_a_translation_is_behind_in_the_fields_of_the_source_that_changed(guichet, editor):
    save(guichet, "en", 0, editor, **ENGLISH)
    save(guichet, "fr", 1, editor, **FRENCH | {"summary": "Un autre résumé."})

    assert behind(guichet, "en") == Behind(1, 2, ("summary",))


def test_an_edit_taken_back_leaves_nothing_behind(guichet, editor):
    save(guichet, "en", 0, editor, **ENGLISH)
    save(guichet, "fr", 1, editor, **FRENCH | {"body": "Autre."})
    save(guichet, "fr", 2, editor, **FRENCH)

    assert behind(guichet, "en") is None


def test_a_new_revision_of_the_translation_catches_up_and_a_minor_one_does_not(guichet, editor):
    save(guichet, "en", 0, editor, **ENGLISH)
    save(guichet, "fr", 1, editor, **FRENCH | {"body": "Autre."})
    save(guichet, "en", 1, editor, **ENGLISH | {"title": "One-stop shops"}, minor=True)
    assert behind(guichet, "en") == Behind(1, 2, ("body",))

    save(guichet, "en", 2, editor, **ENGLISH | {"body": "Other."})

    assert behind(guichet, "en") is None


def test_the_original_is_never_behind(guichet, editor):
    save(guichet, "fr", 1, editor, **FRENCH | {"body": "Autre."})

    assert behind(guichet, "fr") is None


QUICK, SLOW = timedelta(minutes=10), timedelta(minutes=10, seconds=1)


def continues(proposal, editor, **second):
    """Whether a second revision, saved so, continues the first of this editor."""
    save(proposal, "fr", 1, editor, **FRENCH | {"body": "Deux."})
    return save(proposal, "fr", 2, **{"by": editor, "after": QUICK} | FRENCH | {"body": "Trois."} | second).continues


@pytest.mark.parametrize(("second", "so"), [
    ({}, True), ({"minor": True}, True), ({"after": SLOW}, False), ({"note": "Pourquoi"}, False), ({"restores": 1}, False),
    ({"by": None}, False), ({"after": -QUICK}, False),
])  # fmt: skip
def test_a_save_soon_after_ones_own_continues_it_unless_it_has_a_tale_of_its_own(guichet, editor, second, so):
    assert continues(guichet, editor, **second) is so
    assert all_of(Event)[-1].details["continues"] is so


def test_a_save_after_somebody_elses_or_of_somebody_elses_words_continues_nothing(guichet, editor, coordinator, commenter):
    assert (continues(guichet, editor, by=coordinator), all_of(Revision)[-1].suggester_id) == (False, None)
    assert save(guichet, "fr", 3, coordinator, suggester=commenter, **FRENCH | {"body": "Quatre."}).continues is False
    assert (save(guichet, "fr", 4, coordinator, **FRENCH).continues, all_of(Revision)[-2].suggester_id) == (False, commenter.id)


def test_a_translation_of_a_newer_source_continues_nothing(guichet, editor):
    save(guichet, "en", 0, editor, **ENGLISH)
    assert save(guichet, "en", 1, editor, **ENGLISH | {"body": "B"}).continues is True
    save(guichet, "fr", 1, editor, **FRENCH | {"body": "Autre."})

    assert save(guichet, "en", 2, editor, **ENGLISH | {"body": "C"}).continues is False


def test_a_restored_translation_is_of_the_source_it_was_made_from(guichet, editor):
    save(guichet, "en", 0, editor, **ENGLISH)
    save(guichet, "fr", 1, editor, **FRENCH | {"body": "Autre."})
    save(guichet, "en", 1, editor, **ENGLISH | {"body": "Other."})
    assert behind(guichet, "en") is None

    save(guichet, "en", 2, editor, restores=1, **ENGLISH)

    assert behind(guichet, "en") == Behind(1, 2, ("body",))


def test_revisions_are_listed_original_first_and_newest_first(guichet, editor):
    save(guichet, "en", 0, editor, **ENGLISH)
    save(guichet, "fr", 1, editor, **FRENCH | {"body": "Autre."})

    with reading() as session:
        rows = revisions.listed(session, guichet)

    assert [(row.language, row.number, row.last, row.name, row.translates) for row in rows] == [
        ("fr", 2, 2, "Emil Novák", None), ("fr", 1, 2, None, None), ("en", 1, 1, "Emil Novák", 1),
    ]  # fmt: skip


def test_a_revision_that_never_was_is_missing(guichet):
    with reading() as session, pytest.raises(Missing):
        revisions.one(session, guichet, "fr", 2)

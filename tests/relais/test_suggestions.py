"""Suggestions: made by whoever may comment, kept through later revisions, and decided once."""

import pytest
from sqlmodel import select

from models import Event, Revision, Suggestion
from models.suggestion import SuggestionState
from relais import suggestions, texts
from relais.access import VISITOR, reader_for
from relais.db import reading, writing
from relais.errors import Forbidden, Invalid, Missing, Refused
from relais.suggestions import DeclineForm, SuggestionForm
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import a_proposal
from tests.relais.races import names, race

BODY = "The first paragraph.\n\nThe second paragraph.\n\nThe third paragraph."


@pytest.fixture
def guichet(public_affairs, editor):
    proposal = a_proposal("guichet-unique", public_affairs)
    save(proposal, editor, BODY)
    return proposal


def save(proposal, by, body, language="fr"):
    with writing() as session:
        text = texts.of(session, proposal, language)
        words = {"title": text.title, "summary": text.summary} if text else {"title": "Guichet"}
        return texts.save(session, proposal, language, TextForm(**words, body=body), base=text.number if text else 0, by=by, now=NOW)


def suggest(proposal, by, body, base=None, **more):
    with writing() as session:
        text = texts.of(session, proposal, "fr")
        form = SuggestionForm(title=text.title, summary=text.summary, body=body, **more)
        return suggestions.make(session, proposal, "fr", form, base=base or text.number, by=by, now=NOW)


def seen(suggestion, proposal):
    """What it would make of the text now: (the body with it, where it meets what changed since)."""
    with reading() as session:
        kept = session.get_one(Suggestion, suggestion.id)
        found = suggestions.outlook(session, kept, texts.of(session, proposal, "fr"))
        return found.words["body"], found.meets


def accept(proposal, suggestion, by, **amended):
    with writing() as session:
        kept = session.get_one(Suggestion, suggestion.id)
        text = texts.of(session, proposal, "fr")
        words = suggestions.outlook(session, kept, text).words | amended
        form = TextForm(**words, note=kept.note)
        return suggestions.accept(
            session, kept, text, proposal, form, version=suggestion.version, base=text.number, by=by, now=NOW
        )  # fmt: skip


def state(suggestion):
    with reading() as session:
        return session.get_one(Suggestion, suggestion.id).state


def test_an_accepted_suggestion_is_a_revision_of_both(guichet, commenter, editor):
    suggestion = suggest(guichet, commenter, BODY.replace("second", "better"), note="Clearer")

    saved = accept(guichet, suggestion, editor)

    assert (saved.author_id, saved.suggester_id, saved.note, "The better paragraph." in saved.body) == (
        editor.id,
        commenter.id,
        "Clearer",
        True,
    )
    assert (state(suggestion), saved.continues) == (SuggestionState.ACCEPTED, False)
    with reading() as session:
        kinds = [(event.kind.value, event.public) for event in session.exec(select(Event).order_by(Event.id)).all()][-3:]
    assert kinds == [("suggestion_made", False), ("text_saved", True), ("suggestion_taken", False)]


def test_it_survives_what_others_save_elsewhere_in_the_text(guichet, commenter, editor):
    suggestion = suggest(guichet, commenter, BODY.replace("second", "better"))
    save(guichet, editor, BODY.replace("third", "last"))

    assert seen(suggestion, guichet) == ("The first paragraph.\n\nThe better paragraph.\n\nThe last paragraph.", ())


def test_it_says_where_it_meets_what_others_saved(guichet, commenter, editor):
    suggestion = suggest(guichet, commenter, BODY.replace("second", "better"))
    save(guichet, editor, BODY.replace("second", "other"))

    body, meets = seen(suggestion, guichet)

    assert meets == ("body",)
    assert "The better paragraph." in body
    assert "The other paragraph." in body


def test_other_words_than_proposed_amend_it(guichet, commenter, editor):
    suggestion = suggest(guichet, commenter, BODY.replace("second", "better"))

    saved = accept(guichet, suggestion, editor, body=BODY.replace("second", "best"))

    assert (state(suggestion), saved.suggester_id) == (SuggestionState.AMENDED, commenter.id)


def test_a_declined_one_keeps_the_reason_and_the_text_as_it_was(guichet, commenter, editor):
    suggestion = suggest(guichet, commenter, BODY + "\n\nMore.")

    with writing() as session:
        kept = session.get_one(Suggestion, suggestion.id)
        suggestions.decline(session, kept, guichet, DeclineForm(reason="Said above"), version=1, by=editor, now=NOW)

    with reading() as session:
        kept = session.get_one(Suggestion, suggestion.id)
        assert (kept.state, kept.reason, kept.decider_id) == (SuggestionState.DECLINED, "Said above", editor.id)
        assert texts.of(session, guichet, "fr").body == BODY


def test_its_author_alone_withdraws_it_and_only_while_it_is_open(guichet, commenter, editor):
    suggestion = suggest(guichet, commenter, BODY + "\n\nMore.")

    with writing() as session, pytest.raises(Forbidden):
        suggestions.withdraw(session, session.get_one(Suggestion, suggestion.id), guichet, version=1, by=editor, now=NOW)
    with writing() as session:
        suggestions.withdraw(session, session.get_one(Suggestion, suggestion.id), guichet, version=1, by=commenter, now=NOW)
    with pytest.raises(Refused, match="already"):
        accept(guichet, suggestion, editor)

    assert state(suggestion) is SuggestionState.WITHDRAWN


def test_of_many_who_decide_at_once_one_does(guichet, commenter, editor):
    suggestion = suggest(guichet, commenter, BODY.replace("second", "better"))

    outcomes = race(*[lambda: accept(guichet, suggestion, editor)] * 8)

    assert names(outcomes) == ["Refused"] * 7 + ["won"]
    with reading() as session:
        taken = session.exec(select(Revision).where(Revision.suggester_id == commenter.id)).all()
    assert len(taken) == 1


def test_a_suggestion_that_changes_nothing_is_refused(guichet, commenter):
    with pytest.raises(Invalid, match="Nothing changed"):
        suggest(guichet, commenter, BODY)


def test_a_suggestion_on_a_revision_there_is_not_is_refused(guichet, commenter):
    with pytest.raises(Invalid, match="no such revision"):
        suggest(guichet, commenter, "Other", base=99)


def test_only_the_group_sees_it(guichet, commenter, observer, stranger):
    suggestion = suggest(guichet, commenter, BODY + "\n\nMore.")

    with reading() as session:
        suggestions.find(session, suggestion.id, guichet, reader_for(session, observer))
        for outsider in (VISITOR, reader_for(session, stranger)):
            with pytest.raises(Missing):
                suggestions.find(session, suggestion.id, guichet, outsider)
            assert suggestions.listed(session, guichet, outsider) == []

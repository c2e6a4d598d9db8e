from datetime import timedelta

import pytest

from models import Membership, Proposal, Suggestion, Text
from models.group import Role
from relais import queue, texts
from relais.access import VISITOR, reader_for
from relais.db import reading, writing
from relais.queue import Wait
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import (
    a_corrected_entry,
    a_corrected_position,
    a_position,
    a_proposal,
    a_source,
    an_actor,
    an_entry,
    counted,
    moved,
)


@pytest.fixture
def guichet(public_affairs):
    """Nothing about it waits: its only move has a source."""
    a_source("report")
    return a_proposal("guichet-unique", public_affairs, cites="report")


def waits(person, language="en"):
    """Group, proposal, and what waits there: kind and path."""
    with reading() as session:
        shares = queue.of(session, reader_for(session, person), language)
    piles = [(share.group.slug, pile) for share in shares for pile in share.piles]
    return [(group, pile.title.slug, [(one.kind.value, one.path) for one in pile.waiting]) for group, pile in piles]


def saved(proposal, tongue, base, now=NOW, **words):
    with writing() as session:
        form = TextForm(**{"title": "Titre de guichet-unique", "summary": "Un résumé.", "body": "Le *corps*."} | words)
        texts.save(session, proposal, tongue, form, base=base, by=None, now=now)


def a_suggestion(proposal, by, now=NOW, **facts):
    with writing() as session:
        text = texts.of(session, proposal, "fr")
        row = Suggestion(text_id=text.id, base_number=1, title="Mieux", author_id=by.id, made_at=now, **facts)
        session.add(row)
    return row


def only(kind, path):
    return [("european-public-affairs", "guichet-unique", [(kind, path)])]


def test_nothing_waits_where_nothing_does(guichet, editor):
    assert waits(editor) == []


def test_an_open_suggestion_waits(guichet, editor, commenter):
    suggestion = a_suggestion(guichet, commenter)
    a_suggestion(guichet, commenter, state="declined", decided_at=NOW, decider_id=editor.id)

    assert waits(editor) == only("suggestion", f"/proposals/guichet-unique/suggestions/{suggestion.id}")


def test_a_lead_waits_as_its_last_wording(guichet, editor):
    entry = an_entry("decision", leads=(guichet,))
    assert waits(editor) == only("lead", f"/proposals/guichet-unique#e{entry.id}")

    newer = a_corrected_entry(entry, editor, on="2026-10-05")

    assert waits(editor) == only("lead", f"/proposals/guichet-unique#e{newer.id}")


def test_a_position_without_a_source_waits_until_it_is_given_one_or_corrected_away(guichet, editor):
    an_actor("france")
    a_position(guichet, "france", cites="report")
    bare = a_position(guichet, "france", "opposes")
    assert waits(editor) == only("position", f"/positions/{bare.id}/citations/new")

    a_corrected_position(guichet, bare, editor, actor="france", stance="neutral", citations=[{"source": "report"}])

    assert waits(editor) == []


def test_a_move_without_a_source_waits(guichet, editor):
    move = moved(guichet, "backed", on="2023-01-01")

    assert waits(editor) == only("move", f"/moves/{move.id}/citations/new")


def test_a_position_given_on_an_older_text_waits_to_be_confirmed(guichet, editor):
    an_actor("france")
    a_position(guichet, "france", on="2022", cites="report")
    saved(guichet, "fr", 1, NOW + timedelta(days=1), summary="Corrigé.", minor=True)
    assert waits(editor) == []
    saved(guichet, "fr", 2, NOW + timedelta(days=2), summary="Autre chose.")
    assert waits(editor) == only("older_text", "/proposals/guichet-unique/positions/new?actor=france")

    a_position(guichet, "france", on="2023", cites="report")

    assert waits(editor) == []


def test_a_translation_waits_field_by_field(guichet, editor):
    saved(guichet, "en", 0, title="One-stop shop")
    assert waits(editor) == []
    saved(guichet, "fr", 1, NOW + timedelta(days=1), body="Un autre *corps*.")
    saved(guichet, "fr", 2, NOW + timedelta(days=2), body="Un autre *corps*.", summary="Un autre résumé.")

    with reading() as session:
        (share,) = queue.of(session, reader_for(session, editor), "en")
    (one,) = share.piles[0].waiting

    assert (one.kind, one.path, one.since) == (Wait.TRANSLATION, "/proposals/guichet-unique/texts/en/edit", NOW + timedelta(days=1))
    assert (one.row.language, bool(one.row.title), bool(one.row.summary), bool(one.row.body)) == ("en", False, True, True)


def test_a_source_that_says_again_what_it_said_leaves_nothing_to_translate(guichet, editor):
    saved(guichet, "en", 0, title="One-stop shop")
    saved(guichet, "fr", 1, body="Un autre *corps*.")
    saved(guichet, "fr", 2)

    with reading() as session:
        text = session.get_one(Text, 2)
        assert texts.behind(session, guichet, text) is None
    assert waits(editor) == []


def test_the_oldest_comes_first_and_the_proposal_that_waits_longest(guichet, public_affairs, editor, commenter):
    other = a_proposal("autre", public_affairs, cites="report")
    first = a_suggestion(other, commenter, NOW - timedelta(days=3))
    second = a_suggestion(guichet, commenter, NOW - timedelta(days=2))
    third = a_suggestion(other, commenter, NOW - timedelta(days=1))

    assert [(slug, [int(path.rsplit("/", 1)[1]) for _, path in inside]) for _, slug, inside in waits(editor)] == [
        ("autre", [first.id, third.id]), ("guichet-unique", [second.id]),
    ]  # fmt: skip


def test_only_who_edits_has_a_queue_and_only_of_their_groups(guichet, social_tech, editor, coordinator, commenter, observer, stranger):
    an_entry("decision", leads=(guichet,))
    other = a_proposal("autre", social_tech, cites="report")
    an_entry("vote", leads=(other,), group_id=social_tech.id, public=False)

    assert [[slug for _, slug, _ in waits(person)] for person in (editor, coordinator, commenter, observer, stranger)] == [
        ["guichet-unique"], ["guichet-unique"], [], [], ["autre"],
    ]  # fmt: skip
    with reading() as session:
        assert queue.of(session, VISITOR, "en") == []


def test_a_lead_another_group_keeps_to_itself_is_not_told(guichet, social_tech, editor):
    an_entry("secret", leads=(guichet,), group_id=social_tech.id, public=False)

    assert waits(editor) == []


def test_who_comments_in_a_second_group_hears_nothing_from_there(guichet, social_tech, editor):
    other = a_proposal("autre", social_tech)
    with writing() as session:
        session.get_one(Proposal, other.id).public = False
        session.add(Membership(group_id=social_tech.id, person_id=editor.id, role=Role.COMMENTER, joined_at=NOW))

    assert waits(editor) == []


def test_it_takes_as_many_queries_for_one_of_everything_as_for_three(guichet, editor, commenter, engine):
    def fill(number):
        an_actor(f"actor-{number}")
        a_position(guichet, f"actor-{number}")
        an_entry(f"lead-{number}", leads=(guichet,))
        a_suggestion(guichet, commenter)
        saved(guichet, "fr", number, summary=f"Résumé {number}")

    saved(guichet, "en", 0, title="One-stop shop")
    taken = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            fill(number)
        with reading() as session:
            reader = reader_for(session, editor)
            with counted(engine) as said:
                queue.of(session, reader, "en")
        taken.append(len(said))

    assert taken == [8, 8]

"""Search: words in any form and either language, in one order on both engines, and only what the reader may open."""

from datetime import timedelta

import pytest
from sqlmodel import select, text

from models import Comment, Proposal
from models.group import Role
from models.search import SearchRow
from relais import comments, index, search
from relais.access import VISITOR, Reader
from relais.comments import CommentForm, moderation
from relais.comments.moderation import ReasonForm
from relais.db import reading, writing
from relais.search import Narrowing, question
from tests.days import NOW
from tests.public_record import (
    a_comment,
    a_corrected_entry,
    a_proposal,
    a_source,
    a_theme,
    an_actor,
    an_entry,
    moved,
)
from tests.relais.searching import found, write


@pytest.fixture
def commons(public_affairs):
    """`guichet`, in both languages."""
    proposal = a_proposal("guichet", public_affairs)
    words = {"title": "Les communs numériques européens", "summary": "Œuvrer à l’accessibilité", "body": "Pour les *logiciels libres*."}
    write(proposal, "fr", base=1, **words)
    write(proposal, "en", title="Digital commons", summary="Notes on presidencies", body="Funding open data across Europe.")
    return proposal


@pytest.mark.parametrize(
    "typed",
    [
        "communs", "commun", "COMMUNS", "numérique", "numeriques", "européenne", "europeen", "oeuvrer", "œuvrer", "l'accessibilité",
        "accessibilite", "logiciel libre", "commons", "presidency", "note", "fund", "les communs", "numériques commons", "acces",
        "accessibili", "« communs numériques »", '"logiciels libres"', '"open data"', "“Open Data” commun",
    ],
)  # fmt: skip
def test_words_are_found_in_any_form(commons, typed):
    assert found(typed) == [f"proposal {commons.id}"]


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "…", '""', "propriétaire", "communs propriétaires", "not ", '"numériques communs"', '"libres digital"',
        '"accessibilité pour"', '"logiciel libre"', "accessibi ", "fundin ", "guichet", "\0", "x\0y", "AND", "NEAR(", "commun*x",
        "search_text:communs",
        "'; DROP",
    ],
)  # fmt: skip
def test_what_nobody_said_is_not_found(commons, typed):
    assert found(typed) == []


def test_words_only_a_hostile_text_has_are_words_like_others(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    said = 'q" OR "x * \\ \' & | ! <-> :* NOT(éé) \u0301 ² ελληνικά Ё 漢字 e1f2'
    comment = a_comment(proposal, editor, said, public=True)

    assert [found(one) for one in ("q or x not", "ελληνικα", "ё", "漢字 e1f2", "NOT", said)] == [[f"comment {comment.id}"]] * 6


def test_the_longest_of_words_and_questions_are_answered(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    comment = a_comment(proposal, editor, "x" * 19_000, public=True)

    assert found("x" * 8000) == [f"comment {comment.id}"]
    assert found("mot " * 2000) == found('"' * 8000) == []


def test_title_comes_first_then_summary_then_the_rest_and_the_newest_first_in_each(public_affairs):
    said = [{"body": "Ponts."}, {"summary": "Ponts"}, {"title": "Ponts"}, {"title": "Ponts", "body": "Ponts"}, {"body": "Pont pont"}]
    made = []
    for number, words in enumerate(said):
        made.append(a_proposal(f"p{number}", public_affairs))
        write(made[-1], "fr", base=1, **words)

    assert found("ponts") == [f"proposal {made[number].id}" for number in (3, 2, 1, 4, 0)]


def test_of_one_place_the_newest_day_comes_first_and_proposals_before_what_is_said_of_them(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    write(proposal, "fr", base=1, body="Des ponts.")
    said = [a_comment(proposal, editor, f"Des ponts {number}.", public=True) for number in range(2)]
    with writing() as session:
        late = comments.post(session, proposal, CommentForm(body="Ponts", public=True), by=editor, now=NOW + timedelta(days=1))
    old = an_entry("old", proposal, on="2021-03-04", title_fr="Un vote", note_fr="Des ponts")
    never = a_source("ponts", title="Rapport", note_fr="Des ponts")

    hits = [f"comment {late.id}", f"proposal {proposal.id}", *(f"comment {one.id}" for one in reversed(said))]
    assert found("ponts") == [*hits, f"entry {old.id}", f"source {never.id}"]


def test_every_kind_of_record_is_found(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs, instrument_fr="Règlement zèbre", procedure="2022/0379(COD)")
    entry = an_entry("vote", proposal, title_fr="Vote", title_en="Vote", outcome_en="Gazelles won", on="2022-01-01")
    comment = a_comment(proposal, editor, "Un zèbre, two zebras", public=True)
    source = a_source("report", title="Zèbre", publisher="Presse du zoo", url="https://zoo.example/zebre")
    actor = an_actor("zoo", name_fr="Zoo de Vincennes", name_en="Vincennes zoo", note_fr="Des zèbres")

    assert set(found("zebre")) == {f"{kind} {row.id}" for kind, row in (
        ("proposal", proposal), ("comment", comment), ("source", source), ("actor", actor),
    )}  # fmt: skip
    assert found("gazelle") == [f"entry {entry.id}"]
    assert (found("2022/0379(COD)"), found("vincennes zoo")) == ([f"proposal {proposal.id}"], [f"actor {actor.id}"])


# --- who sees what ------------------------------------------------------------------------------------------------------


def test_nothing_is_found_that_the_reader_may_not_open(public_affairs, social_tech, editor, coordinator, stranger):
    shown, hidden = a_proposal("guichet", public_affairs), a_proposal("cachee", public_affairs)
    write(hidden, "fr", base=1, body="canari")
    said = {name: a_comment(shown, editor, f"canari {name}", public=name != "private") for name in ("public", "private", "hushed")}
    of_hidden = a_comment(hidden, editor, "canari", public=True)
    kept = an_entry("kept", shown, title_fr="canari", public=False, group_id=public_affairs.id)
    about_hidden = an_entry("about-hidden", hidden, title_fr="canari")
    with writing() as session:
        hushed = session.get_one(Comment, said["hushed"].id)
        moderation.hide(session, hushed, session.get_one(Proposal, shown.id), ReasonForm(reason="No"), by=coordinator, now=NOW)
        session.get_one(Proposal, hidden.id).public = False

    mine = [f"proposal {hidden.id}", *(f"comment {one.id}" for one in (said["public"], said["private"], of_hidden))]
    mine += [f"entry {one.id}" for one in (kept, about_hidden)]
    inside, leading = (Reader(roles={public_affairs.id: role}) for role in (Role.OBSERVER, Role.COORDINATOR))
    assert found("canari") == found("canari", Reader(stranger, {social_tech.id: Role.COORDINATOR})) == [f"comment {said['public'].id}"]
    assert sorted(found("canari", inside)) == sorted(mine)
    assert sorted(found("canari", leading)) == sorted([*mine, f"comment {hushed.id}"])


def test_what_was_changed_or_taken_back_is_found_by_what_it_says_now(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    write(proposal, "fr", base=1, body="Avant")
    edited, removed = (a_comment(proposal, editor, f"avant {number}", public=True) for number in range(2))
    old = an_entry("vote", proposal, title_fr="Avant", on="2022-01-01")

    write(proposal, "fr", base=2, body="Après")
    with writing() as session:
        form = CommentForm(body="Après", public=True)
        comments.edit(session, session.get_one(Comment, edited.id), proposal, form, version=1, by=editor, now=NOW)
        comments.remove(session, session.get_one(Comment, removed.id), proposal, version=1, by=editor, now=NOW)
    new = a_corrected_entry(old, editor, on="2022-02-01", title_fr="Après")

    assert found("avant") == []
    assert found("apres") == [f"entry {new.id}", f"proposal {proposal.id}", f"comment {edited.id}"]


def test_what_is_rolled_back_is_not_found(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)

    with writing() as session:
        comments.post(session, proposal, CommentForm(body="canari", public=True), by=editor, now=NOW)
        session.rollback()

    assert found("canari") == []


# --- narrowed -----------------------------------------------------------------------------------------------------------


def test_hits_are_narrowed_by_kind_language_stage_and_theme_of_the_proposals_they_are_about(public_affairs, editor):
    a_theme("commons")
    one, other = a_proposal("un", public_affairs, themes=["commons"]), a_proposal("autre", public_affairs)
    write(other, "en", title="Zebra")
    for proposal in (one, other):
        write(proposal, "fr", base=1, title="Zebra")
    moved(other, "backed", "2022-07-01")
    comment = a_comment(one, editor, "Zebra", public=True)
    entry = an_entry("zebra", one, title_fr="Zebra", title_en="")
    of_one, both = [f"entry {entry.id}", f"proposal {one.id}", f"comment {comment.id}"], [f"proposal {other.id}", f"proposal {one.id}"]

    assert sorted(found("zebra", kind="proposal")) == sorted(both)
    assert found("zebra", tongue="en") == [f"proposal {other.id}"]
    assert sorted(found("zebra", stage="published")) == sorted(found("zebra", theme="commons")) == sorted(of_one)
    assert found("zebra", theme="commons", stage="backed") == []
    assert found("zebra", theme="commons", kind="comment") == [f"comment {comment.id}"]


def test_what_cannot_be_asked_for_asks_nothing():
    asked = search.narrowing({"kind": "person", "tongue": "xx", "stage": "gone", "theme": "a\0", "q": "x"})

    assert (asked, search.narrowing({"kind": "entry", "theme": "t"})) == (Narrowing(), Narrowing(kind="entry", theme="t"))


def test_of_too_many_hits_the_newest_are_kept_with_the_oldest_that_say_it_in_their_title(engine, public_affairs, monkeypatch):
    monkeypatch.setattr(search, "MOST", 3)
    made = [a_proposal(f"p{number}", public_affairs) for number in range(6)]
    for number, proposal in enumerate(made):
        write(proposal, "fr", base=1, **({"title": "Ponts"} if number == 0 else {"body": "Ponts"}))

    with reading() as session:
        hits = search.find(session, VISITOR, question.read("ponts"), Narrowing())

    assert ([hit.record_id for hit in hits.hits], hits.more) == ([made[number].id for number in (0, 5, 4)], True)


# --- the index ----------------------------------------------------------------------------------------------------------


def test_a_rebuilt_index_is_the_one_that_was_kept(commons, public_affairs, editor):
    a_comment(commons, editor, "Des communs")
    an_entry("vote", commons)
    a_source("report")
    an_actor("mednum")
    with reading() as session:
        kept = [row.model_dump() for row in session.exec(select(SearchRow).order_by(SearchRow.id))]
        sound = list(index.wrong(session))
    with writing() as session:
        many = index.rebuild(session)

    with reading() as session:
        assert [row.model_dump() for row in session.exec(select(SearchRow).order_by(SearchRow.id))] == kept
        assert (many, sound, list(index.wrong(session))) == (5, [], [])


def test_what_the_index_lacks_or_has_too_much_is_told(commons, public_affairs, editor):
    comment = a_comment(commons, editor, "Des communs")
    with writing() as session:
        session.connection().execute(text("UPDATE search_rows SET search_text = 'w0x' WHERE kind = 'comment'"))
        session.connection().execute(text("UPDATE search_rows SET record_id = 77 WHERE kind = 'proposal'"))

    with reading() as session:
        told = list(index.wrong(session))

    assert told == [f"proposal {commons.id} is not found by its words", f"comment {comment.id} is not found by its words"]

"""Two changes of one text, merged for a person to check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Revision, Text
from relais.texts import TextForm, conflict
from relais.texts.merge import apart, merged
from tests.days import NOW

BASE = "L’idée est de créer une plateforme pour des financements publiques.\n\nElle oriente.\n\nElle informe."


def test_changes_of_different_words_of_one_paragraph_are_both_kept():
    mine = BASE.replace("publiques.", "publiques et des aides.")
    theirs = BASE.replace("une plateforme", "une vraie plateforme")

    assert merged(BASE, mine, theirs) == BASE.replace("une plateforme", "une vraie plateforme").replace(
        "publiques.", "publiques et des aides."
    )


def test_changes_of_different_paragraphs_are_both_kept():
    mine, theirs = BASE.replace("Elle oriente.", "Elle guide."), BASE.replace("Elle informe.", "Elle répond.")

    assert merged(BASE, mine, theirs) == BASE.replace("Elle oriente.", "Elle guide.").replace("Elle informe.", "Elle répond.")


def test_where_both_rewrote_one_sentence_both_versions_stand():
    both = merged("Elle oriente.", "Nous guidons chacun.", "Tous sont accueillis.")

    assert [words for words in ("Nous guidons chacun.", "Tous sont accueillis.") if words not in both] == []


@pytest.mark.parametrize(("mine", "theirs", "expected"), [("b", "a", "b"), ("a", "b", "b"), ("b", "b", "b"), ("a", "a", "a")])
def test_who_changed_nothing_takes_nothing_away(mine, theirs, expected):
    assert merged("a", mine, theirs) == expected


def test_a_paragraph_one_removed_and_the_other_left_alone_is_gone():
    mine = "L’idée est de créer une plateforme pour des financements publiques.\n\nElle informe."

    assert merged(BASE, mine, BASE + "\n\nElle dure.") == mine + "\n\nElle dure."


@pytest.mark.parametrize(("mine", "theirs", "expected"), [
    ("a\n\nB\n\nc", "A\n\nb\n\nc", "A\n\nB\n\nc"),  # side by side
    ("a\n\nb\n\nc\n\nmine", "a\n\nb\n\nc\n\ntheirs", "a\n\nb\n\nc\n\ntheirs\n\nmine"),  # both at the end
    ("new\n\na\n\nb\n\nc", "A\n\nb\n\nc", "new\n\nA\n\nb\n\nc"),  # before what they changed
    ("a\n\nB\n\nc", "a\n\nB\n\nC", "a\n\nB\n\nC"),  # one change made twice
    ("a\n\nc", "a\n\nb\n\nc\n\nd", "a\n\nc\n\nd"),
    ("b\n\nc", "a\n\nb", "b"),
])  # fmt: skip
def test_changes_of_different_paragraphs_merge_by_themselves(mine, theirs, expected):
    assert apart("a\n\nb\n\nc", mine, theirs) == expected


@pytest.mark.parametrize(("mine", "theirs"), [
    ("a\n\nB\n\nc", "a\n\nβ\n\nc"), ("a\n\nc", "a\n\nB\n\nc"), ("A\n\nB\n\nC", "a\n\nβ\n\nc"), ("c", "a\n\nnew\n\nb\n\nc"),
])  # fmt: skip
def test_changes_that_meet_in_a_paragraph_do_not(mine, theirs):
    assert (apart("a\n\nb\n\nc", mine, theirs), apart("a\n\nb\n\nc", theirs, mine)) == (None, None)


WORDS = st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "\n\n"]), max_size=12).map(" ".join)


@given(WORDS, WORDS, WORDS)
def test_no_word_anybody_added_is_lost(base, mine, theirs):
    both = merged(base, mine, theirs)

    added = (set(mine.split()) | set(theirs.split())) - set(base.split())
    assert added - set(both.split()) == set()


def test_a_conflict_tells_each_field_and_a_title_stays_on_one_line():
    base = Revision(text_id=1, number=1, title="Guichet", summary="Un.", body="Deux.", saved_at=NOW)
    current = Text(proposal_id=1, language="fr", title="Un tout autre nom", summary="Un.", body="Deux. Trois.", number=2, saved_at=NOW)

    clashes = {clash.name: clash for clash in conflict.between(current, base, TextForm(title="Le mien", summary="Un.", body="Zéro. Deux."))}

    assert [clash.name for clash in clashes.values() if clash.touched] == ["title", "body"]
    assert "\n" not in clashes["title"].merged
    assert clashes["body"].merged == "Zéro. Deux. Trois."


def test_a_text_begun_twice_from_an_empty_page_holds_both():
    current = Text(proposal_id=1, language="de", title="Ihres", summary="", body="Ihr Text.", number=1, saved_at=NOW)

    clashes = {clash.name: clash for clash in conflict.between(current, None, TextForm(title="Meins", body="Mein Text."))}

    assert [words for words in ("Ihr Text.", "Mein Text.") if words not in clashes["body"].merged] == []

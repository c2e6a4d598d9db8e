"""What changed between two texts, word by word."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relais.texts import diff
from relais.texts.diff import Change, Piece

SAME, ADDED, REMOVED = Change.SAME, Change.ADDED, Change.REMOVED


def test_one_word_is_replaced_and_the_rest_stands():
    pieces = diff.words("des financements publiques par les communautés", "des financements publics par les communautés")

    assert pieces == [
        Piece(SAME, "des financements "), Piece(REMOVED, "publiques"), Piece(ADDED, "publics"), Piece(SAME, " par les communautés"),
    ]  # fmt: skip
    assert diff.counted(pieces) == (1, 1)


def test_a_word_with_an_apostrophe_is_one_word():
    pieces = diff.words("l’Etat", "l’État")

    assert pieces == [Piece(REMOVED, "l’Etat"), Piece(ADDED, "l’État")]


def test_the_same_text_has_not_changed():
    pieces = diff.words("Un texte.", "Un texte.")

    assert (pieces, diff.changed(pieces)) == ([Piece(SAME, "Un texte.")], False)


@pytest.mark.parametrize(("old", "new", "pieces"), [("", "", []), ("", "new", [Piece(ADDED, "new")]), ("old", "", [Piece(REMOVED, "old")])])
def test_nothing_and_something(old, new, pieces):
    assert diff.words(old, new) == pieces


def test_each_side_is_cut_into_its_own_paragraphs():
    pieces = diff.words("Un.\n\nDeux.", "Un.\n\nTrois.\n\nQuatre.")

    assert ["".join(piece.text for piece in paragraph) for paragraph in diff.paragraphs(diff.before(pieces))] == ["Un.", "Deux."]
    assert ["".join(piece.text for piece in paragraph) for paragraph in diff.paragraphs(diff.after(pieces))] == ["Un.", "Trois.", "Quatre."]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_the_two_sides_give_both_texts_back(old, new):
    pieces = diff.words(old, new)

    assert "".join(piece.text for piece in diff.before(pieces)) == old
    assert "".join(piece.text for piece in diff.after(pieces)) == new


def test_two_long_texts_with_nothing_in_common_do_not_take_long():
    old, new = (" ".join(f"{letter}{n}" for n in range(14_000)) for letter in "ab")

    started = time.monotonic()
    pieces = diff.words(old, new)

    assert time.monotonic() - started < 3
    assert "".join(piece.text for piece in diff.after(pieces)) == new

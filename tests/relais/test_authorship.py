"""Whose words a text is made of, revision by revision."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from relais.texts import authorship


def written(*bodies, restores=()):
    """Who wrote what of the last of these bodies: per paragraph the words with the number of their revision."""
    came_back = dict(restores)
    rows = [
        SimpleNamespace(number=number, title="T", summary="", body=body, restores=came_back.get(number))
        for number, body in enumerate(bodies, 1)
    ]
    return [[(one.text, one.number) for one in paragraph.passages] for paragraph in authorship.of(rows)["body"]]


def test_what_nobody_touched_is_its_first_writers():
    assert written("Un.\n\nDeux.", "Un.\n\nDeux.\n\nTrois.") == [[("Un.\n", 1)], [("Deux.\n", 1)], [("Trois.", 2)]]


def test_words_put_in_are_told_from_those_around_them():
    assert written("Un guichet répond.", "Un guichet unique répond.", "Un vrai guichet unique répond.") == [
        [("Un ", 1), ("vrai ", 3), ("guichet ", 1), ("unique ", 2), ("répond.", 1)]
    ]


def test_a_paragraph_that_moved_in_its_text_is_the_movers_and_one_that_stayed_is_not():
    assert written("A un.\n\nB deux.\n\nC trois.", "A un.\n\nC trois.") == [[("A un.\n", 1)], [("C trois.", 1)]]


def test_what_is_restored_is_its_first_writers_again():
    assert written("Un.\n\nDeux.", "Un.", "Un.\n\nDeux.", restores={3: 1}.items()) == [[("Un.\n", 1)], [("Deux.", 1)]]
    assert written("Un.\n\nDeux.", "Un.", "Un.\n\nDeux.") == [[("Un.\n", 1)], [("Deux.", 3)]]


def test_all_fields_are_told_and_an_empty_one_has_nothing_to_tell():
    rows = [SimpleNamespace(number=1, title="Un titre", summary="", body="", restores=None)]

    told = authorship.of([*rows, SimpleNamespace(number=2, title="Un autre titre", summary="Neuf", body="", restores=None)])

    assert {name: [paragraph.numbers for paragraph in paragraphs] for name, paragraphs in told.items()} == {
        "title": [[1, 2]], "summary": [[2]], "body": [],
    }  # fmt: skip


BODIES = st.lists(st.lists(st.sampled_from(["un", "deux", "\n", "\n\n", "trois."]), max_size=8).map(" ".join), min_size=1, max_size=5)


@given(BODIES)
def test_all_words_are_told_once_and_each_is_in_the_revision_it_is_said_to_come_from(bodies):
    told = written(*bodies)

    assert "".join(text for paragraph in told for text, _ in paragraph).split() == bodies[-1].split()
    assert [word for paragraph in told for text, number in paragraph for word in text.split() if word not in bodies[number - 1]] == []

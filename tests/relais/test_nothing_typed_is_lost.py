"""Whatever two people write from one revision, all either of them typed is in the text that is saved, or in the fields they are shown.

`RELAIS_EXAMPLES` tries more than the few of every day; how many were tried is told at the end.
"""

import os
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Revision, Text
from relais.texts import TextForm, conflict
from relais.texts.merge import apart, merged
from tests.days import NOW

EXAMPLES = int(os.environ.get("RELAIS_EXAMPLES", "150"))
trials = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
TRIED = {"merged by themselves": 0, "shown to a person": 0}

WORDS = ("un", "guichet", "répond", "à", "chacun", "d’Europe", "*vite*", "2027", "(et", "bien).", "- liste", "## Titre")
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), min_size=1, max_size=6)
ACTS = ("add words", "add a paragraph", "rewrite", "remove", "remove words", "move", "split", "join")
PLACES = st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 99), st.integers(1, 3))


class Writer:
    """Changes a text by acts at random, and remembers what they typed: words nobody else has."""

    def __init__(self, name: str) -> None:
        self.name, self.numbers, self.typed = name, count(1), []

    def words(self, number: int) -> str:
        run = " ".join(f"{self.name}{next(self.numbers)}" for _ in range(number))
        self.typed.append(run)
        return run

    def change(self, paragraphs: list[str], acts: list[tuple[str, int, int, int]]) -> str:
        text = list(paragraphs)
        for act, where, word, number in acts:
            self._act(text, act, where % len(text), word, number)
        whole = "\n\n".join(text)
        self.typed = [run for run in self.typed if run in whole]  # what one takes out again oneself is not lost
        return whole

    def _act(self, text: list[str], act: str, at: int, word: int, number: int) -> None:
        words = text[at].split(" ")
        place = word % (len(words) + 1)
        if act == "add words":
            text[at] = " ".join([*words[:place], self.words(number), *words[place:]])
        elif act == "add a paragraph":
            text.insert(at, self.words(number))
        elif act == "rewrite":
            text[at] = self.words(number)
        elif act == "remove" and len(text) > 1:
            del text[at]
        elif act == "remove words":
            text[at] = " ".join(words[:place]) or words[0]
        elif act == "move":
            text.insert(word % len(text), text.pop(at))
        elif act == "split":
            text[at : at + 1] = [part for part in (" ".join(words[:place]), " ".join(words[place:])) if part]
        elif act == "join" and at + 1 < len(text):
            text[at : at + 2] = [f"{text[at]} {text[at + 1]}"]


@pytest.fixture(scope="module", autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n{sum(TRIED.values())} pairs of writers: " + ", ".join(f"{number} {how}" for how, number in TRIED.items()))


CHANGES = st.lists(PLACES, max_size=5)


@trials
@given(PARAGRAPHS, CHANGES, CHANGES)
def test_every_run_of_words_either_typed_is_in_the_text_or_in_the_fields(paragraphs, mine, theirs):
    base = "\n\n".join(paragraphs)
    me, them = Writer("mine"), Writer("theirs")
    ours, others = me.change(paragraphs, mine), them.change(paragraphs, theirs)

    by_itself = apart(base, ours, others)
    TRIED["merged by themselves" if by_itself is not None else "shown to a person"] += 1
    found = by_itself if by_itself is not None else fields(base, ours, others)
    assert [run for run in (*me.typed, *them.typed) if run not in found] == []


def fields(base: str, mine: str, theirs: str) -> str:
    """What the page of a conflict offers to save, of a text whose body both changed."""
    was = Revision(text_id=1, number=1, title="T", summary="", body=base, saved_at=NOW)
    current = Text(proposal_id=1, language="fr", title="T", summary="", body=theirs, number=2, saved_at=NOW)
    form = TextForm(title="T", body=mine)
    (clash,) = [clash for clash in conflict.between(current, was, form) if clash.name == "body"]
    shown = ("".join(piece.text for piece in pieces if piece.change != "removed") for pieces in (clash.theirs, clash.mine))
    assert list(shown) == [theirs, form.body]
    return clash.merged


TEXTS = st.text(alphabet="ab \n.é", max_size=40)


@trials
@given(TEXTS, TEXTS)
def test_who_changed_nothing_takes_nothing_away_and_gets_what_the_other_wrote(base, changed):
    alone = ((base, changed, base), (base, base, changed), (base, changed, changed))
    assert [merge(*three) for merge in (merged, apart) for three in alone] == [changed] * 6


@trials
@given(TEXTS, TEXTS, TEXTS)
def test_of_any_three_texts_no_letter_either_side_added_is_lost(base, mine, theirs):
    for both in (merged(base, mine, theirs), apart(base, mine, theirs)):
        if both is not None:
            added = (set(mine.split()) | set(theirs.split())) - set(base.split())
            assert [word for word in added if word not in both] == []


@trials
@given(st.lists(st.integers(), min_size=1, max_size=12, unique=True).map(lambda numbers: [f"Paragraphe {n}" for n in numbers]), st.data())
def test_of_two_who_rewrite_different_paragraphs_nothing_is_asked(paragraphs, data):
    places = data.draw(st.permutations(range(len(paragraphs))))
    mine, theirs = list(paragraphs), list(paragraphs)
    for number, place in enumerate(places):
        (mine if number % 2 else theirs)[place] = f"écrit {number}"

    both = apart(*("\n\n".join(text) for text in (paragraphs, mine, theirs)))

    assert sorted(both.split("\n\n")) == sorted(f"écrit {number}" for number in range(len(places)))

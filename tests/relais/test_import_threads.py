"""Discussions of any depth come in as threads of two levels, and lose nothing."""

from typing import Any

from relais.imports import threads
from relais.imports.rows import Refusal, Row
from relais.imports.threads import Said


def given(*comments: Said, language: str = "en") -> list[Row | Refusal]:
    return list(threads.rows(comments, language))


def said(id: str, parent: str = "", proposal: str = "7", **more: Any) -> Said:  # noqa: A002
    return Said(id, id, f"Words of {id}.", proposal=proposal, parent=parent, author=f"A{id}", **more)


def bodies(found: list[Row | Refusal]) -> dict[str, str]:
    return {row.external_id: row.values["body"] for row in found if isinstance(row, Row)}


def test_an_answer_to_an_answer_quotes_what_it_answers() -> None:
    found = given(said("1"), said("2", "1"), said("3", "2"))

    assert bodies(found) == {"1": "Words of 1.", "2": "Words of 2.", "3": "> **A2** Words of 2.\n\nWords of 3."}
    assert [row.values.get("parent") for row in found] == [None, "1", "2"]


def test_a_long_one_is_quoted_by_its_beginning() -> None:
    long = Said("2", "2", "word " * 100, proposal="7", parent="1", author="A2")

    quoted = bodies(given(said("1"), long, said("3", "2")))["3"].split("\n")[0]

    assert len(quoted) < 220
    assert quoted.endswith("word…")


def test_what_is_answered_comes_before_its_answers_wherever_it_stands() -> None:
    found = given(said("3", "2"), said("2", "1"), said("1"))

    assert [row.external_id for row in found if isinstance(row, Row)] == ["1", "2", "3"]


def test_an_orphan_stands_by_itself_and_says_so() -> None:
    found = given(said("2", "99"))

    assert bodies(found) == {"2": "*In answer to a comment that is not here (99):*\n\nWords of 2."}
    assert "parent" not in found[0].values


def test_an_answer_is_about_what_its_parent_is_about() -> None:
    found = given(said("1"), said("2", "1", proposal=""), said("3", "99", proposal=""))

    assert [row.values.get("proposal") for row in found] == ["7", "7", None]
    assert found[2] == Refusal("3", "It names no proposal, and what it answers was not taken", "parent")


def test_what_answers_itself_is_taken_once_each() -> None:
    found = bodies(given(said("1", "2"), said("2", "1"), said("3", "3")))

    assert sorted(found) == ["1", "2", "3"]
    assert found["3"] == "*In answer to a comment that is not here (3):*\n\nWords of 3."


def test_twice_the_same_identifier_and_no_words_are_refused() -> None:
    found = given(said("1"), said("1"), Said("2", "2", "", proposal="7"))

    assert [row for row in found if isinstance(row, Refusal)] == [
        Refusal("1", "The identifier “%(id)s” is there twice", "id", {"id": "1"}),
        Refusal("2", "It says nothing", "body"),
    ]


def test_a_stance_is_said_in_the_language_of_the_file() -> None:
    assert bodies(given(said("1", stance=threads.AGAINST), language="fr")) == {"1": "**Contre.** Words of 1."}


def test_a_thread_ten_thousand_deep_is_two_levels() -> None:
    found = given(*(said(str(number), str(number - 1) if number else "") for number in range(10_000)))

    assert len(bodies(found)) == 10_000

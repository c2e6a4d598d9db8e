"""What one question costs: as many statements however much is found, and none for what is not wanted."""

import pytest

from relais import search
from tests.public_record import a_proposal, counted
from tests.relais.searching import found, write


@pytest.mark.parametrize(("typed", "times"), [("ponts ", 4), ("ponts", 7)])
def test_one_question_takes_as_many_statements_for_three_hits_as_for_one(engine, public_affairs, typed, times):
    counts = []
    for number in range(3):
        write(a_proposal(f"p{number}", public_affairs), "fr", base=1, title="Ponts")
        with counted(engine) as said:
            found(typed)
        counts.append(len([statement for statement in said if statement.startswith("SELECT")]))

    assert counts == [times] * 3  # one for each place where words stand, also where they only begin so, and one of what may be seen


def test_what_only_begins_with_a_word_comes_last_and_is_not_looked_for_where_there_is_enough(engine, public_affairs, monkeypatch):
    begun = a_proposal("pontonniers", public_affairs)
    write(begun, "fr", base=1, title="Pontonniers")
    whole = [a_proposal(f"p{number}", public_affairs) for number in range(2)]
    for proposal in whole:
        write(proposal, "fr", base=1, title="T", body="Un pont.")
    said = [f"proposal {proposal.id}" for proposal in reversed(whole)]

    assert found("pont") == [*said, f"proposal {begun.id}"]
    assert found("pont ") == said
    monkeypatch.setattr(search, "MOST", 1)
    monkeypatch.setattr(search, "SPARE", 1)
    with counted(engine) as asked:
        assert found("pont") == said[:1]
    assert len([statement for statement in asked if "search_rows" in statement]) == 3

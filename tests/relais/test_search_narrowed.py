"""Hits narrowed by what is told of proposals: as it is told now, and of those alone that the reader may see."""

from datetime import timedelta

import pytest

from models import Comment, Entry, Proposal
from models.group import Role
from relais import answers, comments, entries, index, proposals, search
from relais.access import VISITOR, Reader
from relais.answers import AnswerForm
from relais.comments import CommentForm, moderation
from relais.comments.moderation import ReasonForm
from relais.db import reading, writing
from relais.proposals import Facts
from relais.search import Narrowing, facets, question
from tests.days import NOW
from tests.public_record import a_comment, a_corrected_entry, a_proposal, a_theme, an_entry, counted, moved
from tests.relais.searching import found, write


@pytest.fixture
def guichet(public_affairs):
    """Published, on commons; a second theme is there."""
    a_theme("commons")
    a_theme("social-tech")
    proposal = a_proposal("guichet", public_affairs, themes=["commons"])
    write(proposal, "fr", base=1, title="Zèbre")
    return proposal


def narrowed(reader=VISITOR):
    """What is found by stage and by theme, in the order of kinds; the index holds what it would if it were made again."""
    with reading() as session:
        assert list(index.wrong(session)) == []
    asked = {"stage": ("drafted", "published", "backed"), "theme": ("commons", "social-tech")}
    hits = {value: sorted(found("zebre", reader, **{name: value})) for name, values in asked.items() for value in values}
    return {value: some for value, some in hits.items() if some}


def about(proposal, themes):
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        proposals.change(session, row, Facts(themes=themes), version=row.version, by=None, now=NOW)


def test_what_is_said_of_a_proposal_goes_with_its_stage_and_its_themes(guichet, editor):
    before = a_comment(guichet, editor, "Zèbre", public=True)
    a_comment(guichet, editor, "🦓", public=True)  # says no word
    vote = an_entry("vote", guichet, title_fr="Zèbre")
    every = [f"comment {before.id}", f"entry {vote.id}", f"proposal {guichet.id}"]
    first = narrowed()
    moved(guichet, "backed", "2022-07-01")
    about(guichet, ["social-tech"])
    second = narrowed()
    after = a_comment(guichet, editor, "Encore un zèbre", public=True)
    new = a_corrected_entry(vote, editor, on="2022-07-02", title_fr="Zèbre")
    every_since = sorted([f"comment {before.id}", f"comment {after.id}", f"entry {new.id}", f"proposal {guichet.id}"])

    assert first == {"published": every, "commons": every}
    assert second == {"backed": every, "social-tech": every}
    assert narrowed() == {"backed": every_since, "social-tech": every_since}
    about(guichet, [])
    assert narrowed() == {"backed": every_since}


@pytest.mark.parametrize("confirmed", [True, False])
def test_an_entry_goes_with_each_proposal_it_concerns_until_somebody_says_it_does_not(guichet, public_affairs, editor, confirmed):
    other = a_proposal("autre", public_affairs, themes=["social-tech"])
    moved(other, "backed", "2022-07-01")
    vote = an_entry("vote", guichet, leads=(other,), title_fr="Zèbre")
    hit, mine = f"entry {vote.id}", f"proposal {guichet.id}"
    both = {"published": [hit, mine], "backed": [hit], "commons": [hit, mine], "social-tech": [hit]}
    as_a_lead = narrowed()
    with writing() as session:
        row, proposal = session.get_one(Entry, vote.id), session.get_one(Proposal, other.id)
        entries.check_lead(session, proposal, row, confirmed=confirmed, by=editor, now=NOW)

    assert as_a_lead == both
    assert narrowed() == (both if confirmed else {"published": [hit, mine], "commons": [hit, mine]})


def test_an_entry_that_answers_another_proposal_goes_with_that_too(guichet, public_affairs, editor):
    other = a_proposal("autre", public_affairs, themes=["social-tech"])
    act = an_entry("act", guichet, title_fr="Zèbre", kind="decision", on="2024-01-01")
    with writing() as session:
        row, proposal = session.get_one(Entry, act.id), session.get_one(Proposal, other.id)
        answers.link(session, proposal, row, AnswerForm(entry="act", extent="partly", words_en="Half"), seen="", by=editor, now=NOW)

    hit, mine = f"entry {act.id}", f"proposal {guichet.id}"
    assert narrowed() == {"published": [hit, mine], "commons": [hit, mine], "social-tech": [hit]}


def test_the_stage_of_a_proposal_nobody_may_see_is_not_told_by_what_concerns_it(guichet, public_affairs):
    hidden = a_proposal("cachee", public_affairs, public=False, themes=["social-tech"])
    moved(hidden, "backed", "2022-07-01")
    vote = an_entry("vote", guichet, hidden, title_fr="Zèbre")
    hit, mine = f"entry {vote.id}", f"proposal {guichet.id}"
    seen = {"published": [hit, mine], "commons": [hit, mine]}

    assert narrowed() == seen
    assert narrowed(Reader(roles={public_affairs.id: Role.OBSERVER})) == seen | {"backed": [hit], "social-tech": [hit]}


def test_where_some_hits_are_not_to_be_seen_more_are_looked_for(guichet, coordinator, editor, monkeypatch):
    monkeypatch.setattr(search, "MOST", 3)
    monkeypatch.setattr(search, "SPARE", 1)
    with writing() as session:
        row = session.get_one(Proposal, guichet.id)
        said = [
            comments.post(session, row, CommentForm(body="Zèbre", public=True), by=editor, now=NOW + timedelta(days=day))
            for day in range(12)
        ]
        for one in said[2:11]:
            moderation.hide(session, session.get_one(Comment, one.id), row, ReasonForm(reason="No"), by=coordinator, now=NOW)
    with reading() as session:
        hits = {words: search.find(session, VISITOR, question.read(words), Narrowing(kind="comment")) for words in ("zebre", "gnou")}

    assert [hit.record_id for hit in hits["zebre"].hits] == [said[number].id for number in (11, 1, 0)]
    assert [(one.more, len(one.hits)) for one in hits.values()] == [(False, 3), (False, 0)]


@pytest.mark.parametrize(
    "asked",
    [{}, {"kind": "comment"}, {"stage": "backed"}, {"theme": "commons"}, {"kind": "comment", "stage": "backed", "theme": "commons"}],
)
def test_what_is_for_a_group_is_left_out_by_the_index_itself_however_it_is_narrowed(engine, guichet, public_affairs, editor, asked):
    moved(guichet, "backed", "2022-07-01")
    inside = a_comment(guichet, editor, "Zèbre à rayures")
    member = Reader(roles={public_affairs.id: Role.OBSERVER})

    with counted(engine) as said:
        hits = found("rayures", **asked)

    assert hits == []
    assert [statement.split()[0] for statement in said if "comments" in statement] == []  # the record was not asked about it
    assert found("rayures", member, **asked) == [f"comment {inside.id}"]


def test_of_a_hit_found_again_the_record_is_not_asked_again(engine, guichet, editor):
    a_comment(guichet, editor, "Zèbre", public=True)
    an_entry("vote", guichet, title_fr="Zèbre")
    asked, chosen = question.read("zebre"), Narrowing(stage="published", theme="commons")

    with reading() as session:
        hits = search.find(session, VISITOR, asked, chosen)
        with counted(engine) as said:
            counts = facets.of(asked, chosen, hits)

    assert {name: facet.counts for name, facet in counts.items()} == {
        "kind": {"proposal": 1, "entry": 1, "comment": 1},
        "tongue": {"fr": 2, "en": 1},
        "stage": {"published": 3},
        "theme": {"commons": 3},
    }
    assert [statement for statement in said if "search_rows" not in statement] == []

"""Many people at once: nothing acknowledged is lost, nothing is done twice, and of rivals exactly one wins."""

from datetime import date
from functools import partial
from itertools import chain

import pytest
from sqlmodel import col, select

from models import Event, Group, Move, Person, Proposal, Revision, Text
from models.event import EventKind
from models.partial_date import PartialDate
from models.proposal import Stage
from relais import ledger, proposals, texts
from relais.db import reading, take, writing
from relais.errors import Stale
from relais.proposals import MoveForm, ProposalForm
from relais.texts import TextForm
from tests.days import NOW
from tests.relais.races import names, race

FIRST = MoveForm(to=Stage.PUBLISHED, on=PartialDate(date(2026, 1, 1)))
RIVALS = (Stage.BACKED, Stage.DROPPED)


def test_eight_people_counting_at_once_lose_nothing(public_affairs):
    counts = race(*[lambda: sum(count_one(public_affairs.id) for _ in range(50))] * 8)

    with reading() as session:
        assert session.get_one(Group, public_affairs.id).version == 1 + sum(counts)
    assert counts == [50] * 8


def test_a_thousand_additions_at_once_are_all_there_once(engine):
    keys = [[f"p{runner}-{number}@relais.test" for number in range(125)] for runner in range(8)]

    added = race(*[partial(add_people, emails) for emails in keys])

    with reading() as session:
        found = session.exec(select(Person.email)).all()
    assert sorted(found) == sorted(chain(*added)) == sorted(chain(*keys))


@pytest.mark.parametrize("number", [8, 50])
def test_of_many_saves_from_one_version_exactly_one_is_taken(public_affairs, number):
    outcomes = race(*[partial(rename, public_affairs.id, f"Name {saver}") for saver in range(number)])

    with reading() as session:
        group = session.get_one(Group, public_affairs.id)
    assert names(outcomes) == ["Stale"] * (number - 1) + ["won"]
    assert [group.name_en, group.version] == [next(name for name in outcomes if isinstance(name, str)), 2]


@pytest.mark.parametrize("number", [2, 20])
def test_of_many_texts_written_on_one_revision_exactly_one_is_saved(public_affairs, editor, number):
    add_proposal("guichet", public_affairs, editor)

    outcomes = race(*[partial(save_text, "guichet", "fr", 1, f"Body {saver}", editor) for saver in range(number)])

    with reading() as session:
        bodies = session.exec(select(Revision.body).order_by(col(Revision.number))).all()
        assert session.exec(select(Text.body, Text.number)).one() == (bodies[-1], 2)
    assert names(outcomes) == ["Stale"] * (number - 1) + ["won"]
    assert len(bodies) == 2


def test_of_two_first_translations_one_is_saved_and_the_other_told(public_affairs, editor):
    add_proposal("guichet", public_affairs, editor)

    outcomes = race(*[partial(save_text, "guichet", "en", 0, f"Body {saver}", editor) for saver in range(4)])

    assert names(outcomes) == ["Stale"] * 3 + ["won"]


def test_of_two_people_moving_a_proposal_exactly_one_wins_and_history_tells_it(public_affairs, editor):
    slugs = [f"proposal-{number}" for number in range(50)]
    for slug in slugs:
        add_proposal(slug, public_affairs, editor)

    outcomes = [race(*[partial(move, slug, stage, editor) for stage in RIVALS]) for slug in slugs]

    assert [names(pair) for pair in outcomes] == [["Stale", "won"]] * 50
    with reading() as session:
        stored = {row.slug: row for row in session.exec(select(Proposal)).all()}
        replayed = {slug: [move.to_stage for move in proposals.moves(session, stored[slug])] for slug in slugs}
        told = session.exec(select(Event.proposal_id).where(col(Event.kind) == EventKind.STAGE_MOVED)).all()
        wins = session.exec(select(Move.proposal_id).where(col(Move.from_stage) == Stage.PUBLISHED)).all()
    assert replayed == {slug: [Stage.PUBLISHED, stored[slug].stage] for slug in slugs}
    assert [stored[slug].stage for slug in slugs] == [next(won for won in pair if isinstance(won, Stage)) for pair in outcomes]
    assert sorted(wins) == sorted(row.id for row in stored.values())
    assert sorted(told) == sorted([row.id for row in stored.values()] * 2)


def count_one(group_id: int) -> int:
    """Read the counter, add one, save it; again whenever somebody else did in between. Gives the one that was acknowledged."""
    while True:
        with reading() as session:
            seen = session.get_one(Group, group_id).version
        try:
            with writing() as session:
                take(session, session.get_one(Group, group_id), seen)
        except Stale:
            continue
        return 1


def add_people(emails: list[str]) -> list[str]:
    acknowledged = []
    for email in emails:
        with writing() as session:
            session.add(Person(email=email, created_at=NOW))
        acknowledged.append(email)
    return acknowledged


def rename(group_id: int, name: str) -> str:
    """A save made from the first version."""
    with writing() as session:
        group = session.get_one(Group, group_id)
        take(session, group, 1)
        group.name_en = name
        ledger.record(session, EventKind.GROUP_ADDED, group, at=NOW, by=None, group_id=group_id)
    return name


def add_proposal(slug: str, group: Group, by: Person) -> None:
    with writing() as session:
        proposals.add(session, ProposalForm(slug=slug, text=TextForm(title=slug), first=FIRST), group=group, by=by, now=NOW)


def save_text(slug: str, language: str, base: int, body: str, by: Person) -> str:
    with writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()
        texts.save(session, proposal, language, TextForm(title=slug, body=body), base=base, by=by, now=NOW)
    return body


def move(slug: str, to: Stage, by: Person) -> Stage:
    """A move decided on the page as it stood at the start: with the first version of the proposal."""
    with writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()
        form = MoveForm(to=to, on=PartialDate(date(2026, 11, 1)), reason_en="The group decided.")
        proposals.move(session, proposal, form, version=1, by=by, now=NOW)
    return to

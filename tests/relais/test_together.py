"""Saves on an older revision: merged by themselves where paragraphs differ, refused where two meet in one."""

from functools import partial

import pytest
from sqlmodel import Session, col, select

from models import Event, Person, Proposal, Revision, Text
from models.event import EventKind
from relais.db import reading, writing
from relais.errors import Invalid, Stale
from relais.texts import TextForm, together
from tests.days import NOW
from tests.public_record import a_proposal
from tests.relais.races import names, race

PARAGRAPHS = [f"Paragraphe {number}." for number in range(50)]
BODY = "\n\n".join(PARAGRAPHS)


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def saved(proposal: Proposal, base: int, by: Person, body: str, title: str = "Titre") -> Revision:
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        return together.save(session, row, "fr", TextForm(title=title, body=body), base=base, by=by, now=NOW)


def current() -> Text:
    with reading() as session:
        return session.exec(select(Text)).one()


def test_a_save_on_the_last_revision_is_a_save(guichet, editor):
    assert saved(guichet, 1, editor, BODY).number == 2
    assert told()[-1].get("started") is None


def test_changes_of_different_paragraphs_are_merged_and_saved_on_top(guichet, editor, coordinator):
    saved(guichet, 1, editor, BODY)
    saved(guichet, 2, coordinator, BODY.replace("Paragraphe 3.", "Le leur."))

    mine = saved(guichet, 2, editor, BODY.replace("Paragraphe 4.", "Le mien."), title="Mon titre")

    both = BODY.replace("Paragraphe 3.", "Le leur.").replace("Paragraphe 4.", "Le mien.")
    assert (mine.number, mine.body, mine.title, mine.author_id) == (4, both, "Mon titre", editor.id)
    assert (current().body, current().number) == (both, 4)
    assert [(event["number"], event["started"]) for event in told() if "started" in event] == [(4, 2)]


@pytest.mark.parametrize("fields", [{"body": BODY.replace("Paragraphe 3.", "Le mien.")}, {"title": "Mon titre", "body": BODY}])
def test_changes_that_meet_are_refused_with_both_texts(guichet, editor, coordinator, fields):
    saved(guichet, 1, editor, BODY)
    saved(guichet, 2, coordinator, BODY.replace("Paragraphe 3.", "Le leur."), title="Leur titre")

    with pytest.raises(Stale) as refused:
        saved(guichet, 2, editor, **fields)

    assert (refused.value.current.number, refused.value.base.body, current().number) == (3, BODY, 3)


@pytest.mark.parametrize("base", [0, 9])
def test_without_a_revision_to_start_from_nothing_is_merged(guichet, editor, base):
    with pytest.raises(Stale) as refused:
        saved(guichet, base, editor, "Tout autre.")

    assert (refused.value.base, current().number) == (None, 1)


def test_the_same_change_made_twice_is_no_second_revision(guichet, editor, coordinator):
    saved(guichet, 1, editor, BODY)
    saved(guichet, 2, coordinator, "Autre.")

    with pytest.raises(Invalid):
        saved(guichet, 2, editor, "Autre.")


def test_what_is_too_long_together_is_left_to_the_writers(guichet, editor, coordinator):
    saved(guichet, 1, editor, BODY)
    saved(guichet, 2, coordinator, f"{'a' * 60_000}\n\n{BODY}")

    with pytest.raises(Stale):
        saved(guichet, 2, editor, f"{BODY}\n\n{'b' * 60_000}")


def test_of_fifty_saves_from_one_base_in_one_paragraph_one_is_taken_and_the_others_get_their_text_back(guichet, editor):
    saved(guichet, 1, editor, BODY)

    outcomes = race(*[partial(saved, guichet, 2, editor, BODY.replace("Paragraphe 7.", f"Écrit par {n}.")) for n in range(50)])

    assert names(outcomes) == ["Stale"] * 49 + ["won"]
    assert current().number == 3
    assert {outcome.base.body for outcome in outcomes if isinstance(outcome, Stale)} == {BODY}


def test_fifty_saves_from_one_base_in_fifty_paragraphs_all_end_in_the_text(guichet, editor):
    saved(guichet, 1, editor, BODY)

    outcomes = race(*[partial(saved, guichet, 2, editor, BODY.replace(f"Paragraphe {n}.", f"Écrit par {n}.")) for n in range(50)])

    assert names(outcomes) == ["won"] * 50
    assert current().body == "\n\n".join(f"Écrit par {n}." for n in range(50))
    assert sorted(outcome.number for outcome in outcomes) == list(range(3, 53))


def told() -> list[dict]:
    with reading() as session:
        return _details(session)


def _details(session: Session) -> list[dict]:
    query = select(Event.details).where(col(Event.kind) == EventKind.TEXT_SAVED).order_by(col(Event.id))
    return list(session.exec(query).all())

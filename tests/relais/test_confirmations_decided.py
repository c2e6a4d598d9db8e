"""What an organisation answers, and what becomes of it: approved it is in the record with its source, refused it is told."""

from datetime import date

import pytest
from pydantic import ValidationError

from models import Confirmation, Position, Source
from models.confirmation import Outcome, Reply
from models.position import Stance
from relais import export, queue
from relais.access import VISITOR, reader_for
from relais.confirmations import Overtaken, answering
from relais.confirmations.answering import AnswerForm, Ended
from relais.db import reading
from relais.errors import Invalid, Refused, Stale
from relais.positions import history, latest
from relais.presidencies import calendar
from tests.days import NOW, TODAY
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor
from tests.relais.confirming import CONTACT, LATER, WHO, acts, answer, approve, ask, cited, letters, refuse, rows
from tests.relais.test_notices import tell, told

OTHER = {"answer": "other", "stance": "supports_with_reservations", "on": "2024-03", "note": "Only with a budget."}
GONE = {"answer": "withdrawn", "on": "2026-10-01", "note": "We have no view any more."}
TITLE = "Answer of mednum en, 23 November 2026"


@pytest.fixture
def guichet(engine, public_affairs):
    an_actor("mednum")
    a_source("report")
    proposal = a_proposal("guichet-unique", public_affairs, cites="report")
    tell(engine)
    return proposal


@pytest.fixture
def position(guichet):
    return a_position(guichet, "mednum", on="2022-06-21", cites="report")


@pytest.fixture
def asked(position, editor):
    return ask(position, editor)


def waits(person):
    with reading() as session:
        shares = queue.of(session, reader_for(session, person), "en")
    return [(one.kind.value, one.path) for share in shares for pile in share.piles for one in pile.waiting]


# --- answering -------------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_and_changes_nothing_yet(asked, position, coordinator, editor):
    answer(asked, **OTHER)

    (row,) = rows()
    assert (row.answer, row.stance, str(row.when()), row.note) == (Reply.OTHER, Stance.SUPPORTS_WITH_RESERVATIONS, "2024-03", OTHER["note"])
    assert (row.name, row.role, row.answered_at) == (*WHO.values(), NOW)
    assert acts()[1:] == [("confirmation_answered", False, {"answer": "other", "actor": "mednum"})]
    assert [one.id for one in rows(Position)] == [position.id]
    assert (waits(coordinator), waits(editor)) == ([("confirmation", f"/confirmations/{row.id}")], [])


def test_what_was_not_asked_for_is_left_out(asked):
    answer(asked, answer="right", stance="opposes", on="2020")

    (row,) = rows()
    assert (row.stance, row.effective_on) == (None, None)


def test_an_answer_is_changed_until_it_is_decided(asked, coordinator):
    answer(asked)
    answer(asked, version=2, **OTHER)
    assert (rows()[0].answer, rows()[0].version) == (Reply.OTHER, 3)
    refuse(asked, coordinator, version=3)

    with pytest.raises(Ended) as ended:
        answer(asked, version=4)
    assert "has decided on your answer" in str(ended.value)


def test_the_same_answer_again_is_no_change_and_another_on_top_of_it_is_stale(asked):
    answer(asked)
    answer(asked)
    assert [kind for kind, _, _ in acts()] == ["confirmation_asked", "confirmation_answered"]

    with pytest.raises(Stale):
        answer(asked, **OTHER)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"answer": "other", "on": "2024"}, "stance"), ({"answer": "other", "on": "2024", "stance": "absent"}, "stance"),
     ({"answer": "other", "stance": "opposes"}, "on"), ({"answer": "withdrawn"}, "on")],
)  # fmt: skip
def test_what_is_missing_is_told_beside_its_field(said, field):
    with pytest.raises(ValidationError) as wrong:
        AnswerForm.model_validate({**WHO, **said})

    assert wrong.value.errors()[0]["ctx"]["error"].field == field


@pytest.mark.parametrize("on", ["2022-06-21", "2021"])
def test_nobody_withdraws_from_before_the_position(asked, on):
    with pytest.raises(Invalid) as refused:
        answer(asked, answer="withdrawn", on=on)

    assert refused.value.field == "on"


# --- approving -------------------------------------------------------------------------------------------------------


def test_right_becomes_a_citation_of_the_answer(asked, position, coordinator):
    answer(asked, note="Still so.", url="https://mednum.example.org/position")

    approve(asked, coordinator)

    said = "The organisation itself confirms it."
    assert cited(position)[1:] == [(TITLE, "", said, "Still so."), ("Page of mednum en", "https://mednum.example.org/position", "", "")]
    source = rows(Source)[1]
    assert (source.publisher, source.language, source.effective_on) == ("mednum en", "en", date(2026, 11, 23))
    assert source.note_en == "Answer to a letter of the working group, approved by a coordinator on 24 November 2026."
    assert source.note_fr == "Réponse à une lettre du groupe de travail, approuvée par un coordinateur le 24 novembre 2026."
    (row,) = rows()
    assert (row.outcome, row.decided_at, row.decider_id, row.became_id) == (Outcome.APPROVED, LATER, coordinator.id, position.id)
    assert acts()[2:] == [("confirmation_approved", True, {"answer": "right", "actor": "mednum"})]


def test_another_position_takes_the_place_of_the_one_recorded(asked, position, coordinator):
    answer(asked, **OTHER)

    approve(asked, coordinator)

    old, new = rows(Position)
    assert (new.supersedes_id, new.stance, str(new.when()), new.note_en, new.note_fr) == (
        position.id, Stance.SUPPORTS_WITH_RESERVATIONS, "2024-03", "Only with a budget.", "",
    )  # fmt: skip
    assert (new.revision_id, new.public, rows()[0].became_id) == (old.revision_id, True, new.id)
    assert cited(new) == [(TITLE, "", "The organisation itself says so.", "")]


def test_a_withdrawal_leaves_what_was_so_and_is_told_as_one(guichet, asked, position, coordinator):
    answer(asked, **GONE)

    approve(asked, coordinator)

    old, new = rows(Position)
    assert (new.supersedes_id, new.stance, str(new.when())) == (None, Stance.NEUTRAL, "2026-10-01")
    assert latest([old, new])[guichet.id, position.actor_id].id == new.id
    with reading() as session:
        found = history.of_actor(session, calendar(session), guichet, position.actor_id, VISITOR, "en", None)
    assert [one.change.value for one in found.told] == ["withdrawn", "first"]
    assert cited(new) == [(TITLE, "", "The organisation itself withdraws its position.", "")]


def test_what_was_corrected_meanwhile_is_not_approved_and_may_be_refused(guichet, asked, position, coordinator, editor):
    answer(asked, **OTHER)
    a_corrected_position(guichet, position, editor, actor="mednum", stance="neutral")

    with pytest.raises(Overtaken):
        approve(asked, coordinator)

    assert (len(rows(Position)), rows()[0].outcome, len(rows(Source))) == (2, None, 1)
    refuse(asked, coordinator)


def test_an_answer_changed_meanwhile_is_not_approved_unread(asked, coordinator):
    answer(asked)
    answer(asked, version=2, **OTHER)

    with pytest.raises(Stale):
        approve(asked, coordinator, version=2)
    assert len(rows(Position)) == 1


def test_what_nobody_answered_or_was_decided_is_not_decided(asked, coordinator):
    with pytest.raises(Refused):
        approve(asked, coordinator, version=1)
    answer(asked)
    approve(asked, coordinator)

    for verb in (approve, refuse):
        with pytest.raises(Refused):
            verb(asked, coordinator, version=3)


# --- refusing, and who is told ---------------------------------------------------------------------------------------


def test_a_refusal_is_told_by_letter_and_the_record_stays(engine, asked, position, coordinator):
    letters(engine)
    answer(asked, **OTHER)

    refuse(asked, coordinator, "It is not what your board decided.")

    (letter,) = letters(engine, LATER)
    assert (letter.to, letter.subject) == (CONTACT, "Your answer on the position of mednum en")
    assert "It is not what your board decided." in letter.text
    assert "http://testserver/en/proposals/guichet-unique" in letter.html
    assert ([one.id for one in rows(Position)], rows()[0].sent_at) == ([position.id], LATER)
    assert acts()[2:] == [("confirmation_refused", False, {"actor": "mednum"})]


def test_coordinators_are_told_of_an_answer_and_who_asked_of_the_decision(engine, asked, coordinator, editor, observer):
    answer(asked)
    assert [told(engine, one) for one in (coordinator, editor, observer)] == [[("waiting", "confirmation_answered")], [], []]

    approve(asked, coordinator)

    assert told(engine, editor) == [("decided", "confirmation_approved")]
    assert waits(coordinator) == []


def test_nothing_of_the_contact_is_in_what_is_public(asked, coordinator):
    answer(asked, **OTHER)
    approve(asked, coordinator)

    with reading() as session:
        public = export.document(session, today=TODAY)
        token = answering.token(session.get_one(Confirmation, asked.id))
    assert [word for word in (CONTACT, *WHO.values(), token) if word.encode() in public] == []
    assert b"Answer of mednum en" in public

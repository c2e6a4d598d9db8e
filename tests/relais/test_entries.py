import pytest
from pydantic import ValidationError
from sqlmodel import select

from models import Citation, Entry, EntryProposal, Event, Proposal
from models.entry import KINDS, EntryKind, Family
from models.group import Role
from relais import entries
from relais.access import VISITOR, Reader, visible_entries
from relais.db import reading, writing
from relais.entries import EntryForm
from relais.errors import Invalid, Missing, Refused
from relais.proposals import publication
from tests.days import NOW
from tests.public_record import a_corrected_entry, a_presidency, a_proposal, a_source, an_actor, an_entry

VOTE = {"family": "institutional", "kind": "vote", "on": "2022-06-21", "title_en": "A vote"}


@pytest.fixture
def guichet(public_affairs):
    a_source("article")
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def private(public_affairs):
    return a_proposal("en-interne", public_affairs, public=False)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(*kind.__table__.primary_key)).all()


def links():
    return [(row.lead, row.rejected, row.checker_id, row.checked_at) for row in rows(EntryProposal)]


def test_an_entry_is_added_once_for_all_it_concerns(guichet, public_affairs, editor):
    other = a_proposal("autre", public_affairs)
    form = EntryForm.model_validate(VOTE | {"citations": [{"source": "article"}]})

    with writing() as session:
        entry = entries.add(session, form, concerns=[guichet], leads=[other], by=editor, now=NOW)

    assert [(row.title_en, row.kind, row.state, row.recorder_id) for row in rows(Entry)] == [("A vote", EntryKind.VOTE, "done", editor.id)]
    assert links() == [(False, False, None, None), (True, False, None, None)]
    assert [citation.entry_id for citation in rows(Citation)] == [entry.id]
    added = [(event.proposal_id, event.details["lead"]) for event in rows(Event) if event.kind == "entry_added"]
    assert added == [(guichet.id, False), (other.id, True)]


def test_an_entry_says_in_one_language_at_least_what_happened():
    with pytest.raises(ValidationError) as refused:
        EntryForm.model_validate(VOTE | {"title_en": " "})

    (error,) = refused.value.errors()
    assert error["ctx"]["error"].field == "title"


@pytest.mark.parametrize(("family", "kind"), [(family, kind) for family in Family for kind in EntryKind])
def test_a_kind_goes_with_the_families_of_the_table(family, kind):
    given = VOTE | {"family": family.value, "kind": kind.value}

    if kind in KINDS[family]:
        assert EntryForm.model_validate(given).kind is kind
        return
    with pytest.raises(ValidationError) as refused:
        EntryForm.model_validate(given)
    assert [error["loc"] for error in refused.value.errors()] == [("kind",)]


def test_an_entry_on_a_private_proposal_alone_waits_for_it(private, public_affairs, editor):
    entry = an_entry("e", private)
    member = Reader(editor, {public_affairs.id: Role.EDITOR})

    def seen_by(reader):
        with reading() as session:
            return session.exec(select(Entry.id).where(visible_entries(reader))).all()

    before = [seen_by(reader) for reader in (VISITOR, member)]
    with writing() as session:
        publication.publish(session, session.get_one(Proposal, private.id), version=1, by=editor, now=NOW)

    assert (before, [seen_by(reader) for reader in (VISITOR, member)]) == ([[], [entry.id]], [[entry.id]] * 2)
    assert [event.public for event in rows(Event) if event.kind == "entry_added"] == [False]


def test_an_entry_that_concerns_a_public_proposal_too_is_public(private, guichet):
    an_entry("e", private, guichet)

    assert [entry.public for entry in rows(Entry)] == [True]


def test_a_group_only_entry_belongs_to_the_group_of_its_proposal(guichet, public_affairs):
    an_entry("e", guichet, public=False)

    assert [(entry.public, entry.group_id) for entry in rows(Entry)] == [(False, public_affairs.id)]


def test_a_correction_supersedes_under_the_same_name_and_concerns_the_same(guichet, editor):
    old = an_entry("e", guichet, on="2022-06-21", citations=[{"source": "article"}])

    new = a_corrected_entry(old, editor, "2022-06-22")

    assert [(entry.key, str(entry.effective_on), entry.supersedes_id) for entry in rows(Entry)] == [
        ("e", "2022-06-21", None), (f"e~{old.id}", "2022-06-22", old.id),
    ]  # fmt: skip
    assert [(row.entry_id, row.proposal_id) for row in rows(EntryProposal)] == [(old.id, guichet.id), (new.id, guichet.id)]
    assert [citation.entry_id for citation in rows(Citation)] == [old.id, new.id]
    assert [event.kind for event in rows(Event)][-1] == "entry_corrected"


def test_an_entry_is_corrected_once(guichet, editor):
    old = an_entry("e", guichet)
    a_corrected_entry(old, editor, "2022-06-22")

    with pytest.raises(Invalid):
        a_corrected_entry(old, editor, "2022-06-23")

    assert len(rows(Entry)) == 2


@pytest.mark.parametrize(("confirmed", "rejected", "kind"), [(True, False, "lead_confirmed"), (False, True, "lead_rejected")])
def test_a_lead_is_settled_by_who_and_when(guichet, editor, confirmed, rejected, kind):
    entry = an_entry("e", leads=(guichet,))

    with writing() as session:
        entries.check_lead(session, guichet, entry, confirmed=confirmed, by=editor, now=NOW)

    assert links() == [(False, rejected, editor.id, NOW)]
    assert [(event.kind, event.actor_id) for event in rows(Event)][-1] == (kind, editor.id)


def test_a_lead_is_settled_once(guichet, editor, coordinator):
    entry = an_entry("e", leads=(guichet,))
    with writing() as session:
        entries.check_lead(session, guichet, entry, confirmed=True, by=editor, now=NOW)

    with writing() as session, pytest.raises(Refused):
        entries.check_lead(session, guichet, entry, confirmed=False, by=coordinator, now=NOW)

    assert links() == [(False, False, editor.id, NOW)]


def test_what_does_not_concern_a_proposal_is_no_lead_of_it(guichet, public_affairs, editor):
    entry = an_entry("e", leads=(guichet,))
    other = a_proposal("autre", public_affairs)

    with writing() as session, pytest.raises(Missing):
        entries.check_lead(session, other, entry, confirmed=True, by=editor, now=NOW)


def test_what_is_told_of_a_withdrawn_proposal_alone_goes_with_it(guichet):
    """`guichet` is the slug of a public proposal."""
    with writing() as session:
        proposal = session.exec(select(Proposal).where(Proposal.slug == "guichet-unique")).one()
        entries.add(session, EntryForm.model_validate(VOTE), concerns=[proposal], by=None, now=NOW, key="alone")
        entries.add(session, EntryForm.model_validate(VOTE), by=None, now=NOW, key="of-the-half-year")
        proposal.public = False

    with reading() as session:
        seen = session.exec(select(Entry.key).where(visible_entries(VISITOR))).all()

    assert seen == ["of-the-half-year"]


def test_a_letter_keeps_whom_it_was_with_and_for_which_presidency_when_it_is_corrected(guichet, editor):
    an_actor("state", code="LT")
    a_source("decision")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")
    letter = {"family": "advocacy", "kind": "letter", "title_en": "A letter", "actor": "state", "notice_days": 30, "outcome_en": "Read"}
    answer = letter | {"kind": "answer", "title_en": "No", "notice_days": None}
    with writing() as session:
        first = entries.add(session, EntryForm(**letter), concerns=[guichet], presidency="2027-lt", by=editor, now=NOW)
        reply = entries.add(session, EntryForm(**answer), concerns=[guichet], answers=first, by=editor, now=NOW)
        again = [entries.correct(session, old, EntryForm(**form), by=editor, now=NOW) for old, form in ((first, letter), (reply, answer))]

    assert [(row.actor_id, row.notice_days, row.outcome_en, row.answers_id) for row in again] == [
        (first.actor_id, 30, "Read", None), (first.actor_id, None, "Read", first.id),
    ]  # fmt: skip
    assert [row.presidency for row in rows(EntryProposal)] == ["2027-lt", None, "2027-lt", None]


def test_an_entry_with_somebody_unknown_is_refused(guichet, editor):
    with writing() as session, pytest.raises(Invalid, match="Choose an actor from the list"):
        entries.add(session, EntryForm.model_validate(VOTE | {"actor": "nobody"}), concerns=[guichet], by=editor, now=NOW)

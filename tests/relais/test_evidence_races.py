"""Evidence at the same instant: of several who settle one claim, or say what came of one proposal, one is heard and the rest are told."""

from functools import partial

import pytest
from sqlmodel import select

from models import EntryProposal, Settlement
from models.entry import Extent
from relais import answers
from relais.answers import AnswerForm
from relais.db import reading, writing
from relais.sources import settlements
from relais.sources.settlements import SettlementForm
from tests.days import NOW
from tests.public_record import a_position, a_proposal, a_source, an_actor, an_entry
from tests.relais.races import names, race


@pytest.fixture
def guichet(public_affairs):
    a_source("report")
    an_actor("czechia")
    return a_proposal("guichet", public_affairs)


def test_of_many_who_settle_a_claim_at_once_one_is_heard(guichet, editor):
    against = [{"source": "report", "supports": False}]
    claim = a_position(guichet, "czechia", citations=against)

    def settle(reason):
        with writing() as session:
            form = SettlementForm(reason_en=reason)
            settlements.settle(session, claim, form, seen=0, proposal=guichet, by=editor, now=NOW, public=True)

    outcomes = race(*(partial(settle, f"Reason {number}") for number in range(6)))

    assert names(outcomes) == ["Stale"] * 5 + ["won"]
    with reading() as session:
        assert len(session.exec(select(Settlement.id)).all()) == 1


def test_of_many_who_say_what_came_of_a_proposal_at_once_one_is_heard(guichet, editor):
    act = an_entry("act", on="2026-09-01")

    def say(extent):
        with writing() as session:
            form = AnswerForm(entry="act", extent=extent, words_en=f"It is {extent}.")
            answers.link(session, guichet, act, form, seen="", by=editor, now=NOW)

    outcomes = race(*(partial(say, extent) for extent in [*Extent, *Extent]))

    assert names(outcomes) == ["Stale"] * 5 + ["won"]
    with reading() as session:
        assert len(session.exec(select(EntryProposal.entry_id)).all()) == 1

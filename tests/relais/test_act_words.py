"""The words for what was done, where a heading says what it was done on."""

import pytest

from relais import activity
from relais.access import VISITOR
from relais.activity.words import ActWords
from relais.db import reading
from tests.public_record import a_position, a_proposal, an_actor, moved


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Stage moved", "Position recorded", "Text saved", "Proposal added"]),
        ("fr", ["Étape changée", "Position consignée", "Texte enregistré", "Proposition ajoutée"]),
    ],
)
def test_under_a_heading_the_words_do_not_lead_on_to_what_it_was_done_on(public_affairs, language, told):
    guichet = a_proposal("guichet", public_affairs)
    an_actor("france")
    a_position(guichet, "france", on="2022-06")
    moved(guichet, "backed", on="2022-07")
    with reading() as session:
        acts = [act for act in activity.latest(session, VISITOR, language, limit=10) if act.proposal]

    assert [ActWords(language).alone(act) for act in acts] == told

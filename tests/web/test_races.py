"""Fifty people press Save at the same instant, all having started from one revision."""

from functools import partial

import pytest
from sqlmodel import select

from models import Text
from relais.db import reading
from tests.public_record import a_proposal
from tests.relais.races import race
from tests.web.filling import kept
from tests.web.wording import EDIT, revisions, save

WRITERS = 50
PARAGRAPHS = [f"Paragraphe {number}." for number in range(WRITERS)]
BODY = "\n\n".join(PARAGRAPHS)


@pytest.fixture(autouse=True)
def guichet(public_affairs, coordinator):
    proposal = a_proposal("guichet", public_affairs)
    save(proposal, "fr", 1, coordinator, title="Titre", body=BODY)
    return proposal


def written(number: int, place: int) -> str:
    return BODY.replace(f"Paragraphe {place}.", f"Écrit par la personne {number}.")


def saved(client, number: int, place: int):
    return client.post(EDIT, data={"base": "2", "title": "Titre", "body": written(number, place)})


def test_in_one_paragraph_one_is_saved_and_forty_nine_get_their_text_back(as_editor):
    answers = race(*[partial(saved, as_editor, number, 7) for number in range(WRITERS)])

    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 49
    assert [number for _, number, _, _ in revisions()] == [1, 2, 3]
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            assert (kept(answer, "base"), f"Écrit par la personne {number}." in kept(answer, "body")) == ("3", True)


def test_in_fifty_paragraphs_all_are_saved_and_all_is_in_the_text(as_editor):
    answers = race(*[partial(saved, as_editor, number, number) for number in range(WRITERS)])

    with reading() as session:
        text = session.exec(select(Text)).one()
    assert [answer.status_code for answer in answers] == [303] * 50
    assert text.body.split("\n\n") == [f"Écrit par la personne {number}." for number in range(WRITERS)]
    assert [number for _, number, _, _ in revisions()] == list(range(1, 53))

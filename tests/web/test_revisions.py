"""Every saved version of a text, read and compared."""

import pytest

from models import Proposal
from relais.db import writing
from tests.public_record import a_proposal, counted
from tests.web.reading import read
from tests.web.wording import save


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def test_every_revision_keeps_its_address(visitor, guichet):
    save(guichet, "fr", 1, title="Autre", body="Tout autre.", note="Refonte")

    first, second = (visitor.get(f"/en/proposals/guichet/revisions/fr/{number}") for number in (1, 2))

    assert ("<em>corps</em>" in first.text, "This is not the current text: that is revision 2." in first.text) == (True, True)
    assert ("Tout autre." in second.text, "This is not the current text" in second.text) == (True, False)
    assert [row.all("td")[0].words for row in read(visitor.get("/en/proposals/guichet/revisions")).all("tr")[1:]] == [
        "Refonte",
        "First version",
    ]


def test_a_comparison_marks_words_by_shape_and_by_hidden_words(visitor, guichet):
    save(guichet, "fr", 1, title="Titre de guichet", summary="Un résumé.", body="Le *corps* neuf.")

    page = read(visitor.get("/en/proposals/guichet/compare/fr/1..2"))
    back = read(visitor.get("/en/proposals/guichet/compare/fr/2..1"))

    assert ([mark.words for mark in page.all("ins")], [mark.words for mark in page.all("del")]) == (["[added] neuf"], [])
    assert ([mark.words for mark in back.all("ins")], [mark.words for mark in back.all("del")]) == ([], ["[removed] neuf"])
    assert page.one("p", class_="lead").words.startswith("1 word added, 0 removed.")


def test_a_revision_beside_itself_is_the_same(visitor):
    assert "The two are the same, word for word." in visitor.get("/en/proposals/guichet/compare/fr/1..1").text


def test_the_choice_of_two_revisions_leads_to_their_address(visitor):
    answer = visitor.get("/en/proposals/guichet/compare?tongue=fr&first=2&second=1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/proposals/guichet/compare/fr/2..1")


def test_who_saved_is_named_to_members_only(visitor, as_observer, guichet, editor):
    save(guichet, "fr", 1, editor, title="Autre")

    pages = [client.get("/en/proposals/guichet/revisions").text for client in (visitor, as_observer)]

    assert ["Emil Novák" in page for page in pages] == [False, True]


@pytest.mark.parametrize("path", ["revisions", "revisions/fr/1", "compare/fr/1..1", "texts/fr/edit"])
def test_a_private_proposals_words_are_not_there_for_others(visitor, as_stranger, as_editor, guichet, path):
    with writing() as session:
        session.get_one(Proposal, guichet.id).public = False

    assert [client.get(f"/en/proposals/guichet/{path}").status_code for client in (visitor, as_stranger, as_editor)] == [404, 404, 200]


def test_the_list_of_revisions_costs_the_same_queries_for_one_and_for_three(visitor, engine, guichet):
    with counted(engine) as once:
        visitor.get("/en/proposals/guichet/revisions")
    save(guichet, "fr", 1, title="Deux")
    save(guichet, "fr", 2, title="Trois")
    with counted(engine) as thrice:
        visitor.get("/en/proposals/guichet/revisions")

    assert len(once) == len(thrice) <= 5

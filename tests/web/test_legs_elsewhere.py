"""What is asked of the presidencies as other pages tell it: of a proposal, of a presidency, of a group."""

import pytest

from models import Leg
from tests.asks import a_calendar, a_contact, a_leg, carried
from tests.public_record import a_proposal, counted
from tests.web.filling import rows
from tests.web.reading import read

PROPOSAL, IRELAND, GROUP = "/en/proposals/guichet-unique", "/en/presidencies/2026-ie", "/en/groups/european-public-affairs"


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet-unique", public_affairs)


def section(answer, name):
    found = read(answer).all("section", id=name)
    return found[0].words if found else None


def test_a_proposal_tells_its_open_asks_to_those_who_may_know(visitor, as_stranger, as_observer, guichet, editor):
    before = [section(client.get(PROPOSAL), "legs") for client in (visitor, as_observer)]
    a_leg(guichet, editor, ask="Kept ask")
    a_leg(guichet, editor, "2027-lt", "Shown ask", public=True, note_en="Kept note", lead=editor.id)

    told = [section(client.get(PROPOSAL), "legs") for client in (visitor, as_stranger, as_observer)]

    assert before == [None, "Asks to the presidencies Nothing is asked of the presidencies to come. All asks, presidency by presidency"]
    assert told[0] == told[1] == "Asks to the presidencies Lithuania 2027 H1 Open Shown ask All asks, presidency by presidency"
    assert [word in told[2] for word in ("Ireland 2026 H2 Open Group only Kept ask", "Shown ask", "Emil Novák", "Kept note")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert section(as_observer.get(f"{PROPOSAL}?as_of=2026-08-01"), "legs") is None


def test_a_visitors_page_follows_what_becomes_public_and_what_does_no_more(as_editor, visitor, guichet, editor):
    a_leg(guichet, editor)
    pages = []
    for version, reach in ((1, {"public": "true"}), (2, {})):
        as_editor.post(f"{PROPOSAL}/legs/2026-ie/edit", data={"ask_en": "Back it", "version": str(version)} | reach)
        pages.append([section(visitor.get(path), name) is not None for path, name in ((PROPOSAL, "legs"), (IRELAND, "asks"))])

    assert pages == [[True, True], [False, False]]


def test_a_presidency_tells_what_is_asked_of_it_and_what_may_be(as_editor, as_observer, visitor, guichet, editor, public_affairs):
    other = a_proposal("autre", public_affairs, rank=1)
    a_leg(guichet, editor, public=True)
    a_leg(other, editor, "2022-cz", "Earlier ask")

    told = [section(client.get(IRELAND), "asks") for client in (visitor, as_observer, as_editor)]

    assert told[0] == "Asks to Ireland Titre de guichet-unique Open Back the one-stop shop"
    assert ("Earlier ask" in told[1], "Plan an ask" in told[1]) == (False, False)
    assert "Still open from before Titre de autre Open under Czechia 2022 H2: Earlier ask Carry it over to Ireland 2026 H2" in told[2]
    assert "Plan an ask Titre de autre" in told[2]
    assert section(as_editor.get(f"{IRELAND}?as_of=2026-08-01"), "asks") is None


def test_a_group_sees_its_asks_and_the_letters_nobody_answered(as_observer, as_stranger, visitor, guichet, editor):
    leg = a_leg(guichet, editor, "2022-fr")
    carried(leg, guichet, editor, "2026-ie")
    letter = a_contact(rows(Leg)[1], guichet, editor, title_en="A letter to Dublin", actor="rp-ireland")
    early = a_contact(rows(Leg)[1], guichet, editor, "2025-03-01", title_en="An early letter")

    told = section(as_observer.get(GROUP), "asks")

    assert "Ireland 2026 H2 Titre de guichet-unique Open Group only Back the one-stop shop Carried from France 2022 H1." in told
    _, _, waiting = told.partition("Letters nobody answered ")
    assert waiting == "An early letter Unanswered since 31 Mar 2025 A letter to Dublin, PermRep Ireland Unanswered since 1 Oct 2026"
    links = [link["href"] for link in read(as_observer.get(GROUP)).one("section", id="asks").all("a")]
    assert [f"{PROPOSAL}/legs/2026-ie#e{one.id}" in links for one in (letter, early)] == [True, True]
    assert [section(client.get(GROUP), "asks") for client in (as_stranger, visitor)] == [None, None]


@pytest.mark.parametrize("path", [PROPOSAL, IRELAND, GROUP])
def test_a_page_takes_as_many_queries_with_one_ask_as_with_three(as_observer, guichet, editor, public_affairs, engine, path):
    taken = []
    for slugs in (("guichet-unique",), ("autre", "tiers")):
        for slug in slugs:
            proposal = guichet if slug == guichet.slug else a_proposal(slug, public_affairs)
            leg = a_leg(proposal, editor, lead=editor.id, targets=["rp-ireland"])
            a_contact(leg, proposal, editor)
        as_observer.get(path)
        a_leg(a_proposal(f"{slugs[0]}-x", public_affairs), editor)
        with counted(engine) as said:
            as_observer.get(path)
        taken.append(len(said))

    assert taken[0] == taken[1]

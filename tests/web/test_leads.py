"""Settling whether a lead concerns a proposal."""

import pytest

from models import EntryProposal, Event
from tests.public_record import a_proposal, a_source, an_entry
from tests.web.filling import rows
from tests.web.reading import read

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("article")
    return a_proposal("guichet-unique", public_affairs)


def links():
    return [(row.proposal_id, row.lead, row.rejected) for row in rows(EntryProposal)]


CHECK = "/en/proposals/guichet-unique/entries/e/checks"


@pytest.mark.parametrize(("verdict", "rejected", "kind"), [("confirm", False, "lead_confirmed"), ("reject", True, "lead_rejected")])
def test_an_editor_settles_a_lead(as_editor, guichet, editor, verdict, rejected, kind):
    entry = an_entry("e", leads=(guichet,))

    answer = as_editor.post(CHECK, data={"verdict": verdict})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/proposals/guichet-unique#e{entry.id}")
    assert (links(), rows(EntryProposal)[0].checker_id) == ([(guichet.id, False, rejected)], editor.id)
    assert (rows(Event)[-1].kind, rows(Event)[-1].actor_id) == (kind, editor.id)


def test_a_settled_lead_is_told_where_it_stood_to_htmx(as_editor, guichet):
    entry = an_entry("e", leads=(guichet,))

    page = read(as_editor.post(CHECK, data={"verdict": "confirm"}, headers=HTMX))

    assert (page.one("p", id=f"check-{entry.id}")["data-announce"], page.all("form")) == ("Lead confirmed", [])


def test_the_page_offers_editors_to_settle_it(as_editor, as_commenter, guichet):
    an_entry("e", leads=(guichet,))

    offers = [client.get("/en/proposals/guichet-unique").text.count(f'action="{CHECK}"') for client in (as_editor, as_commenter)]

    assert offers == [1, 0]


def test_a_lead_is_settled_once(as_editor, as_coordinator, guichet):
    an_entry("e", leads=(guichet,))
    as_editor.post(CHECK, data={"verdict": "confirm"})

    answer = as_coordinator.post(CHECK, data={"verdict": "reject"})

    assert (answer.status_code, links()) == (409, [(guichet.id, False, False)])


@pytest.mark.parametrize("body", [{}, {"verdict": "maybe"}, {"verdict": "confirm", "by": "1"}])
def test_a_lead_is_confirmed_or_rejected(as_editor, guichet, body):
    an_entry("e", leads=(guichet,))

    assert (as_editor.post(CHECK, data=body).status_code, links()) == (422, [(guichet.id, True, False)])


@pytest.mark.parametrize(("who", "status"), [("visitor", 303), ("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_settle(request, guichet, who, status):
    an_entry("e", leads=(guichet,))

    assert request.getfixturevalue(who).post(CHECK, data={"verdict": "confirm"}).status_code == status
    assert links() == [(guichet.id, True, False)]


def test_a_lead_of_another_proposal_is_not_here(as_editor, public_affairs):
    an_entry("e", leads=(a_proposal("autre", public_affairs),))

    assert as_editor.post(CHECK, data={"verdict": "confirm"}).status_code == 404

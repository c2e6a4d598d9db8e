"""A visitor's page is kept, and never stale."""

import pytest

from models import Proposal
from models.position import Stance
from relais import positions, proposals
from relais.access import VISITOR
from relais.db import writing
from relais.positions import PositionForm
from relais.proposals import publication
from relais.settings import settings
from tests.days import NOW
from tests.public_record import a_proposal
from tests.web.reading import read
from web import kept


@pytest.fixture
def renderings(monkeypatch):
    """Counts how often a page was made rather than taken from the shelf."""
    made = []
    put = kept.shelf.put
    monkeypatch.setattr(kept.shelf, "put", lambda address, page: (made.append(address), put(address, page))[1])
    return made


PAGE = "/en/proposals/guichet-unique"


def test_a_page_is_made_once_per_state_of_the_record(visitor, seeded, renderings):
    first, second = visitor.get(PAGE), visitor.get(PAGE)

    assert first.content == second.content
    assert len(renderings) == 1


def test_a_public_change_shows_in_the_very_next_answer(visitor, seeded):
    before = visitor.get(PAGE)
    with writing() as session:
        shop = proposals.find(session, "guichet-unique", VISITOR)
        positions.record(session, shop, PositionForm(actor="austria", stance=Stance.OPPOSES, on="2026-10-01"), by=None, now=NOW)

    after = visitor.get(PAGE)

    assert "Austria" not in before.text
    assert "Austria" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]


def test_the_same_state_answers_304(visitor, seeded):
    tag = visitor.get(PAGE).headers["ETag"]

    again = visitor.get(PAGE, headers={"If-None-Match": tag})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)


def test_who_has_the_page_is_told_again_only_what_keeps_it(visitor, seeded):
    tag = visitor.get(PAGE).headers["ETag"]

    again = visitor.get(PAGE, headers={"If-None-Match": tag})

    assert sorted(again.headers) == ["cache-control", "etag", "vary"]
    assert (again.headers["Cache-Control"], again.headers["Vary"]) == ("no-cache", "Cookie, HX-Request")


def test_a_page_says_when_it_changed_last_and_only_its_tag_says_that_it_did_not(visitor, seeded, house):
    first = visitor.get(PAGE)
    later = {"If-Modified-Since": first.headers["Last-Modified"]}
    house.setenv("RELAIS_TODAY", "2026-11-24")
    settings.cache_clear()

    assert first.headers["Last-Modified"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert visitor.get(PAGE, headers=later).status_code == 200
    assert visitor.get(PAGE).headers["Last-Modified"] == "Mon, 23 Nov 2026 23:00:00 GMT"  # a day began in Brussels


def test_every_page_leads_programs_to_the_catalogue(visitor, as_editor, seeded):
    for client in (visitor, as_editor):
        for path in (PAGE, "/fr/", "/en/data", "/en/search?q=x"):
            (link,) = [one for one in read(client.get(path)).all("link") if one["rel"] == "describedby"]
            assert (link["href"], client.get(link["href"]).headers["Content-Type"]) == ("/data/catalog.jsonld", "application/ld+json")


def test_a_member_never_gets_a_visitors_page_nor_a_visitor_a_members(as_commons_editor, visitor, seeded):
    visitor.get(PAGE)
    member = as_commons_editor.get(PAGE).text
    assert "/positions/new" in member

    assert "/positions/new" not in visitor.get(PAGE).text


def test_languages_and_queries_are_kept_apart(visitor, seeded):
    pages = {visitor.get(path).text for path in (PAGE, PAGE.replace("/en/", "/fr/"), f"{PAGE}?as_of=2022-03-01")}

    assert len(pages) == 3


def test_a_new_day_makes_the_page_anew(visitor, seeded, house):
    before = visitor.get("/en/").text
    house.setenv("RELAIS_TODAY", "2026-11-24")
    settings.cache_clear()

    after = visitor.get("/en/").text

    assert "in 39 days" in before
    assert "in 38 days" in after


def test_a_proposal_made_public_is_there_at_once(visitor, seeded, public_affairs, editor):
    quiet = a_proposal("quiet", public_affairs, public=False)
    before = [visitor.get(path) for path in ("/en/proposals/quiet", "/en/proposals")]
    with writing() as session:
        publication.publish(session, session.get_one(Proposal, quiet.id), version=1, by=editor, now=NOW)

    after = [visitor.get(path) for path in ("/en/proposals/quiet", "/en/proposals")]

    assert [answer.status_code for answer in before + after] == [404, 200, 200, 200]
    assert ["Titre de quiet" in answer.text for answer in (before[1], after[1])] == [False, True]

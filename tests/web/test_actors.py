"""Actors: what each has said and when, what it is part of, and when it presides."""

from tests.public_record import a_corrected_position, a_position, a_presidency, a_proposal, a_source, an_actor, counted
from tests.web.reading import read, rows


def test_the_list_names_actors_by_kind_and_counts_their_positions_those_written_to_last(visitor, public_affairs):
    an_actor("rp-france", kind="permanent_representation")
    an_actor("mednum")
    an_actor("framasoft")
    an_actor("france", kind="member_state", code="FR")
    an_actor("nineteen", kind="community", size=19)
    for slug in ("a", "b"):
        a_position(a_proposal(slug, public_affairs), "mednum", on="2022-06-22")

    page = read(visitor.get("/en/actors"))

    assert [(part.one("header").words, [item.words for item in part.all("li")]) for part in page.all("section")] == [
        ("Member state 1 actor · no position recorded", ["france en FR"]),
        ("Association 2 actors", ["framasoft en · no position recorded", "mednum en · a position on 2 proposals"]),
        ("Community 1 actor · no position recorded", ["nineteen en (19, unnamed)"]),
        ("Permanent representation 1 actor · no position recorded", ["rp-france en"]),
    ]


def test_an_actor_said_what_of_which_proposal_when_and_on_what_source(visitor, public_affairs):
    a_source("report")
    an_actor("mednum")
    a_position(a_proposal("guichet", public_affairs), "mednum", "supports", on="2022-06-22", cites="report")

    page = read(visitor.get("/en/actors/mednum"))

    assert rows(page.one("section", labelled="h-said")) == [
        ["Titre de guichet", "Supports", "22 Jun 2022", "[1] Over time: Titre de guichet"]
    ]
    assert [item.words for item in page.one("section", id="sources").all("li")] == ["[1] Title of report"]


def test_what_stood_before_and_what_was_corrected_stay_to_be_read(visitor, public_affairs, editor):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs)
    a_position(proposal, "mednum", "took_part", on="2022-01-01")
    wrong = a_position(proposal, "mednum", "opposes", on="2022-06-22")
    a_corrected_position(proposal, wrong, editor, actor="mednum", stance="supports", on="2022-06-22")

    page = read(visitor.get("/en/actors/mednum"))

    assert [row[1] for row in rows(page.one("section", labelled="h-said"))] == ["Supports"]
    assert [row[1] for row in rows(page.one("section", labelled="h-earlier"))] == ["Opposes corrected since", "Took part another followed"]


def test_a_collective_says_its_size_and_that_it_is_unnamed(visitor, engine):
    an_actor("nineteen", kind="community", size=19)

    page = read(visitor.get("/en/actors/nineteen"))

    assert page.one("div", class_="notice").words == "Collective: 19 together. The record does not name its members, since no source does."


def test_a_state_says_when_it_presides_and_when_it_did(visitor, engine):
    a_source("decision")
    an_actor("state", kind="member_state", code="FR")
    for slug, first, last in (
        ("2022-fr", "2022-01-01", "2022-06-30"),
        ("2026-fr", "2026-07-01", "2026-12-31"),
        ("2030-fr", "2030-01-01", "2030-06-30"),
    ):
        a_presidency(slug, first, last)

    coming, past = read(visitor.get("/en/actors/state")).one("aside", class_="rail").all("div", class_="panel")[0].all("ul")
    then = read(visitor.get("/en/actors/state?as_of=2022-03-01")).one("aside", class_="rail").all("div", class_="panel")[0].all("ul")

    assert [item.words for item in coming.all("li")] == ["2026 H2 now 1 Jul 2026 – 31 Dec 2026", "2030 H1 1 Jan 2030 – 30 Jun 2030"]
    assert [(item.words, item.one("a")["href"]) for item in past.all("li")] == [
        ("2022 H1 1 Jan 2022 – 30 Jun 2022", "/en/presidencies/2022-fr")
    ]
    assert [len(part.all("li")) for part in then] == [3]


def test_a_state_names_its_parts_those_that_are_gone_last(visitor, engine):
    an_actor("czechia", kind="member_state", code="CZ")
    an_actor("ministry", kind="ministry", part_of="czechia", until="2024-12-31")
    an_actor("perm-rep", kind="permanent_representation", part_of="czechia", since="2004-05-01")

    state, part = (read(visitor.get(f"/en/actors/{slug}")) for slug in ("czechia", "perm-rep"))

    panel = next(one for one in state.one("aside").all("div", class_="panel") if one.one("h2").words == "Its parts")
    assert [item.words for item in panel.all("li")] == [
        "perm-rep en Permanent representation, Since 1 May 2004",
        "ministry en Ministry, Until 31 Dec 2024",
    ]
    assert part.one("p", class_="lead").words == "Permanent representation · Part of: czechia en"
    assert "Since 1 May 2004" in part.one("article").words


def test_a_page_named_in_the_note_is_a_link(visitor, engine):
    an_actor("perm-rep", kind="permanent_representation", note_en="Page read: https://example.org/en/eu/brussels")

    link = read(visitor.get("/en/actors/perm-rep")).one("article").one("a", href="https://example.org/en/eu/brussels")

    assert (link.words, link["rel"]) == ("https://example.org/en/eu/brussels", "noopener noreferrer")


def test_as_of_a_day_only_what_was_surely_said_by_then(visitor, public_affairs):
    an_actor("mednum")
    proposal = a_proposal("guichet", public_affairs, on="2022-01-01")
    a_position(proposal, "mednum", "took_part", on="2022-02-01")
    a_position(proposal, "mednum", "supports", on="2022-06")

    page = read(visitor.get("/en/actors/mednum?as_of=2022-06-15"))

    assert [row[1] for row in rows(page.one("section", labelled="h-said"))] == ["Took part"]


def test_group_only_positions_are_for_the_group(visitor, as_stranger, as_observer, public_affairs):
    an_actor("mednum")
    a_position(a_proposal("open", public_affairs), "mednum", public=False)
    a_position(a_proposal("quiet", public_affairs, public=False), "mednum")

    shown = [reader.get("/en/actors/mednum").text for reader in (visitor, as_stranger, as_observer)]

    assert [("Titre de open" in page, "Titre de quiet" in page) for page in shown] == [(False, False), (False, False), (True, True)]


def test_an_unknown_actor_is_not_here(visitor, engine):
    assert visitor.get("/en/actors/nobody").status_code == 404


def test_an_editor_sees_the_way_to_the_forms_and_a_visitor_none(visitor, as_editor):
    an_actor("network", kind="network")

    shown = [[link["href"] for link in read(reader.get("/en/actors/network")).all("a")] for reader in (visitor, as_editor)]

    assert ["/en/actors/network/edit" in links for links in shown] == [False, True]


def test_it_asks_as_often_for_three_positions_as_for_one(engine, visitor, public_affairs):
    an_actor("mednum")

    def asked(slug):
        a_source(slug)
        a_position(a_proposal(slug, public_affairs), "mednum", cites=slug)
        with counted(engine) as statements:
            visitor.get("/en/actors/mednum")
            visitor.get("/en/actors")
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
    assert first <= 16

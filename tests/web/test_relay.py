"""The first page: its order, what is folded up, and the way through time."""

import pytest

from relais import relay
from tests.public_record import a_presidency, a_proposal, a_source, a_theme, an_actor, moved
from tests.web.reading import read

RELAY = "/en/"


@pytest.fixture(autouse=True)
def presidencies(engine):
    an_actor("state", code="IE")
    a_source("decision")
    a_presidency("2022-cz", "2022-07-01", "2022-12-31")
    a_presidency("2026-cy", "2026-01-01", "2026-06-30")
    a_presidency("2026-ie", "2026-07-01", "2026-12-31")


@pytest.fixture
def three(public_affairs, monkeypatch):
    """Two of one document and one of none, where there is room for two."""
    monkeypatch.setattr(relay, "ROOM", 2)
    a_source("report", title="The report")
    for slug, origin in (("guichet", "report"), ("tarif", "report"), ("annuaire", "")):
        a_proposal(slug, public_affairs, origin=origin)


def names(answer):
    return [row.one("a").words for row in read(answer).one("table", id="relay").all("th", scope="row")]


def links(answer, label):
    [nav] = [one for one in read(answer).all("nav") if one.attributes.get("aria-label") == label]
    return {link.words: link.attributes["href"] for link in nav.all("a")}


def test_the_order_asked_for_is_the_order_shown_and_stays_chosen(visitor, public_affairs):
    for slug in ("guichet", "annuaire"):
        a_proposal(slug, public_affairs)
    answer = visitor.get(f"{RELAY}?sort=title")

    assert names(answer) == ["Titre de annuaire", "Titre de guichet"]
    assert [option.words for option in read(answer).one("select", id="f-sort").all("option") if "selected" in option.attributes] == [
        "By title"
    ]


def test_an_order_that_is_none_is_the_usual_one(visitor, public_affairs):
    for slug in ("guichet", "annuaire"):
        a_proposal(slug, public_affairs)

    assert names(visitor.get(f"{RELAY}?sort=beauty")) == names(visitor.get(RELAY)) == ["Titre de guichet", "Titre de annuaire"]


def test_more_than_there_is_room_for_is_folded_up_and_unfolds_by_a_link(visitor, three):
    folded = visitor.get(RELAY)
    groups = [row.one("th", scope="rowgroup").words for row in read(folded).one("table", id="relay").all("tr", class_="grp")]

    assert names(folded) == []
    assert groups == ["The report 2 proposals Show The report", "Other proposals 1 proposal Show Other proposals"]
    assert names(visitor.get(f"{RELAY}?shown=report")) == ["Titre de guichet", "Titre de tarif"]
    assert names(visitor.get(f"{RELAY}?shown=others")) == ["Titre de annuaire"]
    assert len(names(visitor.get(f"{RELAY}?shown=all"))) == 3
    assert names(visitor.get(f"{RELAY}?origin=report")) == ["Titre de guichet", "Titre de tarif"]


def test_what_there_is_room_for_is_not_folded(visitor, public_affairs):
    a_proposal("guichet", public_affairs)

    assert "Fold up" not in visitor.get(RELAY).text


def test_one_presidency_back_and_on_again(visitor, public_affairs):
    a_proposal("guichet", public_affairs)
    now = links(visitor.get(RELAY), "Through time")
    back = links(visitor.get(f"{RELAY}?sort=title&as_of=2026-03-01"), "Through time")

    assert now == {"At the end of 2026 H1": "/en/?as_of=2026-06-30"}
    assert back == {
        "At the end of 2022 H2": "/en/?sort=title&as_of=2022-12-31",
        "At the end of 2026 H1": "/en/?sort=title&as_of=2026-06-30",
    }


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("group=social-tech-skills", ["tarif"]),
        ("theme=commons", ["guichet", "annuaire"]),
        ("origin=report", ["guichet"]),
        ("stage=backed", ["annuaire"]),
        ("level=national", ["tarif"]),
        ("theme=commons&stage=published", ["guichet"]),
        ("stage=published&as_of=2022-08-15", ["guichet", "tarif", "annuaire"]),
        ("stage=none&level=moon", ["guichet", "tarif", "annuaire"]),
    ],
)
def test_each_filter_leaves_what_answers_it(visitor, public_affairs, social_tech, query, slugs):
    a_theme("commons")
    a_source("report")
    a_proposal("guichet", public_affairs, themes=["commons"], origin="report")
    a_proposal("tarif", social_tech, level="national", rank=1)
    moved(a_proposal("annuaire", public_affairs, themes=["commons"], rank=2), "backed", on="2022-09-01")

    shown = read(visitor.get(f"{RELAY}?{query}")).one("table", id="relay")

    assert [row["id"] for row in shown.all("tr") if row["id"]] == [f"line-{slug}" for slug in slugs]

"""Somebody outside asks for letters, confirms, and leaves from a letter: what the pages say, and what they change."""

import pytest

from models import Subscriber, Subscription
from models.subscription import Pace
from relais import following
from relais.db import reading, writing
from relais.mailings import links
from tests.public_record import a_proposal, counted
from tests.web.filling import rows
from tests.web.letters_asked_for import FORM, INES, asked, confirmed, letters, link
from tests.web.reading import read

NOWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.test"}


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def ticked(page, name):
    return [box["value"] for box in page.all("input", name=name) if "checked" in box.attributes]


def stop_link(engine, *which):
    with reading(engine) as session:
        return links.stop(session.get_one(Subscriber, 1), *which).removeprefix("http://testserver")


# --- asking ----------------------------------------------------------------------------------------------------------


def test_the_form_offers_all_there_is_with_what_was_come_for_ticked(visitor, guichet):
    page = read(visitor.get("/en/follow?topic=proposal%2Fguichet"))

    assert (ticked(page, "topics"), ticked(page, "pace"), ticked(page, "language")) == (["proposal/guichet"], ["weekly"], ["en"])
    assert ticked(page, "news") == FORM["news"]
    offered = [box["value"] for box in page.all("input", name="topics")]
    assert offered == ["everything", "proposal/guichet", "group/european-public-affairs"]


@pytest.mark.parametrize("path", ["/en/proposals/guichet", "/en/groups/european-public-affairs", "/en/proposals?q=guichet"])
def test_pages_lead_to_the_form_with_themselves_ticked(visitor, guichet, path):
    (to,) = [one["href"] for one in read(visitor.get(path)).all("a") if one.words == "By letter"]

    (value,) = ticked(read(visitor.get(to)), "topics")
    assert value == {"proposals/guichet": "proposal/guichet", "groups/european-public-affairs": "group/european-public-affairs"}.get(
        path.removeprefix("/en/"), "search/q=guichet"
    )


def test_who_asks_gets_one_letter_and_follows_after_a_press(visitor, engine, guichet):
    answer = asked(visitor, topics=["proposal/guichet", "everything"])

    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/follow/sent")
    assert read(visitor.get("/en/follow/sent")).one("h1").words == "Look in your mail"
    (letter,) = letters(engine)
    page = read(visitor.get(link(letter, "confirm")))
    assert [item.words for item in page.one("main").all("li")] == ["Titre de guichet", "Everything on the relay"]
    assert [row.confirmed_at for row in rows(Subscription)] == [None, None]  # looking changed nothing

    pressed = visitor.post(link(letter, "confirm"))
    assert pressed.status_code == 303
    assert all(row.confirmed_at and row.consent and row.network == "" for row in rows(Subscription))  # the test client has no network
    shown = read(visitor.get(pressed.headers["Location"]))
    assert shown.one(role="status", class_="ok").words == "You follow."
    assert [row.one("th").words for row in shown.one("tbody").all("tr")] == ["Titre de guichet", "Everything on the relay"]


def test_the_answer_is_the_same_for_an_address_that_follows_already(visitor, engine):
    confirmed(visitor, engine)

    known, unknown = asked(visitor), asked(visitor, "somebody@else.test")
    assert (known.status_code, known.headers["Location"], known.content) == (
        unknown.status_code,
        unknown.headers["Location"],
        unknown.content,
    )


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"email": "ines"}, "email", "Write an address such as name@example.org"),
        ({"topics": []}, "topics", "Choose at least one thing to follow"),
        ({"topics": ["proposal/nowhere"]}, "topics", "One of these is not here any more. Choose again."),
        ({"news": []}, "news", "Choose at least one kind of news"),
        ({"pace": "hourly"}, "pace", "Choose one from the list"),
        ({"language": "de"}, "language", "Choose one from the list"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_with_what_was_typed_still_there(visitor, guichet, typed, field, words):
    typed = {"email": INES, "topics": ["proposal/guichet"], "pace": "daily", **typed}
    answer = asked(visitor, **typed)

    page = read(answer)
    assert (answer.status_code, page.one(id=f"f-{field}-e").words, rows(Subscriber)) == (422, words, [])
    assert page.one("input", name="email")["value"] == typed["email"]
    assert ticked(page, "topics") == [topic for topic in typed["topics"] if topic != "proposal/nowhere"]
    assert ticked(page, "pace") == [typed["pace"]] * (typed["pace"] != "hourly")


def test_what_only_a_group_sees_is_neither_offered_nor_taken(visitor, public_affairs):
    a_proposal("quiet", public_affairs, public=False)

    assert "quiet" not in [box["value"] for box in read(visitor.get("/en/follow?topic=proposal/quiet")).all("input", name="topics")]
    assert asked(visitor, topics=["proposal/quiet"]).status_code == 422


def test_in_french(visitor):
    answer = visitor.post("/fr/follow", data={**FORM, "email": "ines", "language": "fr"})

    page = read(answer)
    assert page.one("title").words == "Erreur : Suivre par lettre — Relais"
    assert [option.words for option in page.one("select", id="f-weekday").all("option")][:2] == ["lundi", "mardi"]


def test_a_network_that_asks_too_often_is_told_to_wait(visitor):
    answers = [asked(visitor, f"reader{n}@relais.test").status_code for n in range(21)]

    assert answers == [303] * 20 + [429]


# --- leaving ---------------------------------------------------------------------------------------------------------


def test_a_link_to_stop_only_asks_until_its_button_is_pressed(visitor, engine):
    confirmed(visitor, engine)
    link_to_stop = stop_link(engine)

    for _ in range(10):
        page = visitor.get(link_to_stop)
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert visitor.head(link_to_stop).status_code in (200, 405)
    assert [item.words for item in read(page).one("main").all("li")] == ["Everything on the relay"]
    assert len(rows(Subscription)) == 1

    assert read(visitor.post(link_to_stop)).one("h1").words == "Letters stopped"
    assert (rows(Subscription), rows(Subscriber)) == ([], [])


def test_a_mail_program_stops_with_one_post_from_nowhere(visitor, engine):
    confirmed(visitor, engine)
    link_to_stop = stop_link(engine)

    answers = [visitor.post(link_to_stop, data={"List-Unsubscribe": "One-Click"}, headers=NOWHERE) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (answers[0].content, rows(Subscription)) == (answers[1].content, [])


def test_a_link_that_is_none_stops_nothing_and_answers_the_same(visitor, engine):
    confirmed(visitor, engine)
    right = stop_link(engine)

    wrong = visitor.post(f"{right}x", headers=NOWHERE)
    assert (wrong.status_code, len(rows(Subscription))) == (200, 1)
    assert read(visitor.post(right, headers=NOWHERE)).one("main").words == read(wrong).one("main").words


def test_no_other_act_is_taken_from_nowhere(visitor, engine):
    own = confirmed(visitor, engine)

    refused = [visitor.post(f"{own}{act}", headers=NOWHERE).status_code for act in ("", "/links", "/erasure", "/subscriptions/1/removal")]
    assert (refused, len(rows(Subscription))) == ([403] * 4, 1)


def test_stopping_one_thing_leaves_the_others(visitor, engine, guichet):
    confirmed(visitor, engine, topics=["proposal/guichet", "everything"])
    with reading(engine) as session:
        (first, _) = following.of(session, session.get_one(Subscriber, 1))

    visitor.post(stop_link(engine, first), headers=NOWHERE)
    assert [row.kind for row in rows(Subscription)] == ["everything"]


# --- limits ----------------------------------------------------------------------------------------------------------


def test_the_form_asks_the_same_number_of_questions_for_one_proposal_and_for_three(visitor, public_affairs, engine):
    a_proposal("first", public_affairs)
    with counted(engine) as one:
        visitor.get("/en/follow")
    for slug in ("second", "third"):
        a_proposal(slug, public_affairs)
    with counted(engine) as three:
        visitor.get("/en/follow")

    assert len(one) == len(three)


def test_what_is_not_public_any_more_is_said_so_and_not_named(visitor, engine, guichet):
    own = confirmed(visitor, engine, topics=["proposal/guichet"], pace="handover")
    with writing(engine) as session:
        session.merge(guichet).public = False

    (row,) = read(visitor.get(own)).one("tbody").all("tr")
    assert row.one("th").words == "What is not public any more"
    assert rows(Subscription)[0].pace is Pace.HANDOVER

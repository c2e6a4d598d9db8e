"""What is asked of each presidency: read, planned, changed, closed and carried on, on the pages."""

import pytest

from models import Event, Leg, LegTarget
from tests.asks import a_calendar, a_contact, a_leg, carried, closed
from tests.public_record import a_proposal, counted
from tests.web.filling import HOSTILE, NEVER_TYPED, kept, rows, wrong
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique/legs"
NEW, IRELAND, LITHUANIA = f"{PAGE}/new", f"{PAGE}/2026-ie", f"{PAGE}/2027-lt"
ASK = {"presidency": "2027-lt", "ask_en": "Back the one-stop shop"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet-unique", public_affairs)


def cards(answer):
    return {card["id"]: card.words for card in read(answer).all("li") if (card["id"] or "").startswith("leg-")}


def test_an_ask_stands_beside_the_relay_of_its_proposal_alone(visitor, public_affairs, guichet, editor):
    a_proposal("another", public_affairs)
    a_leg(guichet, editor, "2027-lt", "Shown ask", public=True)

    relay = read(visitor.get(LITHUANIA)).one("table", id="relay")

    assert "compact" in relay["class"]
    assert [row["id"] for row in relay.all("tr") if row["id"]] == ["line-guichet-unique"]
    assert "Shown ask" in relay.words


# --- reading ----------------------------------------------------------------------------------------------------------


def test_the_cards_stand_in_the_order_of_the_relay_those_to_come_first(as_editor, guichet, editor):
    first = a_leg(guichet, editor, "2022-fr", lead=editor.id, targets=["rp-france"])
    carried(first, guichet, editor, "2022-cz")

    found = cards(as_editor.get(PAGE))

    assert list(found) == ["leg-2026-ie", "leg-2027-lt", "leg-2027-el", "leg-2022-cz", "leg-2022-fr"]
    assert "Open under Czechia 2022 H2: Back the one-stop shop Carry it over to Ireland 2026 H2" in found["leg-2026-ie"]
    assert "Carried from France 2022 H1." in found["leg-2022-cz"]
    assert "Carried on Group only Back the one-stop shop Emil Novák to PermRep France" in found["leg-2022-fr"]


def test_a_visitor_reads_public_asks_alone(visitor, as_stranger, as_observer, guichet, editor):
    a_leg(guichet, editor, ask="Kept ask")
    a_leg(guichet, editor, "2027-lt", "Shown ask", public=True, note_en="Kept note", lead=editor.id)
    a_contact(rows(Leg)[1], guichet, editor, title_en="Kept letter")

    pages = {who: who.get(PAGE).text + who.get(LITHUANIA).text for who in (visitor, as_stranger, as_observer)}

    words = ("Shown ask", "Kept ask", "Kept note", "Kept letter", "Emil Novák")
    assert [[word in page for word in words] for page in pages.values()] == [[True, *[False] * 4], [True, *[False] * 4], [True] * 5]
    assert [who.get(IRELAND).status_code for who in (visitor, as_stranger, as_observer)] == [404, 404, 200]


def test_who_may_not_edit_is_offered_nothing_to_press(visitor, as_observer, guichet, editor):
    a_leg(guichet, editor, public=True)

    for client in (visitor, as_observer):
        for page in (PAGE, IRELAND):
            main = read(client.get(page)).one("main")
            assert (main.all("form"), "Plan an ask" in main.words) == ([], False)


def test_a_page_takes_as_many_queries_with_one_ask_as_with_three(as_editor, guichet, editor, engine):
    taken = []
    for terms in (("2026-ie",), ("2027-lt", "2027-el")):
        for term in terms:
            leg = a_leg(guichet, editor, term, lead=editor.id, targets=["rp-ireland"])
            a_contact(leg, guichet, editor, actor="rp-ireland")
        for path in (PAGE, IRELAND):
            as_editor.get(path)
            with counted(engine) as said:
                as_editor.get(path)
            taken.append(len(said))

    assert taken[:2] == taken[2:]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_nothing_written_acts_on_the_page(as_editor, guichet, editor, words):
    a_leg(guichet, editor, ask=words, note_en=words)

    (ask, note) = read(as_editor.get(IRELAND)).one("main").all("p", class_="said")
    assert (ask.words, note.words) == (" ".join(words.split()),) * 2


@pytest.mark.parametrize("presidency", ["2027-lt", "2099-xx", "nowhere", "%00"])
def test_what_is_not_asked_is_not_there(as_editor, presidency):
    assert [as_editor.get(f"{PAGE}/{presidency}{more}").status_code for more in ("", "/edit", "/outcome", "/contacts/new")] == [404] * 4


# --- planning and changing --------------------------------------------------------------------------------------------


def test_an_editor_plans_an_ask(as_editor, editor):
    typed = {"lead": f"person/{editor.id}", "targets": ["rp-lithuania"], "note_fr": "À savoir", "ask_fr": "Soutenir"}

    answer = as_editor.post(NEW, data=ASK | typed)

    (leg,), (target,) = rows(Leg), rows(LegTarget)
    assert (answer.status_code, answer.headers["location"]) == (303, LITHUANIA)
    assert (leg.presidency, leg.ask_en, leg.ask_fr, leg.lead_id, leg.note_fr, leg.public, target.leg_id) == (
        "2027-lt", "Back the one-stop shop", "Soutenir", editor.id, "À savoir", False, leg.id,
    )  # fmt: skip
    assert (rows(Event)[-1].kind, rows(Event)[-1].actor_id) == ("leg_planned", editor.id)


def test_to_htmx_it_says_where_to_go(as_editor):
    assert as_editor.post(NEW, data=ASK, headers=HTMX).headers["HX-Redirect"] == LITHUANIA


def test_the_rest_of_a_trio_is_asked_the_same_as_far_as_it_is_free_and_to_come(as_editor, guichet, editor):
    a_leg(guichet, editor, "2027-el", "Something else")

    as_editor.post(NEW, data={"presidency": "2026-ie", "ask_en": "Back it", "trio": "true", "lead": "group/european-public-affairs"})

    assert [(leg.presidency, leg.ask_en, leg.lead_group_id) for leg in rows(Leg)] == [
        ("2027-el", "Something else", None), ("2026-ie", "Back it", guichet.group_id), ("2027-lt", "Back it", guichet.group_id),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"ask_en": " "}, {"ask"}),
        ({"presidency": ""}, {"presidency"}),
        ({"presidency": "2099-xx"}, {"presidency"}),
        ({"lead": "person/99"}, {"lead"}),
        ({"lead": "group/nobody"}, {"lead"}),
        ({"lead": "somebody"}, {"lead"}),
        ({"targets": ["nobody"]}, {"targets"}),
        ({"ask_en": "x" * 2001}, {"ask_en"}),
        ({"planned_at": "2026-01-01"}, {"planned_at"}),
        *(({"ask_en": words}, {"ask_en"}) for words in NEVER_TYPED.values()),
    ],
)
def test_a_wrong_ask_is_refused_and_what_was_typed_is_kept(as_editor, typed, fields):
    answer = as_editor.post(NEW, data=ASK | {"note_en": "Ms Byrne"} | typed)

    assert (answer.status_code, rows(Leg), kept(answer, "note_en")) == (422, [], "Ms Byrne")
    told = {link["href"].removeprefix("#f-") for link in read(answer).one("div", id="f-errors").all("a")}
    assert {name.removesuffix("_en") for name in told} == {name.removesuffix("_en") for name in fields}


def test_a_second_ask_of_one_presidency_is_refused(as_editor, guichet, editor):
    a_leg(guichet, editor, "2027-lt")

    assert "asked of this presidency already" in wrong(as_editor.post(NEW, data=ASK))["presidency"]


def test_an_editor_changes_an_ask(as_editor, guichet, editor, visitor):
    a_leg(guichet, editor, targets=["rp-ireland"], lead=editor.id)
    form = read(as_editor.get(f"{IRELAND}/edit"))
    version = form.one("input", name="version")["value"]
    ticked = [box["value"] for box in form.all("input", name="targets") if "checked" in box.attributes]
    before = visitor.get(IRELAND).status_code

    typed = {"ask_en": "Back all of it", "lead": "group/european-public-affairs", "public": "true", "version": version}
    answer = as_editor.post(f"{IRELAND}/edit", data=typed)

    (leg,) = rows(Leg)
    assert (answer.headers["location"], ticked, kept(as_editor.get(f"{IRELAND}/edit"), "lead")) == (
        IRELAND, ["rp-ireland"], "group/european-public-affairs",
    )  # fmt: skip
    assert (leg.ask_en, leg.public, leg.lead_id, rows(LegTarget), leg.version) == ("Back all of it", True, None, [], 2)
    assert (before, visitor.get(IRELAND).status_code) == (404, 200)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(("form", "name"), [("edit", "ask_en"), ("outcome", "outcome_en")])
def test_a_stale_form_gives_both(as_editor, guichet, editor, form, name, headers):
    a_leg(guichet, editor)
    as_editor.post(f"{IRELAND}/{form}", data={name: "Theirs", "version": "1"})

    answer = as_editor.post(f"{IRELAND}/{form}", data={name: "Mine", "version": "1"}, headers=headers)

    page = read(answer)
    assert (answer.status_code, kept(answer, name), getattr(rows(Leg)[0], name)) == (409, "Mine", "Theirs")
    assert "Theirs Mine" in page.one("tbody").words
    again = {field["name"]: field["value"] for field in page.one("main").all("input", type="hidden")}
    assert as_editor.post(f"{IRELAND}/{form}", data={name: "Mine"} | again).status_code == 303


# --- closing and carrying ---------------------------------------------------------------------------------------------


def test_an_editor_closes_an_ask_carries_it_on_and_opens_it_again(as_editor, guichet, editor):
    a_leg(guichet, editor)
    typed = {"outcome_en": "No answer", "note_en": "Ask again", "onward": "2027-lt", "version": "1"}

    answer = as_editor.post(f"{IRELAND}/outcome", data=typed)
    shut = read(as_editor.get(IRELAND)).one("article").words
    as_editor.post(f"{IRELAND}/reopening", data={"version": "2"})

    assert answer.headers["location"] == IRELAND
    assert ("Closed" in shut, "No answer" in shut, "Carried on to Lithuania 2027 H1" in shut) == (True, True, True)
    assert [(leg.presidency, leg.outcome_en, leg.note_en) for leg in rows(Leg)] == [
        ("2026-ie", "", "Ask again"), ("2027-lt", "", "Ask again"),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", [{"outcome_en": " "}, {"outcome_en": "No", "onward": "2022-fr"}, {"outcome_en": "x" * 2001}])
def test_a_wrong_outcome_is_refused_and_nothing_is_closed(as_editor, guichet, editor, typed):
    a_leg(guichet, editor)

    answer = as_editor.post(f"{IRELAND}/outcome", data={"note_en": "Ask again", "version": "1"} | typed)

    assert (answer.status_code, kept(answer, "note_en"), rows(Leg)[0].closed) == (422, "Ask again", False)


def test_one_press_carries_an_open_ask_to_the_next_presidency(as_editor, guichet, editor):
    first = a_leg(guichet, editor, "2022-fr", public=True)
    closed(first, guichet, editor)
    second = a_leg(guichet, editor, "2022-cz")
    button = read(as_editor.get(PAGE)).one("li", id="leg-2026-ie").one("form")

    answer = as_editor.post(button["action"], data={"onward": button.one("button")["value"]})

    assert (answer.status_code, answer.headers["location"]) == (303, IRELAND)
    assert [leg.carried_from_id for leg in rows(Leg)] == [None, None, second.id]
    assert "Carried from Czechia 2022 H2." in read(as_editor.get(IRELAND)).one("dl").words


def test_an_ask_that_goes_nowhere_is_told_on_its_page(as_editor, guichet, editor):
    a_leg(guichet, editor)

    answer = as_editor.post(f"{IRELAND}/continuation", data={"onward": "2022-fr"})

    assert (answer.status_code, "Choose a later presidency" in read(answer).one("div", id="f-errors").words) == (422, True)

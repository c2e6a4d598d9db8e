"""The page of one's letters, behind the link that stands in each: seeing, changing, pausing, taking away, leaving."""

from datetime import timedelta

import orjson
import pytest

from models import Subscriber, Subscription
from relais.db import reading, writing
from relais.following import data
from relais.settings import now
from tests.public_record import a_proposal, counted
from tests.web.filling import rows
from tests.web.letters_asked_for import FORM, INES, asked, confirmed, letters, link
from tests.web.reading import read

CHOICE = {name: FORM[name] for name in ("news", "pace", "weekday")}
SAVED = {"language": "en", "paused_until": "", "version": "1"}


@pytest.fixture
def own(visitor, engine):
    return confirmed(visitor, engine)


def row_of(own, number=1):
    return f"{own}/subscriptions/{number}"


# --- seeing and changing ---------------------------------------------------------------------------------------------


def test_the_page_says_what_is_followed_how_often_and_since_when(visitor, own):
    answer = visitor.get(own)
    page = read(answer)

    assert (answer.headers["Cache-Control"], page.one("h1").words) == ("no-store", "Your letters")
    (row,) = page.one("tbody").all("tr")
    assert row.all("td")[0].words == "Every week, on Monday all news but public comments"
    assert "Next letter:" in page.one("main").words


def test_another_pace_and_fewer_news_of_one_thing(visitor, own):
    form = read(visitor.get(row_of(own)))
    assert [box["value"] for box in form.all("input", name="pace") if "checked" in box.attributes] == ["weekly"]

    saved = visitor.post(row_of(own), data={**CHOICE, "news": ["stage", "text"], "pace": "daily", "version": "1"})
    assert (saved.status_code, saved.headers["Location"]) == (303, f"{own}?done=saved")
    page = read(visitor.get(saved.headers["Location"]))
    assert page.one(role="status", class_="ok").words == "Saved."
    assert page.one("tbody").all("td")[0].words == "Every day new proposals and changes of stage, changes to the text"


def test_what_is_wrong_is_said_and_what_was_chosen_stays(visitor, own):
    answer = visitor.post(row_of(own), data={**CHOICE, "news": [], "pace": "handover", "version": "1"})

    page = read(answer)
    assert (answer.status_code, page.one(id="f-news-e").words) == (422, "Choose at least one kind of news")
    assert [box["value"] for box in page.all("input", name="pace") if "checked" in box.attributes] == ["handover"]


def test_who_saves_over_a_change_sees_both_and_may_save_again(visitor, own):
    visitor.post(row_of(own), data={**CHOICE, "pace": "daily", "version": "1"})
    late = visitor.post(row_of(own), data={**CHOICE, "pace": "handover", "version": "1"})

    page = read(late)
    assert (late.status_code, rows(Subscription)[0].pace) == (409, "daily")
    assert "It stands so now: Every day: all news but public comments." in page.one("main").words
    again = {**CHOICE, "pace": "handover", "version": page.one("input", name="version")["value"]}
    assert (visitor.post(row_of(own), data=again).status_code, rows(Subscription)[0].pace) == (303, "handover")


def test_language_and_pause_of_all_letters(visitor, own):
    until = (now() + timedelta(days=40)).date()
    saved = visitor.post(own, data={**SAVED, "language": "fr", "paused_until": str(until)})

    assert saved.status_code == 303
    assert rows(Subscriber)[0].language == "fr"
    page = read(visitor.get(own))
    assert page.one("input", name="paused_until")["value"] == str(until)
    assert "Paused. What happens until then comes in the first letter after." in page.one("main").words

    visitor.post(own, data={**SAVED, "version": "2"})
    assert rows(Subscriber)[0].paused_until is None


@pytest.mark.parametrize(
    ("day", "words"), [("2020-01-01", "Choose a day that is still to come"), ("soon", "Write a day such as 2022-07-01")]
)
def test_a_pause_wants_a_day_to_come(visitor, own, day, words):
    answer = visitor.post(own, data={**SAVED, "language": "fr", "paused_until": day})

    page = read(answer)
    assert (answer.status_code, page.one(id="f-paused_until-e").words) == (422, words)
    assert page.one("input", name="paused_until")["value"] == day
    assert rows(Subscriber)[0].language == "en"  # nothing is half saved


def test_a_pause_saved_over_another_is_told(visitor, own):
    visitor.post(own, data={**SAVED, "language": "fr"})
    late = visitor.post(own, data=SAVED)

    assert (late.status_code, rows(Subscriber)[0].language) == (409, "fr")


def test_somebody_else_s_row_is_not_there(visitor, engine, own):
    other = confirmed(visitor, engine, "other@relais.test")

    assert [visitor.get(row_of(own, 2)).status_code, visitor.post(f"{row_of(own, 2)}/removal").status_code] == [404, 404]
    assert visitor.get(row_of(other, 2)).status_code == 200


def test_a_letter_of_one_address_opens_no_other_page(visitor, engine, own):
    asked(visitor, "other@relais.test")
    (letter,) = letters(engine)

    assert visitor.get(link(letter, "confirm").replace("confirm", "manage")).status_code == 410


# --- links, data and leaving -----------------------------------------------------------------------------------------


def test_new_links_end_the_ones_before(visitor, own):
    moved = visitor.post(f"{own}/links").headers["Location"]

    assert (visitor.get(own).status_code, visitor.get(moved).status_code) == (410, 200)


def test_all_that_is_kept_can_be_taken_away(visitor, own):
    answer = visitor.get(f"{own}/data.json")

    kept = orjson.loads(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="relais-letters.json"'
    assert (kept["email"], kept["subscriptions"][0]["kind"], kept["letters"]) == (INES, "everything", [])
    assert kept["subscriptions"][0]["consent"] in kept["consent"]


def test_every_column_kept_about_an_address_is_handed_out_or_left_out_for_a_reason(engine, own):
    with reading(engine) as session:
        kept = data.of(session, session.get_one(Subscriber, 1))

    for kind, said in ((Subscriber, kept), (Subscription, kept["subscriptions"][0])):
        columns = {column.name for column in kind.__table__.columns}
        assert columns - set(said) == set(data.LEFT_OUT[kind])


def test_stopping_the_last_thing_forgets_the_address(visitor, own):
    answer = visitor.post(f"{row_of(own)}/removal")

    assert (answer.headers["Location"], rows(Subscriber)) == ("/en/follow/left", [])
    assert (visitor.get(own).status_code, visitor.get("/en/follow/left").status_code) == (410, 200)


def test_stopping_one_of_two_comes_back_to_the_page(visitor, engine, public_affairs):
    a_proposal("guichet", public_affairs)
    own = confirmed(visitor, engine, topics=["everything", "proposal/guichet"])

    answer = visitor.post(f"{row_of(own)}/removal")
    assert (answer.headers["Location"], [row.key for row in rows(Subscription)]) == (f"{own}?done=stopped", ["guichet"])


def test_erasing_leaves_nothing_of_the_address(visitor, engine, own):
    answer = visitor.post(f"{own}/erasure")

    assert (answer.headers["Location"], rows(Subscriber), rows(Subscription)) == ("/en/follow/left", [], [])


def test_an_address_that_refused_is_told_so_and_how_to_go_on(visitor, engine, own):
    with writing(engine) as session:
        subscriber = session.get_one(Subscriber, 1)
        subscriber.ended_at, subscriber.ended_why = now(), "550 no such mailbox"

    page = read(visitor.get(own))
    assert "It said: 550 no such mailbox" in page.one("main").words
    assert "Next letter" not in page.one("main").words


def test_the_page_asks_the_same_number_of_questions_for_one_thing_and_for_three(visitor, engine, public_affairs):
    for slug in ("a", "b", "c"):
        a_proposal(slug, public_affairs)
    own = confirmed(visitor, engine, topics=["proposal/a"])
    told = []
    for more in (["proposal/a"], ["proposal/b", "proposal/c"]):
        with writing(engine) as session:
            session.get_one(Subscriber, 1).due_at = None
            session.get_one(Subscriber, 1).asked_at = None
        if more != ["proposal/a"]:
            confirmed(visitor, engine, topics=more)
        with counted(engine) as said:
            visitor.get(own)
        told.append(len(said))

    assert (len(rows(Subscription)), told[0]) == (3, told[1])


@pytest.mark.parametrize("path", ["", "/subscriptions/1"])
def test_a_form_that_came_without_its_hidden_part_is_shown_again(visitor, own, path):
    assert visitor.post(f"{own}{path}", data={"pace": "hourly", "language": "de"}).status_code == 422

"""A member follows a search from the page that shows it, sees which, and leaves it; a visitor is led to letters and feeds."""

import feedparser

from models import SavedSearch
from tests.public_record import a_comment, a_proposal
from tests.web.filling import rows
from tests.web.reading import read

QUERY = "q=zebres&kind=comment"


def test_what_is_found_is_followed_by_one_press_and_left_by_another(as_editor, public_affairs, editor):
    a_comment(a_proposal("guichet", public_affairs), editor, "Des zèbres", public=True)
    (hidden,) = read(as_editor.get(f"/en/search?{QUERY}")).all("input", name="query")

    pressed = as_editor.post("/en/search/saved", data={"query": hidden["value"]})
    page = read(as_editor.get("/en/search/saved"))

    assert (pressed.status_code, pressed.headers["Location"]) == (303, "/en/search/saved")
    assert [link.words for link in page.all("a") if link["href"] == f"/en/search?{QUERY}"] == ["Search: zebres, Comments"]
    assert "You follow this search" in as_editor.get(f"/en/search?{QUERY}").text
    assert as_editor.post("/en/search/saved/1/removal").status_code == 303
    assert rows(SavedSearch) == []


def test_what_cannot_be_followed_is_refused_in_the_readers_language(as_editor, as_stranger):
    answer = as_editor.post("/fr/search/saved", data={"query": "kind=comment"})

    assert (answer.status_code, "Une telle recherche n’a pas de nouvelles" in answer.text) == (422, True)
    as_editor.post("/en/search/saved", data={"query": QUERY})
    assert as_stranger.post("/en/search/saved/1/removal").status_code == 404


def test_a_visitor_is_led_to_letters_and_to_a_feed_of_what_is_found(visitor, public_affairs, editor):
    guichet = a_proposal("guichet", public_affairs)
    comment = a_comment(guichet, editor, "Des zèbres", public=True)
    a_comment(guichet, editor, "Des zèbres, entre nous", public=False)

    page = read(visitor.get(f"/en/search?{QUERY}"))

    links = {link.words: link["href"] for link in page.all("a")}
    assert visitor.get(links["By letter"]).status_code == 200
    feed = feedparser.parse(visitor.get(links["Atom feed"].removeprefix("http://testserver") + "&news=comments").text)
    assert [entry.link.rpartition("/")[2] for entry in feed.entries] == [f"guichet#c{comment.id}"]
    assert page.all("input", name="query") == []
    assert visitor.get("/en/feeds/found.atom?kind=comment").status_code == 404

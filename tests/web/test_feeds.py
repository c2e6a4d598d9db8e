"""Feeds as feed readers take them: well-formed, paged, cheap to ask for again; and announced where something can be followed."""

from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from xml.etree import ElementTree as ET

import feedparser
import orjson
import pytest
from sqlmodel import select

from models import Event
from models.event import EventKind
from relais import feeds
from relais.db import reading
from relais.feeds import atom
from relais.topics import EVERYTHING
from tests.days import NOW
from tests.public_record import a_position, a_proposal, a_theme, an_actor, an_entry, moved
from tests.web.reading import read

ATOM, JSON = "/en/feeds/proposal/guichet.atom", "/en/feeds/proposal/guichet.json"
HOST = "http://testserver"


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def parsed(answer):
    """As a feed reader takes it, which forgives nothing here."""
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


def the_move():
    with reading() as session:
        return session.exec(select(Event).where(Event.kind == EventKind.STAGE_MOVED)).one()


def test_a_feed_in_atom(visitor, guichet):
    answer = visitor.get("/fr/feeds/proposal/guichet.atom")
    feed, move = parsed(answer), the_move()

    assert answer.headers["Content-Type"] == "application/atom+xml"
    assert (feed.feed.title, feed.feed.language) == ("Titre de guichet — Relais", "fr")
    assert feed.feed.id == "tag:testserver,2026:fr/feeds/proposal/guichet"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": f"{HOST}/fr/proposals/guichet", "self": f"{HOST}/fr/feeds/proposal/guichet.atom",
    }  # fmt: skip
    first = feed.entries[0]
    assert (first.title, first.summary) == ("Étape changée\u00a0: Titre de guichet, publiée", "21 juin 2022")
    assert (first.link, first.author) == (f"{HOST}/fr/proposals/guichet#timeline", "Relais")
    assert (first.id, [tag.term for tag in first.tags]) == (f"tag:testserver,2026:fr/events/{move.id}", ["stage"])
    assert first.published == first.updated == feed.feed.updated == "2026-11-23T10:00:00Z"


def test_the_same_feed_in_json(visitor, guichet):
    answer = visitor.get("/fr/feeds/proposal/guichet.json")
    feed, atom = orjson.loads(answer.content), parsed(visitor.get("/fr/feeds/proposal/guichet.atom"))

    assert answer.headers["Content-Type"] == "application/feed+json"
    items = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Titre de guichet — Relais",
        "home_page_url": f"{HOST}/fr/proposals/guichet",
        "feed_url": f"{HOST}/fr/feeds/proposal/guichet.json",
        "language": "fr",
        "authors": [{"name": "Relais"}],
    }
    told = [(item["id"], item["title"], item["content_text"], item["url"], item["date_published"], item["date_modified"]) for item in items]
    assert told == [(one.id, one.title, one.summary, one.link, one.published, one.updated) for one in atom.entries]


def test_signs_that_mean_something_to_xml_are_words_here(visitor, guichet):
    an_entry("odd", guichet, title_en=(title := 'A <b>"vote"</b> & more ]]> \U0001f30d'), title_fr="Un vote")

    assert parsed(visitor.get(ATOM)).entries[0].summary_detail.type == "text/plain"
    assert ET.fromstring(visitor.get(ATOM).content).findtext("{*}entry/{*}summary") == f"Vote: {title}"
    assert orjson.loads(visitor.get(JSON).content)["items"][0]["content_text"] == f"Vote: {title}"


def test_signs_xml_cannot_hold_are_left_out(guichet):
    with reading() as session:
        feed = feeds.of(session, "en", EVERYTHING)

    odd = replace(feed, items=(replace(feed.items[0], title="A\x00 vote\x0b\ufffe", more="\ud800soon"),))

    entry = ET.fromstring(atom.written(odd)).find("{*}entry")
    assert [entry.findtext(f"{{*}}{name}") for name in ("title", "summary")] == ["A vote", "soon"]


def test_pages_lead_to_the_next(visitor, guichet):
    for n in range(50):
        an_entry(f"e-{n}", guichet)

    first = parsed(visitor.get(ATOM))
    following = {link.rel: link.href for link in first.feed.links}["next"]
    last = parsed(visitor.get(following.removeprefix(HOST)))

    assert (len(first.entries), len(last.entries)) == (50, 3)
    assert {link.rel for link in last.feed.links} == {"alternate", "self", "first"}
    assert {one.id for one in first.entries} & {one.id for one in last.entries} == set()
    assert last.feed.id == first.feed.id
    assert orjson.loads(visitor.get(JSON).content)["next_url"] == following.replace(".atom", ".json")


def test_kinds_are_chosen_and_kept_from_page_to_page(visitor, guichet):
    an_actor("france")
    a_position(guichet, "france")

    chosen = parsed(visitor.get(f"{ATOM}?news=positions&news=stage"))

    assert [one.tags[0].term for one in chosen.entries] == ["positions", "stage", "stage"]
    assert chosen.feed.id == "tag:testserver,2026:en/feeds/proposal/guichet#stage+positions"
    assert chosen.feed.links[1].href == f"{HOST}{ATOM}?news=stage&news=positions"
    assert visitor.get(f"{ATOM}?news=gossip").status_code == 422


def test_who_has_it_is_not_sent_it_again(visitor, guichet):
    first = visitor.get(ATOM)
    known = {"ETag": first.headers["ETag"], "Last-Modified": first.headers["Last-Modified"]}
    later = format_datetime(NOW + timedelta(days=3), usegmt=True)

    asked = [
        {"If-None-Match": known["ETag"]}, {"If-Modified-Since": known["Last-Modified"]}, {"If-Modified-Since": later},
        {"If-Modified-Since": "Sun, 22 Nov 2026 10:00:00 GMT"}, {"If-Modified-Since": "yesterday"},
        {"If-None-Match": '"other"', "If-Modified-Since": later},
    ]  # fmt: skip
    assert known["Last-Modified"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert [visitor.get(ATOM, headers=one).status_code for one in asked] == [304, 304, 304, 200, 200, 200]


def test_what_happens_elsewhere_and_a_new_day_leave_it_as_it_was(visitor, guichet, public_affairs, house):
    from relais.settings import settings

    before = visitor.get(ATOM).headers["ETag"]
    a_proposal("other", public_affairs)
    house.setenv("RELAIS_TODAY", "2026-11-24")
    settings.cache_clear()
    after = visitor.get(ATOM, headers={"If-None-Match": before}).status_code
    moved(guichet, "backed")

    assert after == 304
    assert visitor.get(ATOM, headers={"If-None-Match": before}).status_code == 200


def test_members_get_what_visitors_get(visitor, as_editor, guichet):
    an_actor("france")
    a_position(guichet, "france", public=False)

    asked, member = visitor.get(ATOM), as_editor.get(ATOM)

    assert (member.content, member.headers["ETag"]) == (asked.content, asked.headers["ETag"])


def test_what_is_no_feed_is_not_here(visitor, public_affairs):
    a_proposal("quiet", public_affairs, public=False)
    paths = ("proposal/quiet.atom", "proposal/none.json", "theme/none.atom", "nonsense/x.atom", "search.atom", "everything.rss")

    assert [visitor.get(f"/en/feeds/{path}").status_code for path in paths] == [404] * len(paths)


def test_pages_announce_their_feeds(visitor, as_editor, guichet, public_affairs):
    a_theme("commons")
    an_actor("france")
    a_proposal("quiet", public_affairs, public=False)
    places = {
        "/en/": "everything", "/en/activity": "everything", "/en/feeds": "everything", "/en/proposals": "everything",
        "/en/proposals/guichet": "proposal/guichet", "/en/groups/european-public-affairs": "group/european-public-affairs",
        "/en/actors/france": "actor/france", "/en/proposals?theme=commons": "theme/commons",
    }  # fmt: skip

    found = {path: [link["href"] for link in announced(visitor.get(path))] for path in places}

    assert found == {path: [f"{HOST}/en/feeds/{feed}.{form}" for form in ("atom", "json")] for path, feed in places.items()}
    assert [link["href"] for link in announced(visitor.get("/en/proposals?q=gui+chet&stage=published&page=1"))] == [
        f"{HOST}/en/feeds/search.{form}?q=gui+chet&stage=published" for form in ("atom", "json")
    ]
    assert announced(as_editor.get("/en/proposals/quiet")) == []


def announced(answer):
    return [link for link in read(answer).all("link", rel="alternate") if "type" in link.attributes and "hreflang" not in link.attributes]


def test_people_find_them_too(visitor, guichet):
    links = [link["href"] for link in read(visitor.get("/en/proposals/guichet")).one("main").all("a")]
    assert [link for link in links if "/feeds/" in link] == [f"{HOST}{ATOM}", f"{HOST}{JSON}"]
    assert read(visitor.get("/en/")).one("footer").all("a", href="/en/feeds")[0].words == "Feeds and calendar"

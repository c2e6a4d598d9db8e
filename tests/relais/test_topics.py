"""What can be followed: found, named for people, and the events that are about it."""

import pytest
from sqlalchemy import select

from models import Event
from models.event import EventKind
from models.topic import NEWS, USUAL, NewsKind, TopicKind, acts_of, news_of
from relais import topics
from relais.access import VISITOR
from relais.db import reading
from relais.errors import Missing
from relais.relay import Filters
from relais.topics import EVERYTHING, Topic
from relais.topics.about import events_about
from tests.asks import a_calendar, a_leg
from tests.public_record import a_position, a_proposal, a_theme, an_actor, an_entry, counted, moved


@pytest.fixture
def told(engine, public_affairs, social_tech, editor):
    """Two proposals of two groups, and what was told of each."""
    a_calendar()
    a_theme("commons")
    an_actor("april")
    guichet = a_proposal("guichet", public_affairs, themes=["commons"])
    tarif = a_proposal("tarif", social_tech)
    moved(guichet, "backed", on="2026-09-01")
    a_position(guichet, "april", on="2026-08-01")
    a_position(tarif, "ireland", on="2022-03")
    an_entry("vote", guichet, on="2022")
    a_leg(tarif, editor, "2027-lt")


def about(topic):
    """The events about a topic: the act, and the slug or the row it is about."""
    with reading() as session:
        found = session.execute(
            select(Event.kind, Event.proposal_id, Event.subject).where(events_about(session, VISITOR, topic)).order_by(Event.id)
        )
        return [(row.kind.value, row.proposal_id) for row in found]


GUICHET, TARIF = 1, 2


def added(proposal):
    return [("proposal_added", proposal), ("text_saved", proposal), ("stage_moved", proposal)]


TOLD_OF_GUICHET = [*added(GUICHET), ("stage_moved", GUICHET), ("position_recorded", GUICHET), ("entry_added", GUICHET)]
TOLD_OF_TARIF = [*added(TARIF), ("position_recorded", TARIF), ("leg_planned", TARIF)]


@pytest.mark.parametrize(
    ("topic", "events"),
    [
        (Topic(TopicKind.PROPOSAL, "guichet"), TOLD_OF_GUICHET),
        (Topic(TopicKind.GROUP, "social-tech-skills"), TOLD_OF_TARIF),
        (Topic(TopicKind.THEME, "commons"), TOLD_OF_GUICHET),
        (Topic(TopicKind.ACTOR, "april"), [("position_recorded", GUICHET)]),
        (Topic(TopicKind.ACTOR, "ireland"), [("presidency_added", None), ("position_recorded", TARIF)]),
        (Topic(TopicKind.PRESIDENCY, "2026-ie"), [("presidency_added", None), ("stage_moved", GUICHET), ("position_recorded", GUICHET)]),
        (
            Topic(TopicKind.PRESIDENCY, "2022-fr"),
            [("presidency_added", None), ("stage_moved", GUICHET), ("stage_moved", TARIF), ("position_recorded", TARIF)],
        ),
        (Topic(TopicKind.PRESIDENCY, "2027-lt"), [("presidency_added", None), ("leg_planned", TARIF)]),
        (topics.of("search", "?stage=published"), TOLD_OF_TARIF),
        (Topic(TopicKind.PROPOSAL, "nowhere"), []),
    ],
)  # fmt: skip
def test_an_event_is_about_what_it_tells_of(told, topic, events):
    assert about(topic) == events


def test_everything_is_about_everything(told):
    with reading() as session:
        every = session.execute(select(Event.id)).all()

    assert len(about(EVERYTHING)) == len(every)


def test_a_topic_is_named_in_the_readers_language(told):
    asked = [EVERYTHING, *(Topic(TopicKind(kind), key) for kind, key in NAMED)]

    with reading() as session:
        found = topics.named(session, VISITOR, "en", asked)

    assert {(topic.kind.value, topic.key): (named.words, named.language, named.path) for topic, named in found.items()} == {
        ("everything", ""): ("Everything on the relay", "en", "/"),
        ("proposal", "guichet"): ("Titre de guichet", "fr", "/proposals/guichet"),
        ("group", "social-tech-skills"): ("Social tech skills", "en", "/groups/social-tech-skills"),
        ("theme", "commons"): ("commons in English", "en", "/proposals?theme=commons"),
        ("actor", "april"): ("april en", "en", "/actors/april"),
        ("presidency", "2026-ie"): ("Ireland 2026 H2", "en", "/presidencies/2026-ie"),
        ("search", "q=guichet"): ("Proposals that answer: guichet", "en", "/proposals?q=guichet"),
        FOUND: ("Search: guichet, Comments, French, Backed, commons in English", "en", f"/search?{FOUND[1]}"),
    }


FOUND = ("found", "q=guichet&kind=comment&stage=backed&theme=commons&tongue=fr")
NAMED = [
    FOUND,
    ("proposal", "guichet"), ("group", "social-tech-skills"), ("theme", "commons"), ("actor", "april"), ("presidency", "2026-ie"),
    ("search", "q=guichet"), ("proposal", "nowhere"), ("actor", "nobody"), ("presidency", "1999-xx"),
]  # fmt: skip


def test_what_a_reader_may_not_see_has_no_name(engine, public_affairs):
    a_proposal("draft", public_affairs, public=False)

    with reading() as session, pytest.raises(Missing):
        topics.name(session, VISITOR, "en", Topic(TopicKind.PROPOSAL, "draft"))


@pytest.mark.parametrize("count", [1, 3])
def test_naming_costs_the_same_for_one_and_for_three(engine, public_affairs, count):
    slugs = [f"p-{n}" for n in range(count)]
    for slug in slugs:
        a_proposal(slug, public_affairs)

    with reading() as session, counted(engine) as statements:
        found = topics.named(session, VISITOR, "en", [Topic(TopicKind.PROPOSAL, slug) for slug in slugs])

    assert (len(found), len(statements)) == (count, 2)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("?stage=published&q=free++software", "q=free+software&stage=published"),
        ("q=&theme=commons&page=3&sort=stage", "theme=commons"),
        ("q=open&stage=nonsense&level=moon", "q=open"),
    ],
)
def test_the_same_search_is_the_same_topic_however_it_was_asked(typed, key):
    assert topics.of("search", typed) == Topic(TopicKind.SEARCH, key)


@pytest.mark.parametrize(
    "typed", ["?tongue=fr&q=logiciel+libre&page=2&kind=comment", "q=++logiciel+libre+&tongue=fr&kind=comment&stage=nonsense"]
)
def test_the_same_question_to_the_search_page_is_the_same_topic(typed):
    topic = topics.of("found", typed)

    assert topic == Topic(TopicKind.FOUND, "q=logiciel+libre&kind=comment&tongue=fr")
    assert topics.looked_for(*topics.found_of(topic.key)) == topic


NO_SEARCH = [("found", key) for key in ("kind=comment", "q=+", "q=x&kind=source", "q=x&kind=actor", f"q={'%C3%A9' * 200}")]


@pytest.mark.parametrize(
    ("kind", "key"), [("nonsense", "x"), ("proposal", ""), ("everything", "x"), ("search", "page=2"), ("", ""), *NO_SEARCH]
)
def test_what_cannot_be_followed_is_no_topic(kind, key):
    with pytest.raises(Missing):
        topics.of(kind, key)


def test_every_act_is_at_most_one_kind_of_news():
    acts = [act for acts in NEWS.values() for act in acts]

    assert len(acts) == len(set(acts))
    assert news_of(EventKind.STAGE_MOVED) is NewsKind.STAGE
    assert news_of(EventKind.COMMENT_REMOVED) is None
    assert acts_of(USUAL) == frozenset(acts) - {EventKind.COMMENT_POSTED}


@pytest.mark.parametrize(
    ("filters", "words", "topic"),
    [
        (Filters(), "", Topic(TopicKind.EVERYTHING)),
        (Filters(theme="commons"), "", Topic(TopicKind.THEME, "commons")),
        (Filters(theme="commons"), "open", Topic(TopicKind.SEARCH, "q=open&theme=commons")),
        (Filters(stage="published"), "", Topic(TopicKind.SEARCH, "stage=published")),
    ],
)
def test_a_list_narrowed_is_a_topic(filters, words, topic):
    assert topics.narrowed(filters, words) == topic

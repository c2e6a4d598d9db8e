"""What is new of a topic as items that are named for good, and what a visitor may not know of left out."""

import pytest

from models.topic import USUAL, NewsKind, TopicKind
from relais import feeds, texts
from relais.db import reading, writing
from relais.errors import Invalid, Missing
from relais.feeds import PAGE
from relais.proposals import publication
from relais.texts import TextForm
from relais.topics import EVERYTHING, Topic
from tests.days import NOW
from tests.public_record import a_comment, a_position, a_proposal, a_theme, an_actor, an_entry, counted, moved

GUICHET = Topic(TopicKind.PROPOSAL, "guichet")


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def fed(topic=EVERYTHING, language="en", **asked):
    with reading() as session:
        return feeds.of(session, language, topic, **asked)


def told(feed):
    return [f"{item.title} | {item.more}" for item in feed.items]


def test_an_item_tells_in_both_languages_what_was_done_and_what_is_on_record(guichet):
    an_actor("france", name_fr="La France", name_en="France")
    a_position(guichet, "france", on="2022-06", note_en="With its industry.", note_fr="Avec son industrie.")
    an_entry("plenary", guichet, on="2026-12-01", state="planned")
    moved(guichet, "backed", on="2022-06-22")

    assert told(fed(GUICHET))[:3] == [
        "Stage moved: Titre de guichet, from published to backed | 22 Jun 2022",
        "Event added on Titre de guichet | Vote, planned, 1 Dec 2026: Vote plenary",
        "Position recorded on Titre de guichet | France: supports, June 2022. With its industry.",
    ]
    assert told(fed(GUICHET, "fr"))[2] == (
        "Position consignée sur Titre de guichet | La France\u00a0: soutient, juin 2022. Avec son industrie."
    )


def test_a_lead_says_that_it_is_one(guichet):
    an_entry("maybe", leads=(guichet,), on="2026-12-01")

    assert told(fed(GUICHET))[0] == "Event added on Titre de guichet | Lead to check. Vote, 1 Dec 2026: Vote maybe"


def test_comments_are_told_to_who_asks_for_them_alone_and_never_what_they_say(guichet, editor):
    a_comment(guichet, editor, "A word to the world.", public=True)
    a_comment(guichet, editor, "Among us.")

    assert [item.news for item in fed(GUICHET).items if item.news is NewsKind.COMMENTS] == []
    assert told(fed(GUICHET, kinds=(NewsKind.COMMENTS,))) == ["Comment on Titre de guichet | "]


def test_kinds_are_in_our_order_and_the_usual_ones_where_none_is_asked_for():
    assert feeds.chosen([]) == USUAL
    assert feeds.chosen(["comments", "stage", "stage"]) == (NewsKind.STAGE, NewsKind.COMMENTS)
    with pytest.raises(Invalid):
        feeds.chosen(["stage", "gossip"])


def test_what_was_done_in_private_is_not_announced_when_the_proposal_becomes_public(public_affairs, editor):
    quiet = a_proposal("quiet", public_affairs, public=False)
    with pytest.raises(Missing):
        fed(Topic(TopicKind.PROPOSAL, "quiet"))
    with writing() as session:
        publication.publish(session, session.merge(quiet), version=1, by=editor, now=NOW)

    assert told(fed(Topic(TopicKind.PROPOSAL, "quiet"))) == ["Made public: Titre de quiet | "]


def test_a_position_kept_in_the_group_is_not_told(guichet):
    an_actor("france")
    a_position(guichet, "france", public=False)

    assert [item.news for item in fed(GUICHET).items if item.news is NewsKind.POSITIONS] == []


def test_a_new_title_words_old_items_anew_and_changes_neither_their_ids_nor_their_times(guichet, editor):
    before = fed(GUICHET)
    with writing() as session:
        form = TextForm(title="Un guichet", summary="Un résumé.", body="Le *corps*.")
        texts.save(session, session.merge(guichet), "fr", form, base=1, by=editor, now=NOW)

    after = fed(GUICHET)

    assert [(item.id, item.at) for item in after.items[1:]] == [(item.id, item.at) for item in before.items]
    assert after.items[-1].title == "Proposal added: Un guichet"


def test_every_kind_of_topic_has_a_feed(guichet, public_affairs):
    a_theme("commons")
    an_actor("france")
    a_position(guichet, "france")
    themed = a_proposal("themed", public_affairs, themes=["commons"])
    topics = {
        "group": public_affairs.slug, "actor": "france", "theme": "commons", "search": "q=themed", "found": "q=titre+themed",
    }  # fmt: skip

    found = {kind: {item.path.split("#")[0] for item in fed(Topic(TopicKind(kind), key)).items} for kind, key in topics.items()}

    shown, other = f"/proposals/{guichet.slug}", f"/proposals/{themed.slug}"
    assert {kind: {path.split("/revisions")[0] for path in paths} for kind, paths in found.items()} == {
        "group": {shown, other}, "actor": {shown}, "theme": {other}, "search": {other}, "found": {other},
    }  # fmt: skip


def test_pages_follow_each_other_without_a_gap_or_an_item_twice(guichet):
    for n in range(PAGE):
        an_entry(f"e-{n}", guichet, on="2026-12-01")
    whole = fed(GUICHET)
    rest = fed(GUICHET, before=whole.older)

    assert (len(whole.items), len(rest.items), rest.older) == (PAGE, 3, 0)
    ids = [item.id for item in (*whole.items, *rest.items)]
    assert ids == sorted(set(ids), reverse=True)


def test_an_empty_feed_was_never_changed(public_affairs):
    feed = fed(Topic(TopicKind.GROUP, public_affairs.slug))

    assert (feed.items, feed.at) == ((), feeds.NEVER)


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_the_same_for_one_and_for_three(engine, public_affairs, count):
    an_actor("france")
    for n in range(count):
        proposal = a_proposal(f"p-{n}", public_affairs)
        a_position(proposal, "france")
        an_entry(f"e-{n}", proposal)

    with counted(engine) as statements:
        fed()

    assert len(statements) == 5  # the events, the titles, and a query for each kind of row

"""What is found by a search is told to who follows it: outside by letter as visitors may know it, inside as a member may."""

from datetime import timedelta

import pytest

from models.subscription import Pace
from models.topic import USUAL, TopicKind
from relais import comments, saved_searches
from relais.access import VISITOR
from relais.activity import Filters, each
from relais.comments import CommentForm
from relais.db import reading, writing
from relais.errors import Invalid, Missing
from relais.saved_searches import SearchForm
from relais.topics import Topic, of
from tests.days import NOW
from tests.public_record import a_comment, a_corrected_entry, a_proposal, a_theme, an_entry, moved
from tests.relais.searching import write
from tests.relais.subscribers import follows, letters
from tests.relais.test_notices import tell, told

SOON = NOW + timedelta(hours=2)


@pytest.fixture
def guichet(engine, public_affairs):
    a_theme("commons")
    proposal = a_proposal("guichet", public_affairs, themes=["commons"])
    tell(engine)
    return proposal


def follow(person, query):
    with writing() as session:
        return saved_searches.save(session, person, SearchForm(query=query), NOW).id


def found(query):
    """The acts a visitor is told of, oldest first, and what each is about."""
    with reading() as session:
        acts, _ = each(session, VISITOR, "en", Filters(topic=of("found", query)), limit=50)
        return [(act.kind.value, act.subject_id) for act in reversed(acts)]


def test_whatever_says_the_words_is_told_and_nothing_else(guichet, public_affairs, editor, stranger):
    other = a_proposal("autre", public_affairs)
    write(other, "en", title="Software for all")
    comment = a_comment(guichet, editor, "Des **logiciels libres** !", public=True)
    a_comment(guichet, editor, "Des logiciels", public=True)
    entry = an_entry("vote", guichet, title_fr="Vote sur le logiciel libre")
    planned = an_entry("plan", guichet, title_en="Free software day", title_fr="")
    moved(guichet, "backed", on="2026-09-01")
    write(other, "fr", base=1, body="Les logiciels libres.")
    moved(other, "backed", on="2026-09-01")

    said = found("q=logiciels+libres")
    assert [kind for kind, _ in said] == [
        "proposal_added", "text_saved", "stage_moved", "text_saved", "comment_posted", "entry_added", "text_saved", "stage_moved",
    ]  # fmt: skip
    assert [key for kind, key in said if kind in ("comment_posted", "entry_added")] == [str(comment.id), str(entry.id)]
    assert found("q=logiciels+libres&kind=comment") == [("comment_posted", str(comment.id))]
    assert found("q=logiciels+libres&theme=commons") == [("comment_posted", str(comment.id)), ("entry_added", str(entry.id))]
    assert found("q=free+software&tongue=en") == [("entry_added", str(planned.id))]
    assert found("q=logiciels+libres&stage=published") == []


def test_what_was_corrected_is_told_by_what_it_says_now(guichet, editor):
    old = an_entry("vote", guichet, title_fr="Vote des zèbres", on="2022-01-01")
    new = a_corrected_entry(old, editor, on="2022-02-01", title_fr="Vote des girafes")

    assert (found("q=zebres"), found("q=girafes")) == ([], [("entry_corrected", str(new.id))])


# --- by letter -------------------------------------------------------------------------------------------------------


def test_who_follows_a_search_gets_what_is_found_in_a_letter_that_says_why(engine, guichet, editor):
    follows("ana", (TopicKind.FOUND, "q=zebres"), news=[*USUAL, "comments"])
    follows("omar", (TopicKind.FOUND, "q=zebres"), pace=Pace.WEEKLY)
    follows("ines", (TopicKind.FOUND, "q=girafes"))
    a_comment(guichet, editor, "Des zèbres", public=True)
    a_comment(guichet, editor, "Des zèbres, entre nous", public=False)

    (letter,) = letters(engine, SOON)

    assert letter.to == "ana@relais.test"
    assert "Search: zebres" in letter.text
    assert "Des zèbres, entre nous" not in letter.text
    assert letter.text.count("Titre de guichet") >= 1


# --- in the notices of members ---------------------------------------------------------------------------------------


def test_a_member_is_told_what_they_may_see_from_then_on_and_never_what_they_did(
    engine, guichet, public_affairs, editor, commenter, stranger
):
    a_comment(guichet, commenter, "Un zèbre d’avant", public=True)
    for person in (editor, stranger):
        follow(person, "q=zebres")
    a_comment(guichet, commenter, "Des zèbres", public=True)
    a_comment(guichet, commenter, "Des zèbres, entre nous", public=False)
    a_comment(guichet, editor, "Mes zèbres", public=False)
    a_comment(guichet, commenter, "Des girafes", public=True)

    assert [told(engine, person) for person in (editor, stranger, commenter)] == [
        [("found", "comment_posted")] * 2, [("found", "comment_posted")], [],
    ]  # fmt: skip


def test_who_is_told_of_an_act_already_is_told_once(engine, guichet, editor, commenter):
    follow(editor, "q=zebres")
    with writing() as session:
        comments.post(session, guichet, CommentForm(body="@Emil Novák, des zèbres"), by=commenter, now=NOW)

    assert told(engine, editor) == [("mention", "comment_posted")]


def test_what_was_left_is_told_no_more(engine, guichet, editor, commenter, stranger):
    key = follow(editor, "q=zebres")
    with reading() as session, pytest.raises(Missing):
        saved_searches.find(session, stranger, key)
    with writing() as session:
        saved_searches.remove(session, saved_searches.find(session, editor, key))
    a_comment(guichet, commenter, "Des zèbres", public=True)

    assert told(engine, editor) == []


def test_a_search_is_followed_once_and_fifty_at_most(engine, editor):
    assert follow(editor, "?q=zebres&page=2") == follow(editor, "q=zebres")
    with pytest.raises(Invalid):
        follow(editor, "q=+")
    for number in range(1, saved_searches.MOST):
        follow(editor, f"q=mot{number}")
    with pytest.raises(Invalid):
        follow(editor, "q=one+more")
    with reading() as session:
        assert len(saved_searches.of(session, editor)) == saved_searches.MOST
        assert saved_searches.follows(session, editor, Topic(TopicKind.FOUND, "q=zebres"))

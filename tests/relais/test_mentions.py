"""Who a comment names: found in what was typed, kept by number, and shown as they choose to be."""

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from models import Comment, Event, Membership, Mention, Person
from models.group import Role
from relais import comments, export
from relais.access import VISITOR, reader_for
from relais.comments import CommentForm, discussion, mentions, versions
from relais.db import reading, writing
from relais.errors import Invalid
from relais.people import profile
from relais.people.profile import ProfileForm
from tests.cast import a_member
from tests.days import NOW, TODAY
from tests.public_record import a_comment, a_proposal, counted


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(*kind.__table__.primary_key)).all()


def heard(proposal, person=None):
    with reading() as session:
        return discussion.thread(session, proposal, reader_for(session, person) if person else VISITOR)[-1].said("Somebody")


def edited(comment, proposal, by, body):
    with writing() as session:
        row = session.get_one(Comment, comment.id)
        comments.edit(session, row, proposal, CommentForm(body=body), version=row.version, by=by, now=NOW)


def renamed(person, name):
    with writing() as session:
        row = session.get_one(Person, person.id)
        profile.change(session, row, ProfileForm(name=name), version=row.version, now=NOW)


def another(engine, group, name):
    """A member who took that name after joining."""
    person = a_member(engine, group, Role.EDITOR, "Zoé Lang", "fr")
    renamed(person, name)
    return person


@pytest.mark.parametrize("typed", ["Ask @Chiara Conti.", 'Ask @"Chiara Conti".', "Ask @chiara conti.", "Ask @“Chiara Conti”."])
def test_a_member_is_named_by_their_name(guichet, editor, commenter, typed):
    a_comment(guichet, editor, typed)

    (comment,) = rows(Comment)
    assert (comment.body, heard(guichet, editor)) == (f"Ask @{{{commenter.id}}}.", '<p>Ask <b class="mention">@Chiara Conti</b>.</p>\n')
    assert [(row.comment_id, row.person_id) for row in rows(Mention)] == [(comment.id, commenter.id)]
    assert (rows(Event)[-1].kind, rows(Event)[-1].details) == ("comment_posted", {"mentions": [commenter.id]})


@pytest.mark.parametrize(
    "typed",
    [
        "Ask @Sofia Pires.",
        "Ask chiara@Chiara Conti",
        "Ask @Chiara Contini",
        "Ask @Chiara",
        "me@example.org",
        "@{99}",
        "@{x} @{}",
        "@@Chiara Conti",
    ],
)
def test_nobody_else_is_named(guichet, editor, commenter, stranger, typed):
    a_comment(guichet, editor, typed)

    assert (rows(Mention), rows(Comment)[0].body, rows(Event)[-1].details) == ([], typed, {})


def test_of_two_names_that_begin_alike_the_longer_is_meant(engine, guichet, editor, commenter, public_affairs):
    longer = another(engine, public_affairs, "Chiara Conti Rossi")
    a_comment(guichet, editor, "@Chiara Conti Rossi and @Chiara Conti")

    assert rows(Comment)[0].body == f"@{{{longer.id}}} and @{{{commenter.id}}}"


def test_a_name_is_shown_as_its_owner_chooses_now_everywhere(guichet, editor, commenter):
    comment = a_comment(guichet, editor, "Ask @Chiara Conti", public=True)
    edited(comment, guichet, editor, "Do ask @Chiara Conti")
    said = {}
    for name in ("Chiara C. <b>", ""):
        renamed(commenter, name)
        with reading() as session:
            wordings = versions.of(session, session.get_one(Comment, comment.id), guichet, VISITOR, "Somebody")
            told = orjson.loads(export.document(session, today=TODAY))["proposals"][0]["comments"][0]["body"]
        said[name] = (heard(guichet), [wording.html for wording in wordings], told)

    for name, shown, told in (("Chiara C. <b>", "Chiara C. &lt;b&gt;", "Chiara C. <b>"), ("", "Somebody", "member")):
        words = [f'<p>{words} <b class="mention">@{shown}</b></p>\n' for words in ("Do ask", "Ask")]
        assert said[name] == (words[0], words, f"Do ask @{told}")


def test_an_edit_names_more_and_tells_only_the_new_ones(guichet, editor, commenter, coordinator):
    comment = a_comment(guichet, editor, "@Chiara Conti")
    edited(comment, guichet, editor, "@Chiara Conti @Claire Martin")
    edited(comment, guichet, editor, "Never mind")

    assert [event.details for event in rows(Event)][-3:] == [{"mentions": [commenter.id]}, {"mentions": [coordinator.id]}, {}]
    assert {row.person_id for row in rows(Mention)} == {commenter.id, coordinator.id}
    assert heard(guichet, editor) == "<p>Never mind</p>\n"


def test_what_one_edits_is_what_one_typed(engine, guichet, editor, commenter, public_affairs):
    a_comment(guichet, editor, "Ask @Chiara Conti")

    def typed():
        with reading() as session:
            return mentions.typed(session, public_affairs.id, rows(Comment)[0].body)

    before = typed()
    another(engine, public_affairs, "CHIARA CONTI")
    a_name_of_two = typed()
    renamed(commenter, "")

    assert (before, a_name_of_two, typed()) == ("Ask @Chiara Conti", "Ask @Chiara Conti", f"Ask @{{{commenter.id}}}")


def test_whoever_left_stays_named(guichet, editor, commenter):
    comment = a_comment(guichet, editor, "Ask @Chiara Conti")
    with writing() as session:
        session.delete(session.exec(select(Membership).where(Membership.person_id == commenter.id)).one())
    edited(comment, guichet, editor, f"Do ask @{{{commenter.id}}}")

    assert heard(guichet, editor) == '<p>Do ask <b class="mention">@Chiara Conti</b></p>\n'


def test_somebody_chosen_from_the_list_is_named_first_and_once(guichet, editor, commenter, stranger):
    a_comment(guichet, editor, "Look", mention=commenter.id)
    a_comment(guichet, editor, "Look @Chiara Conti", mention=commenter.id)

    assert [comment.body for comment in rows(Comment)] == [f"@{{{commenter.id}}} Look", f"Look @{{{commenter.id}}}"]
    with pytest.raises(Invalid) as refused:
        a_comment(guichet, editor, "Look", mention=stranger.id)
    assert refused.value.field == "mention"


def test_a_comment_that_names_nobody_asks_for_nobody(engine, guichet, editor):
    told = []
    for body in ("Plain", "Plain again"):
        with counted(engine) as asked:
            a_comment(guichet, editor, body)
        told.append([statement for statement in asked if "mentions" in statement or "memberships" in statement])

    assert told == [[], []]


def test_three_comments_that_name_people_take_as_many_queries_as_one(engine, guichet, editor, commenter):
    told = []
    for more in (1, 2):
        for _ in range(more):
            a_comment(guichet, editor, "@Chiara Conti")
        with counted(engine) as asked:
            heard(guichet, editor)
        told.append(len(asked))

    assert told[0] == told[1]


PIECES = st.lists(
    st.sampled_from(
        [
            "@{1}", "@{2}", "`@{1}`", '[x](https://e.eu "@{1}")', "[@{1}](https://e.eu/@{1})", '<b class="mention">@{1}</b>', "**",
            "\n\n- ", "&lt;",
        ]
    ),
    max_size=8,
)  # fmt: skip


@settings(deadline=None)  # speed is measured in bench/
@given(PIECES.map(" ".join))
def test_no_name_breaks_out_of_the_words(markdown):
    from relais.markdown import render

    html = mentions.marked(markdown, {1})
    shown = mentions.shown(html, {1: '"><script>x</script>'}, "")

    assert html.replace('<b class="mention">@{1}</b>', "@{1}") == render(markdown)
    assert "<script" not in shown
    assert mentions.shown(html, {1: "{1}"}, "").replace('<b class="mention">@{1}</b>', "@{1}") == render(markdown)


def test_the_list_offers_words_that_begin_so(engine, public_affairs, commenter, editor, observer):
    another(engine, public_affairs, "")
    with reading() as session:
        people = mentions.members(session, public_affairs.id)

    assert [[one.name for one in mentions.offered(people, begun)] for begun in ("", "con", "NOVA", "iara", "emil n")] == [
        ["Chiara Conti", "Emil Novák", "Oskar Berg"], ["Chiara Conti"], ["Emil Novák"], [], ["Emil Novák"],
    ]  # fmt: skip

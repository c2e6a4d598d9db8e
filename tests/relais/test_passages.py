"""Words of a text that a comment is about: kept, found again, and marked without touching a tag."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from models import Comment, Proposal, Text
from relais import texts
from relais.access import VISITOR, reader_for
from relais.comments import CommentForm, discussion, marks, passages
from relais.comments.marks import Mark
from relais.db import reading, writing
from relais.errors import Invalid
from relais.markdown import render
from relais.rendered import words
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import a_comment, a_proposal, counted

BODY = 'Une *personne* par région répond.\n\n- une adresse\n- une personne, une adresse\n\nVoir [le rapport](https://example.org "a > b").'
LINK = re.compile(r'</?mark[^>]*>|<a class="on-n"></a>')


@pytest.fixture
def guichet(public_affairs):
    proposal = a_proposal("guichet-unique", public_affairs)
    rewritten(proposal, BODY)
    return proposal


def rewritten(proposal, body, summary="Un résumé."):
    with writing() as session:
        number = session.exec(select(Text.number).where(Text.proposal_id == proposal.id, Text.language == "fr")).one()
        form = TextForm(title="Titre de guichet-unique", summary=summary, body=body, note=f"Note {number}")
        texts.save(session, session.get_one(Proposal, proposal.id), "fr", form, base=number, by=None, now=NOW)


def kept():
    with reading() as session:
        return session.exec(select(Comment).order_by(Comment.id)).all()[-1]


def heard(proposal, person):
    with reading() as session:
        return discussion.thread(session, proposal, reader_for(session, person))[-1].passage


def drawn(html, *marks_):
    return marks.drawn(html, marks_, lambda _: '<a class="on-n"></a>')


# --- keeping ----------------------------------------------------------------------------------------------------------


def test_words_are_kept_as_read_with_the_revision_they_stand_in(guichet, commenter):
    a_comment(guichet, commenter, "Which?", passage="personne   par\nrégion")

    comment = kept()
    with reading() as session:
        said = words(render(BODY))
        revision = session.exec(select(Text).where(Text.proposal_id == guichet.id)).one().number
    assert (comment.field, comment.passage, comment.begins) == ("body", "personne par région", said.index("personne"))
    assert (heard(guichet, commenter).number, heard(guichet, commenter).language) == (revision, "fr")


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({}, ("body", 0)),
        ({"near": 60}, ("body", 1)),
        ({"part": "summary"}, ("body", 0)),  # not there: found where it is
    ],
)
def test_of_several_places_the_nearest_is_meant(guichet, commenter, asked, place):
    a_comment(guichet, commenter, "Which?", passage="personne", **asked)

    starts = [found.start() for found in re.finditer("personne", words(render(BODY)))]
    assert (kept().field, starts.index(kept().begins)) == place


@pytest.mark.parametrize("passage", ["*personne*", "Personne", "une adresse, une adresse", "example.org"])
def test_words_that_are_not_there_are_refused(guichet, commenter, passage):
    with pytest.raises(Invalid) as refused:
        a_comment(guichet, commenter, "Which?", passage=passage)

    assert refused.value.field == "passage"


def test_words_may_run_over_several_blocks(guichet, commenter):
    a_comment(guichet, commenter, "Which?", passage="une adresse une personne")

    assert kept().passage == "une adresse une personne"


def test_words_are_looked_for_in_the_language_they_were_chosen_in(guichet, commenter):
    with pytest.raises(Invalid):
        a_comment(guichet, commenter, "Which?", passage="personne", tongue="en")


def test_an_answer_has_no_words_of_its_own(guichet, commenter):
    first = a_comment(guichet, commenter, "Which?", passage="personne")

    with pytest.raises(Invalid) as refused:
        a_comment(guichet, commenter, "That", passage="personne", parent=first.id)

    assert refused.value.field == "passage"


# --- found again ------------------------------------------------------------------------------------------------------


def test_words_are_found_again_near_where_they_were(guichet, commenter):
    a_comment(guichet, commenter, "Which?", passage="une adresse", near=200)
    rewritten(guichet, f"Oui. {BODY}\n\nEt une adresse.")

    said = words(render(f"Oui. {BODY}\n\nEt une adresse."))
    starts = [found.start() for found in re.finditer("une adresse", said)]
    assert starts.index(heard(guichet, commenter).at[0]) == 1


def test_words_that_are_gone_are_said_to_be_and_come_back(guichet, commenter):
    a_comment(guichet, commenter, "Which?", passage="par région")
    before = heard(guichet, commenter)
    rewritten(guichet, "Tout autre chose.")
    gone = heard(guichet, commenter)
    rewritten(guichet, BODY)

    assert (before.at is None, gone.at, gone.words, gone.number) == (False, None, "par région", before.number)
    assert heard(guichet, commenter) == before


def test_a_hidden_comment_tells_nothing_of_its_words(guichet, commenter, coordinator):
    from relais.comments import moderation
    from relais.comments.moderation import ReasonForm

    comment = a_comment(guichet, commenter, "Which?", passage="personne", public=True)
    with writing() as session:
        moderation.hide(session, session.get_one(Comment, comment.id), guichet, ReasonForm(reason="No"), by=coordinator, now=NOW)

    with reading() as session:
        assert discussion.thread(session, guichet, VISITOR)[0].passage is None


def test_three_anchored_comments_take_as_many_queries_as_one(guichet, commenter, engine):
    told = []
    for more in (1, 2):
        for _ in range(more):
            a_comment(guichet, commenter, "Which?", passage="personne")
        with counted(engine) as asked:
            heard(guichet, commenter)
        told.append(len(asked))

    assert told[0] == told[1]


# --- marked -----------------------------------------------------------------------------------------------------------


def test_words_are_marked_across_the_tags_between_them():
    html = render("Une *personne* par région.")

    assert drawn(html, Mark((4, 16), 7, 1)) == (
        '<p>Une <em><mark class="on" id="p7">personne</mark></em><mark class="on"> par</mark><a class="on-n"></a> région.</p>\n'
    )


def test_no_link_stands_in_another():
    html = render("Voir [le rapport](https://example.org) ici.")

    assert '<mark class="on" id="p1">rapport</mark></a><a class="on-n"></a> ici' in drawn(html, Mark((8, 15), 1, 1))


def test_the_blanks_between_two_blocks_are_not_marked():
    html = render("- un\n- deux")
    said = words(html)

    done = drawn(html, Mark((said.index("un"), said.index("deux") + 4), 1, 1))
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", done) == ["un", "deux"]


MARKDOWN = st.lists(
    st.sampled_from(
        ["a & b", "**gras**", "*it*", "<b>", "`c < d`", "[lien](https://e.eu \"t > 'u'\")",
         "\n\n", "\n- x\n- y\n", "| p | q |\n|---|---|\n| r | s |\n",
         "&nbsp;", "é", "\n> cité\n", "https://auto.eu/x?y=1&z=2"]
    ),
    min_size=1, max_size=12,
).map(" ".join)  # fmt: skip


@given(MARKDOWN, st.data())
def test_whatever_is_marked_the_rest_of_the_page_stays_as_it_is(markdown, data):
    html = render(markdown)
    said = words(html)
    solid = [place for place, sign in enumerate(said) if not sign.isspace()]
    if not solid:
        return
    spots = {
        tuple(sorted((data.draw(st.sampled_from(solid)), data.draw(st.sampled_from(solid))))) for _ in range(data.draw(st.integers(1, 3)))
    }
    found = [Mark((first, last + 1), number, 1) for number, (first, last) in enumerate(sorted(spots))]

    done = drawn(html, *found)

    assert LINK.sub("", done).replace("&nbsp;", "\u00a0") == html.replace("&nbsp;", "\u00a0")
    assert (done.count('<a class="on-n">'), words(done)) == (len(found), said)


@given(MARKDOWN, st.data())
def test_words_that_are_there_are_found_however_they_are_spaced(markdown, data):
    said = words(render(markdown))
    tokens = said.split()
    if not tokens:
        return
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, len(tokens) - 1))
    chosen = tokens[first : last + 1]

    start, end = passages.nearest(said, "  \n".join(chosen), 0)

    assert said[start:end].split() == chosen


def test_a_form_takes_no_more_than_a_thousand_characters():
    with pytest.raises(ValueError, match="passage"):
        CommentForm(body="x", passage="y" * 1001)

"""What happened, told from the ledger: folded, narrowed, and only to those who may know."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Membership, Proposal
from models.event import EventKind
from models.group import Role
from relais import activity, comments, ledger
from relais.access import VISITOR
from relais.activity import Filters, seen
from relais.activity.kinds import KINDS, News
from relais.comments import CommentForm
from relais.db import reading, writing
from relais.groups import roles
from tests.days import NOW
from tests.public_record import a_comment, a_position, a_proposal, a_source, an_actor, an_entry, counted, moved
from tests.relais.happening import member, saved

MINUTE = timedelta(minutes=1)


def lines(reader=VISITOR, **asked):
    limit = asked.pop("limit", 40)
    with reading() as session:
        found = activity.page(session, reader, "en", Filters(**asked), limit=limit)
    return [(act.kind.value, act.proposal.slug if act.proposal else "", act.number) for act in found.acts]


# --- who is told what ------------------------------------------------------------------------------------------------


def test_visitors_are_told_public_acts_only_and_members_those_of_their_group(engine, public_affairs, social_tech, editor, stranger):
    open_to_all = a_proposal("guichet", public_affairs)
    a_proposal("quiet", public_affairs, public=False)
    a_comment(open_to_all, editor, "Among us.")

    mine, theirs, anybody = lines(member(public_affairs, editor)), lines(member(social_tech, stranger)), lines()

    public = [("stage_moved", "guichet", 1), ("text_saved", "guichet", 1), ("proposal_added", "guichet", 1)]
    assert (anybody, theirs) == (public, public)
    assert mine[0] == ("comment_posted", "guichet", 1)
    assert {slug for _, slug, _ in mine} == {"guichet", "quiet"}


def test_signing_in_is_nobodys_news(engine, public_affairs, editor):
    with writing() as session:
        for kind in (EventKind.SIGNED_IN, EventKind.SIGNED_OUT, EventKind.PERSON_CHANGED):
            ledger.record(session, kind, editor, at=NOW, by=editor, group_id=public_affairs.id)

    assert (lines(), lines(member(public_affairs, editor, Role.COORDINATOR))) == ([], [])


@pytest.mark.parametrize("kind", ["member_invited", "invitation_withdrawn", "comment_reported", "report_settled"])
def test_what_is_for_coordinators_is_told_to_those_of_the_group(engine, public_affairs, social_tech, editor, kind):
    with writing() as session:
        ledger.record(session, EventKind(kind), public_affairs, at=NOW, by=editor, group_id=public_affairs.id)

    roles = (Role.COORDINATOR, Role.EDITOR)
    told = [len(lines(member(public_affairs, editor, role))) for role in roles]
    assert (told, lines(member(social_tech, editor, Role.COORDINATOR)), lines()) == ([1, 0], [], [])


def test_visitors_are_told_a_role_and_members_a_name(engine, public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    saved(proposal, 1, editor, NOW + MINUTE)

    with reading() as session:
        told = [activity.latest(session, reader, "en", limit=1)[0] for reader in (VISITOR, member(public_affairs, editor))]
    assert [(act.who, act.role) for act in told] == [("", Role.EDITOR), ("Emil Novák", Role.EDITOR)]


def test_who_joined_is_told_to_the_group_alone(engine, public_affairs, social_tech, editor, stranger):
    with writing() as session:
        seat = session.exec(select(Membership).where(col(Membership.person_id) == editor.id)).one()
        ledger.record(
            session, EventKind.MEMBER_JOINED, seat, at=NOW, by=editor, group_id=public_affairs.id, person=editor.id, role="editor"
        )

    readers = (VISITOR, member(social_tech, stranger), member(public_affairs, editor))
    with reading() as session:
        assert [activity.latest(session, reader, "en", limit=1)[0].about for reader in readers] == ["", "", "Emil Novák"]


# --- one line per act ------------------------------------------------------------------------------------------------


def test_what_is_done_to_two_groups_at_one_moment_is_told_of_each(engine, public_affairs, social_tech, editor):
    with writing() as session:
        for group in (public_affairs, social_tech):
            roles.give(session, group, editor, Role.COORDINATOR, by=None, now=NOW)

    with reading() as session:
        told = activity.latest(session, VISITOR, "en", limit=2)
    assert [(act.kind, act.group.slug, act.number) for act in told] == [
        (EventKind.MEMBER_JOINED, social_tech.slug, 1),
        (EventKind.ROLE_CHANGED, public_affairs.slug, 1),
    ]


def test_saves_that_continue_each_other_are_one_line(engine, public_affairs, editor, coordinator):
    proposal = a_proposal("guichet", public_affairs)
    for base, (by, minute) in enumerate(((editor, 1), (editor, 2), (editor, 3), (coordinator, 4), (editor, 60)), 1):
        saved(proposal, base, by, NOW + minute * MINUTE)

    assert [line for line in lines() if line[0] == "text_saved"] == [
        ("text_saved", "guichet", 1),
        ("text_saved", "guichet", 1),
        ("text_saved", "guichet", 3),
        ("text_saved", "guichet", 1),
    ]


def test_an_import_is_one_line_per_kind(engine, public_affairs):
    for slug in ("a", "b", "c"):
        a_proposal(slug, public_affairs)

    assert lines() == [("stage_moved", "c", 3), ("text_saved", "c", 3), ("proposal_added", "c", 3)]
    with reading() as session:
        assert [act.others for act in activity.latest(session, VISITOR, "en", limit=3)] == [2, 2, 2]


def test_a_source_cited_with_its_claim_goes_without_saying(engine, public_affairs):
    a_source("article")
    an_actor("france")
    proposal = a_proposal("guichet", public_affairs)
    a_position(proposal, "france", cites="article")

    assert "citation_added" not in {kind for kind, _, _ in lines()}
    assert "position_recorded" in {kind for kind, _, _ in lines()}


# --- narrowed --------------------------------------------------------------------------------------------------------


@pytest.fixture
def lively(engine, public_affairs, social_tech, editor):
    """Two proposals of two groups, on which something of every kind happened at its own minute."""
    an_actor("france")
    first, second = a_proposal("guichet", public_affairs), a_proposal("tarif", social_tech)
    a_position(first, "france")
    an_entry("vote", first)
    moved(first, "taken_up", "2022-07-01")
    with writing() as session:
        form = CommentForm(body="Yes.", public=True)
        comments.post(session, session.get_one(Proposal, first.id), form, by=editor, now=NOW + MINUTE)
    return first, second


@pytest.mark.parametrize(
    ("news", "told"),
    [
        (News.TEXTS, {"text_saved"}),
        (News.STAGES, {"proposal_added", "stage_moved"}),
        (News.POSITIONS, {"position_recorded"}),
        (News.TIMELINE, {"entry_added"}),
        (News.DISCUSSION, {"comment_posted"}),
        (News.WORK, set()),
        (News.FACTS, {"actor_added"}),
        (News.PEOPLE, set()),
    ],
)
def test_a_kind_of_news(lively, news, told):
    assert {kind for kind, _, _ in lines(kinds=activity.kinds_of(news))} == told


def test_what_is_no_kind_of_news_is_no_filter(lively):
    assert lines(kinds=activity.kinds_of("gossip")) == lines()


def test_by_group_proposal_and_person(lively, public_affairs, social_tech, editor):
    first, _ = lively

    assert {slug for _, slug, _ in lines(group_id=social_tech.id)} == {"tarif"}
    assert {slug for _, slug, _ in lines(proposal_id=first.id)} == {"guichet"}
    assert lines(person_id=editor.id) == [("comment_posted", "guichet", 1)]


def test_every_kind_of_event_is_news_of_one_kind_or_personal():
    told = [kind for kinds in KINDS.values() for kind in kinds]
    personal = [EventKind.PERSON_CHANGED, EventKind.SIGNED_IN, EventKind.SIGNED_OUT]

    assert sorted(told + personal) == sorted(EventKind)


# --- older -----------------------------------------------------------------------------------------------------------


def test_older_goes_on_where_a_page_ended_and_nothing_is_told_twice(engine, public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    for minute in range(1, 8):
        with writing() as session:
            form = CommentForm(body=f"Yes, {minute}.", public=True)
            comments.post(session, session.get_one(Proposal, proposal.id), form, by=editor, now=NOW + minute * MINUTE)
    whole, pages, before = lines(), [], 0

    with reading() as session:
        while True:
            found = activity.page(session, VISITOR, "en", Filters(before=before), limit=3)
            pages.append([(act.kind.value, "guichet", act.number) for act in found.acts])
            before = found.older
            if not before:
                break

    assert [len(told) for told in pages] == [3, 3, 4]
    assert [line for told in pages for line in told] == whole


# --- how often is asked ----------------------------------------------------------------------------------------------


def test_it_asks_as_often_for_three_as_for_one(engine, public_affairs, editor):
    reader = member(public_affairs, editor)

    def asked(slug):
        a_comment(a_proposal(slug, public_affairs), editor, "Yes.")
        a_source(f"source-{slug}")
        with counted(engine) as statements, reading() as session:
            activity.page(session, reader, "en", Filters())
            seen.news(session, reader, "en")
        return len(statements)

    first, *rest = (asked(slug) for slug in ("a", "b", "c"))

    assert rest == [first, first]
    assert first <= 10

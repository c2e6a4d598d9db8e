"""What happened after an event somebody knows, told to those who may know of it; and who is at work on a text."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import Comment, Presence
from relais import comments, ledger, presences, texts
from relais.comments import CommentForm
from relais.db import reading, writing
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import a_comment, a_proposal, moved

LIVE = "/en/proposals/guichet/live"


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def newest():
    with reading() as session:
        return ledger.newest(session)


def told(client, after, path=LIVE, **headers):
    """The messages there are, each by its fields."""
    answer = client.get(f"{path}{'&' if '?' in path else '?'}after={after}", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    return [fields(message) for message in answer.text.split("\n\n") if message]


def fields(message):
    found = {}
    for line in message.splitlines():
        name, value = line.split(": ", 1)
        found[name] = found.get(name, "") + value
    return found


def acts(client, after, **headers):
    return [message for message in told(client, after, **headers) if "id" in message]


def test_a_comment_is_told_by_its_number_and_event(visitor, guichet, editor):
    before = newest()
    comment = a_comment(guichet, editor, "Who answers?", public=True)

    assert told(visitor, before) == [{"id": str(newest()), "event": "comment", "data": str(comment.id)}]


def test_what_is_known_already_is_not_told(visitor, guichet, editor):
    a_comment(guichet, editor, "Who answers?", public=True)

    assert told(visitor, newest()) == []


def test_the_last_event_seen_counts_more_than_the_one_the_page_was_made_after(visitor, guichet, editor):
    before = newest()
    a_comment(guichet, editor, "First", public=True)
    between = newest()
    second = a_comment(guichet, editor, "Second", public=True)

    assert [one["data"] for one in told(visitor, before, **{"Last-Event-ID": str(between)})] == [str(second.id)]
    assert len(told(visitor, before, **{"Last-Event-ID": "x"})) == 2


@pytest.mark.parametrize(("who", "hears"), [("visitor", 0), ("as_stranger", 0), ("as_observer", 1), ("as_editor", 1), ("as_commenter", 0)])
def test_what_the_group_keeps_to_itself_is_told_to_the_group_but_not_to_who_said_it(request, guichet, commenter, who, hears):
    client, before = request.getfixturevalue(who), newest()
    a_comment(guichet, commenter, "Between us", public=False)

    assert len(acts(client, before)) == hears


def test_a_saved_revision_is_told_with_a_name_to_members_and_a_role_to_others(visitor, as_observer, guichet, editor):
    before = newest()
    with writing() as session:
        texts.save(session, guichet, "fr", TextForm(title="A", body="New"), base=1, by=editor, now=NOW)

    [[mine], [theirs]] = acts(as_observer, before), acts(visitor, before)

    assert ("Emil Novák saved revision 2 of the text in French." in mine["data"], "Emil" in theirs["data"]) == (True, False)
    assert "Editor saved revision 2" in theirs["data"]
    assert 'href="/en/proposals/guichet/compare/fr/1..2"' in mine["data"]
    assert 'href="/en/proposals/guichet"' in mine["data"]


def test_on_the_form_of_a_text_nothing_leads_away_from_what_is_written(as_observer, guichet, editor):
    before = newest()
    with writing() as session:
        texts.save(session, guichet, "fr", TextForm(title="A", body="New"), base=1, by=editor, now=NOW)

    [notice] = acts(as_observer, before, path=f"{LIVE}?page=edit")

    assert 'href="/en/proposals/guichet"' not in notice["data"]
    assert "What you are writing is safe" in notice["data"]
    assert '1..2" target="_blank" rel="noopener"' in notice["data"]


def test_a_change_of_stage_is_told_in_the_language_of_the_page(visitor, guichet):
    before = newest()
    moved(guichet, "backed", "2026-10-01")

    assert "Le stade est maintenant\xa0: Soutenue" in acts(visitor, before, path="/fr/proposals/guichet/live")[0]["data"]


def test_acts_on_another_proposal_and_acts_without_a_message_are_not_told(visitor, guichet, public_affairs, editor):
    other, before = a_proposal("other", public_affairs), newest()
    a_comment(other, editor, "Elsewhere", public=True)
    first = a_comment(guichet, editor, "Here", public=True)
    with writing() as session:
        said = session.get_one(Comment, first.id)
        comments.edit(session, said, guichet, CommentForm(body="y", public=True), version=said.version, by=editor, now=NOW)

    assert [one["data"] for one in told(visitor, before)] == [str(first.id)]


# --- comments the page asks for ------------------------------------------------------------------------------------------


def asked(client, *ids, htmx=True):
    return client.get("/en/proposals/guichet/comments", params={"id": ids}, headers={"HX-Request": "true"} if htmx else {})


def test_comments_come_each_for_its_place_with_answers_in_a_thread_that_is_new(as_observer, guichet, editor, commenter):
    old = a_comment(guichet, editor, "Old", public=True)
    answer = a_comment(guichet, commenter, "Answer to old", parent=old.id)
    new = a_comment(guichet, editor, "New")
    below = a_comment(guichet, commenter, "Answer to new", parent=new.id)

    answered = asked(as_observer, answer.id, new.id, below.id)

    pieces = answered.text.split("<hx-partial ")[1:]
    assert [piece.split()[0] for piece in pieces] == ['hx-target="#thread"', f'hx-target="#r{old.id}"']
    assert [(word in pieces[0], word in pieces[1]) for word in ("New", "Answer to new", "Answer to old")] == [
        (True, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(("who", "status"), [("visitor", 404), ("as_stranger", 404), ("as_observer", 200), ("as_editor", 200)])
def test_nobody_is_given_what_they_may_not_read(request, guichet, commenter, who, status):
    kept = a_comment(guichet, commenter, "Between us")

    assert asked(request.getfixturevalue(who), kept.id).status_code == status


def test_comments_of_another_proposal_are_not_here(visitor, guichet, public_affairs, editor):
    other = a_comment(a_proposal("other", public_affairs), editor, "Elsewhere", public=True)

    assert asked(visitor, other.id).status_code == 404
    assert asked(visitor, "x").status_code == 404
    assert asked(visitor).status_code == 404


def test_without_script_their_address_leads_to_the_first(visitor, guichet, editor):
    first = a_comment(guichet, editor, "Here", public=True)

    answer = asked(visitor, first.id + 1, first.id, htmx=False)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/proposals/guichet#c{first.id}")


# --- who is at work on a text ----------------------------------------------------------------------------------------------

AT_WORK = "/en/proposals/guichet/texts/fr/presence"


def at_work(client):
    return [one["data"] for one in told(client, newest()) if "id" not in one]


def test_the_group_is_told_who_is_at_work_and_they_are_not_told_of_themselves(as_editor, as_observer, as_stranger, visitor, guichet):
    assert as_editor.post(AT_WORK).status_code == 204

    words = "Emil Novák is editing the text in French"
    heard = [[words in message for message in at_work(client)] for client in (as_observer, as_editor, as_stranger, visitor)]
    assert heard == [[True], [False], [], []]


def test_a_form_says_who_else_is_at_work(as_editor, as_coordinator, guichet):
    as_editor.post(AT_WORK)

    pages = [client.get("/en/proposals/guichet/texts/fr/edit").text for client in (as_coordinator, as_editor)]

    assert ["Emil Novák is editing the text in French" in page for page in pages] == [True, False]


def test_looking_at_the_form_writes_nothing(as_editor, guichet):
    as_editor.get("/en/proposals/guichet/texts/fr/edit")

    with reading() as session:
        assert session.exec(select(Presence)).all() == []


def test_who_saves_is_done(as_editor, as_observer, guichet):
    as_editor.post(AT_WORK)
    words = {"base": "1", "title": "Titre", "summary": "", "body": "Autre"}
    assert as_editor.post("/en/proposals/guichet/texts/fr/edit", data=words).status_code == 303

    assert "Emil" not in "".join(at_work(as_observer))


def test_who_was_not_heard_of_for_a_minute_is_not_at_work_and_is_forgotten(guichet, editor):
    def there(seconds):
        with reading() as session:
            return [one.person_id for one in presences.at_work(session, [guichet.id], NOW + timedelta(seconds=seconds))]

    for seconds in (0, 20):
        with writing() as session:
            presences.say(session, guichet, "fr", editor, NOW + timedelta(seconds=seconds))
    assert [there(79), there(80)] == [[editor.id], []]

    for seconds, rows in ((79, 1), (80, 0)):
        with writing() as session:
            presences.purge(session, NOW + timedelta(seconds=seconds))
        with reading() as session:
            assert len(session.exec(select(Presence)).all()) == rows


def test_being_at_work_is_no_act(as_editor, guichet):
    before = newest()
    as_editor.post(AT_WORK)

    assert newest() == before


def test_a_form_of_somebody_signed_out_meanwhile_stays_where_it_is(visitor, guichet):
    answer = visitor.post(AT_WORK, headers={"HX-Request": "true"})

    assert (answer.status_code, "HX-Redirect" in answer.headers) == (401, False)

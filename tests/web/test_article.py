"""A proposal's page apart from its discussion is made once for all who may see and do as much, and never stale; so is each comment."""

import pytest

from models import Comment, Person, Proposal, Task
from models.group import Role
from relais import comments, people, tasks
from relais.access import Reader
from relais.comments import CommentForm
from relais.db import writing
from relais.people import profile
from relais.people.profile import ProfileForm
from relais.proposals import publication
from relais.tasks import TaskForm
from tests.cast import a_group, a_member
from tests.days import NOW
from tests.public_record import a_comment, a_position, a_proposal, an_actor, an_entry, moved
from tests.relais.searching import write
from tests.web.conftest import signed_in
from tests.web.reading import read
from web import article, discussion, marked, next_steps

PAGE = "/en/proposals/guichet"


@pytest.fixture
def guichet(public_affairs):
    an_actor("austria")
    return a_proposal("guichet", public_affairs)


@pytest.fixture
def made(monkeypatch):
    """What was rendered to be kept, one word each."""
    found = []
    for room in (article, marked, next_steps, discussion):
        put = room.kept.put
        word = room.__name__.removeprefix("web.")
        monkeypatch.setattr(room.kept, "put", lambda name, thing, put=put, word=word: (found.append(word), put(name, thing))[1])
    return found


def section(client, name, path=PAGE):
    return read(client.get(path)).one("section", id=name).words


def test_two_members_of_one_role_share_what_is_the_same_for_both(engine, guichet, public_affairs, as_editor, editor, made):
    other = signed_in(engine, a_member(engine, public_affairs, Role.EDITOR, "Ottilie Kern", "en"))
    a_comment(guichet, editor, "Mine")

    mine, theirs = as_editor.get(PAGE).text, other.get(PAGE).text

    # Who wrote a comment may change it: that one is not the same for both; nor are the steps, which call each of them “you”.
    assert made == ["discussion", "article", "marked", "next_steps", "discussion", "next_steps"]
    assert ("Emil Novák</a>" in mine, "Emil Novák</a>" in theirs) == (True, False)
    assert ("Edit or remove" in mine, "Edit or remove" in theirs) == (True, False)


@pytest.mark.parametrize("editor_first", [True, False])
def test_the_way_to_change_the_words_is_given_to_editors_alone_whoever_came_first(guichet, as_editor, as_observer, visitor, editor_first):
    write(guichet, "fr", base=1, title="Guichet", body="Un guichet.\n\n## Pour qui\n\nPour tous.")
    clients = [as_editor, as_observer, visitor] if editor_first else [visitor, as_observer, as_editor]

    pages = {client: client.get(PAGE).text for client in clients * 2}

    offered = {client: page.count("/texts/fr/sections/") for client, page in pages.items()}
    assert (offered[as_editor] > 2, offered[as_observer], offered[visitor]) == (True, 0, 0)
    assert ["Pour tous." in page for page in pages.values()] == [True] * 3


def test_nothing_is_made_twice_while_nothing_happens(as_editor, guichet, editor, made):
    a_comment(guichet, editor, "Once")
    first = as_editor.get(PAGE).text
    del made[:]

    assert (as_editor.get(PAGE).text, made) == (first, [])


def test_a_comment_makes_no_other_comment_and_no_article_anew(as_editor, guichet, editor, made):
    a_comment(guichet, editor, "First")
    as_editor.get(PAGE)
    del made[:]
    a_comment(guichet, editor, "Second")

    page = read(as_editor.get(PAGE))

    assert made == ["discussion", "next_steps"]
    assert [one.words for one in page.one("section", id="discussion").all("div", class_="md")] == ["First", "Second"]
    assert page.one("nav", class_="panel").all("li")[-1].words == "Discussion 2"


@pytest.mark.parametrize("who", ["as_editor", "as_observer", "as_stranger", "visitor"])
def test_a_public_act_shows_in_the_very_next_answer(request, guichet, who):
    client = request.getfixturevalue(who)
    before = section(client, "backers")
    a_position(guichet, "austria", "opposes", on="2026-10-01")

    assert ("austria en" in before, "austria en" in section(client, "backers")) == (False, True)


def test_an_act_of_the_group_shows_to_the_group_at_once_and_to_nobody_else(as_editor, as_stranger, visitor, guichet):
    clients = (as_editor, as_stranger, visitor)
    for client in clients:
        client.get(PAGE)
    a_position(guichet, "austria", on="2026-10-01", public=False)
    an_entry("quiet", guichet, on="2026-10-02", group_id=guichet.group_id, public=False)

    assert ["austria en" in section(client, "backers") for client in clients] == [True, False, False]
    assert ["Vote quiet" in section(client, "timeline") for client in clients] == [True, False, False]


def test_roles_see_what_they_may_do_whoever_came_before(as_editor, as_observer, as_stranger, guichet):
    for _ in range(2):
        offered = ["/positions/new" in client.get(PAGE).text for client in (as_editor, as_observer, as_stranger)]
        assert offered == [True, False, False]


def test_another_role_counts_from_the_next_answer_on(engine, as_observer, observer, public_affairs, guichet):
    before = as_observer.get(PAGE).text
    with writing(engine) as session:
        people.invite(session, public_affairs, observer.email, Role.EDITOR, by=None, now=NOW)

    assert ("/positions/new" in before, "/positions/new" in as_observer.get(PAGE).text) == (False, True)


def test_days_are_kept_apart(as_editor, guichet):
    moved(guichet, "backed", on="2024-01-10")

    told = [read(as_editor.get(f"{PAGE}{asked}")).one("ol", class_="ladder")["aria-label"] for asked in ("", "?as_of=2023-05-01", "")]

    assert told == ["Stage 3 of 6: Backed", "Stage 2 of 6: Published", "Stage 3 of 6: Backed"]


def test_languages_are_kept_apart(as_editor, guichet):
    assert [section(as_editor, "sources", path) for path in (PAGE, "/fr/proposals/guichet")] == [
        "Sources Claims with a source: 0 of 1 No source is cited yet.",
        "Sources Affirmations sourcées : 0 sur 1 Aucune source n’est encore citée.",
    ]


def test_a_proposal_made_public_is_there_for_others_at_once(engine, as_editor, as_stranger, editor, public_affairs):
    quiet = a_proposal("quiet", public_affairs, public=False)
    path = "/en/proposals/quiet"
    mark = read(as_editor.get(path)).one("article").all("header")[0].words
    hidden = as_stranger.get(path).status_code
    with writing(engine) as session:
        publication.publish(session, session.get_one(Proposal, quiet.id), version=1, by=editor, now=NOW)

    assert (hidden, as_stranger.get(path).status_code) == (404, 200)
    assert "In preparation" in mark
    assert "In preparation" not in as_editor.get(path).text


def test_a_comment_is_shown_as_it_stands(engine, as_editor, as_observer, editor, guichet):
    comment = a_comment(guichet, editor, "As it was")
    seen = [section(client, "discussion") for client in (as_editor, as_observer)]
    with writing(engine) as session:
        row, proposal = comments.find(session, comment.id, Reader(editor, {guichet.group_id: Role.EDITOR}))
        comments.edit(session, row, proposal, CommentForm(body="As it is"), version=1, by=editor, now=NOW)

    assert ["As it was" in words for words in seen] == [True, True]
    assert ["As it was" in section(client, "discussion") for client in (as_editor, as_observer)] == [False, False]
    assert ["As it is" in section(client, "discussion") for client in (as_editor, as_observer)] == [True, True]


def test_an_author_who_takes_another_name_has_it_everywhere_at_once(engine, as_observer, editor, guichet):
    a_comment(guichet, editor, "Signed")
    as_observer.get(PAGE)
    with writing(engine) as session:
        profile.change(session, session.get_one(Person, editor.id), ProfileForm(name="Emilia Novák", language="en"), version=1, now=NOW)

    assert "Emilia Novák" in section(as_observer, "discussion")


def test_a_discussion_closes_with_its_proposal(as_editor, editor, guichet):
    a_comment(guichet, editor, "Open")
    before = section(as_editor, "discussion")
    moved(guichet, "dropped", on="2026-11-01", reason_en="Given up")

    assert ("Reply to comment" in before, "Reply to comment" in section(as_editor, "discussion")) == (True, False)


def test_what_a_second_group_may_see_depends_on_the_whole_of_ones_groups(engine, guichet, as_stranger):
    third = a_group(engine, "third", "Troisième", "Third")
    an_entry("of-the-third", guichet, on="2026-10-02", group_id=third.id, public=False)
    theirs = signed_in(engine, a_member(engine, third, Role.OBSERVER, "Tereza Malá", "en"))

    assert ["Vote of-the-third" in section(client, "timeline") for client in (as_stranger, theirs, as_stranger)] == [False, True, False]


def test_the_whole_ledger_is_not_read_to_know_the_last_act(engine, guichet, editor):
    from sqlalchemy import text

    from relais import ledger

    with writing(engine) as session:
        before = ledger.latest(session)
    a_comment(guichet, editor, "Counts not")
    with writing(engine) as session:
        newest = session.execute(text("SELECT max(id) FROM events")).scalar_one()
        assert ledger.latest(session) == (newest, before.but_comments)
    assert newest > before.event


def test_a_step_shows_at_once_to_its_group_and_to_nobody_else(engine, as_editor, as_observer, as_stranger, visitor, editor, guichet):
    clients = (as_editor, as_observer, as_stranger, visitor)
    for client in clients:
        client.get(PAGE)
    with writing(engine) as session:
        task = tasks.add(session, session.get_one(Proposal, guichet.id), TaskForm(text="Call Vienna"), by=editor, now=NOW)

    assert ["Call Vienna" in client.get(PAGE).text for client in clients] == [True, True, False, False]
    with writing(engine) as session:
        tasks.finish(session, session.get_one(Task, task.id), session.get_one(Proposal, guichet.id), by=editor, now=NOW)

    assert ["1 step done" in client.get(PAGE).text for client in clients] == [True, True, False, False]


def test_a_removed_comment_is_gone_for_all_at_once_and_its_step_leads_to_it_no_more(engine, as_editor, as_observer, editor, guichet):
    comment = a_comment(guichet, editor, "Whom do we call?")
    with writing(engine) as session:
        proposal, said = session.get_one(Proposal, guichet.id), session.get_one(Comment, comment.id)
        tasks.add(session, proposal, TaskForm(text="Call Vienna"), by=editor, now=NOW, comment=said)
    clients = (as_editor, as_observer)
    before = [client.get(PAGE).text for client in clients]
    with writing(engine) as session:
        said = session.get_one(Comment, comment.id)
        comments.remove(session, said, session.get_one(Proposal, guichet.id), version=1, by=editor, now=NOW)
    after = [client.get(PAGE).text for client in clients]

    assert [("Whom do we call?" in page, "from a comment" in page) for page in before] == [(True, True)] * 2
    assert [("Whom do we call?" in page, "from a comment" in page) for page in after] == [(False, False)] * 2


def test_whoever_joins_can_be_named_and_chosen_at_once(engine, as_editor, public_affairs, guichet):
    before = as_editor.get(PAGE).text
    with writing(engine) as session:
        people.invite(session, public_affairs, "ottilie@relais.test", Role.EDITOR, by=None, now=NOW, name="Ottilie Kern")

    assert (before.count("Ottilie Kern"), as_editor.get(PAGE).text.count("Ottilie Kern")) == (0, 2)

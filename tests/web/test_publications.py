"""A proposal in preparation: only its group meets it, marked; made public in one step, for good."""

import pytest
from sqlmodel import col, select

from models import Comment, Event, Proposal
from models.event import EventKind
from relais.db import reading, writing
from tests.public_record import a_comment, a_position, a_presidency, a_proposal, a_source, an_actor, an_entry
from tests.web.reading import read

PAGE = "/en/proposals/quiet"
PUBLISH = f"{PAGE}/publication"
HTMX = {"HX-Request": "true"}
TITLE, LETTER, SAID, WHO = "Titre de quiet", "Vote letter", "For all to read", "Réseau"


@pytest.fixture
def quiet(public_affairs, commenter):
    """In preparation, with one thing of each kind that is marked public and one that is not."""
    a_source("decision")
    an_actor("state", kind="member_state", code="IE")
    a_presidency("2026-ie", "2026-07-01", "2026-12-31")
    a_source("note", title="A note nobody cites in public")
    an_actor("network", name_fr=WHO, name_en=WHO)
    proposal = a_proposal("quiet", public_affairs, public=False, cites="note")
    a_position(proposal, "network", on="2026-08-01", cites="note")
    a_position(proposal, "state", "absent", public=False)
    an_entry("letter", proposal, on="2026-08-02")
    an_entry("meeting", proposal, public=False)
    a_comment(proposal, commenter, SAID, public=True)
    a_comment(proposal, commenter, "Among us")
    return proposal


PUBLIC_PAGES = (
    "/en/", "/fr/", "/en/?group=european-public-affairs", "/en/proposals", "/en/proposals?q=quiet", "/en/proposals?stage=published",
    "/en/groups", "/en/groups/european-public-affairs", "/en/presidencies", "/en/presidencies/2026-ie", "/en/actors", "/en/actors/network",
    "/en/sources", "/en/sources/note", "/en/activity", "/en/activity?group=european-public-affairs", "/export.json",
    "/api/v1/proposals", "/api/v1/actors/network", "/api/v1/sources/note", "/api/v1/presidencies/2026-ie",
)  # fmt: skip
GONE_PAGES = (PAGE, f"{PAGE}/revisions", "/proposals/quiet.json", "/en/activity?proposal=quiet", "/api/v1/proposals/quiet")


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_in_preparation_it_is_on_no_page_of_others(request, quiet, path, who):
    answer = request.getfixturevalue(who).get(path)

    assert answer.status_code == 200
    assert [words for words in (TITLE, LETTER, SAID, "proposals/quiet") if words in answer.text] == []


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
@pytest.mark.parametrize("path", GONE_PAGES)
def test_in_preparation_its_own_pages_are_not_there_for_others(request, quiet, path, who):
    assert request.getfixturevalue(who).get(path).status_code == 404


def test_it_is_counted_for_nobody_outside(visitor, as_stranger, as_observer, quiet):
    counts = []
    for reader in (visitor, as_stranger, as_observer):
        group = read(reader.get("/en/groups")).one("section", labelled="g-european-public-affairs")
        counts.append(group.all("p")[-1].words.split(" · ")[0])

    assert counts == ["0 proposals", "0 proposals", "1 proposal"]


@pytest.mark.parametrize("path", ["/en/", "/en/proposals", PAGE, "/en/groups/european-public-affairs"])
def test_its_members_meet_it_marked(as_observer, quiet, path):
    page = as_observer.get(path)

    assert (page.text.count(TITLE) > 0, page.text.count("In preparation") > 0) == (True, True)


def test_what_is_public_bears_no_such_mark(as_observer, public_affairs):
    a_proposal("guichet", public_affairs)

    for path in ("/en/", "/en/proposals", "/en/proposals/guichet", "/en/groups/european-public-affairs"):
        assert "In preparation" not in as_observer.get(path).text


# --- the step --------------------------------------------------------------------------------------------------------


def test_the_page_says_what_becomes_visible_and_changes_nothing(as_editor, quiet):
    page = read(as_editor.get(PUBLISH))

    assert [item.words for item in page.one("main").all("ul")[-1].all("li")] == [
        "the text in French: Titre de quiet, with its 1 revision",
        "its stage: published, with 1 change of stage",
        "1 position 1 more stays in the group",
        "1 event of the timeline 1 more stays in the group",
        "1 public comment 1 more stays in the group",
    ]
    with reading() as session:
        assert session.get_one(Proposal, quiet.id).public is False


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_made_public_it_is_there_with_what_is_marked_public_and_no_more(visitor, as_editor, quiet, headers):
    answer = as_editor.post(PUBLISH, data={"version": "1"}, headers=headers)

    page = visitor.get(PAGE).text
    assert answer.headers["HX-Redirect" if headers else "Location"] == PAGE
    assert [words in page for words in (TITLE, LETTER, SAID, WHO)] == [True] * 4
    assert [words in page for words in ("Vote meeting", "Among us", "Absent:")] == [False] * 3
    assert "A note nobody cites in public" in page
    with reading() as session:
        event = session.exec(select(Event).order_by(col(Event.id).desc()).limit(1)).one()
    assert (event.kind, event.public, event.details) == (EventKind.PROPOSAL_CHANGED, True, {"changed": ["public"]})


def test_the_public_activity_begins_with_that(visitor, as_editor, quiet):
    as_editor.post(PUBLISH, data={"version": "1"})

    (line,) = read(visitor.get("/en/activity?proposal=quiet")).one("main").all("li")
    assert line.words.startswith("Made public: Titre de quiet")


def test_it_is_made_public_once_and_never_taken_back(as_editor, quiet):
    as_editor.post(PUBLISH, data={"version": "1"})

    answers = [
        as_editor.get(PUBLISH), as_editor.post(PUBLISH, data={"version": "2"}),
        as_editor.post(f"{PAGE}/facts", data={"version": "2", "public": "false"}),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [409, 409, 422]
    assert "This proposal is public already" in answers[0].text
    assert "/publication" not in as_editor.get(PAGE).text


@pytest.mark.parametrize("version", ["0", "7", ""])
def test_who_read_of_another_state_is_shown_this_one_first(as_editor, quiet, version):
    answer = as_editor.post(PUBLISH, data={"version": version})

    with reading() as session:
        assert (answer.status_code, session.get_one(Proposal, quiet.id).public) == (409, False)
    assert "Somebody changed this proposal in between." in read(answer).one("div", class_="err").words


def test_only_editors_of_the_group_publish(visitor, as_stranger, as_observer, as_commenter, quiet):
    for method in ("get", "post"):
        answers = [getattr(asker, method)(PUBLISH).status_code for asker in (visitor, as_stranger, as_observer, as_commenter)]
        assert answers == [404, 404, 403, 403]


def test_only_those_who_may_find_the_way(as_editor, as_observer, quiet):
    assert [f'href="{PUBLISH}"' in reader.get(PAGE).text for reader in (as_editor, as_observer)] == [True, False]


def test_words_hidden_or_removed_are_not_promised(as_editor, quiet, coordinator):
    with writing() as session:
        comment = session.exec(select(Comment).where(Comment.public)).one()
        comment.hidden_at, comment.hider_id = comment.posted_at, coordinator.id

    assert "0 public comments" in read(as_editor.get(PUBLISH)).one("main").words

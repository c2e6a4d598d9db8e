"""A comment becomes something on the timeline or a task, and the two stay linked for those who may know of both."""

import pytest

from models import Entry
from tests.public_record import a_comment, a_proposal
from tests.web.filling import kept, rows
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique"
NEW = f"{PAGE}/entries/new"


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def said(guichet, commenter):
    return a_comment(guichet, commenter, "We met the **cabinet**.\n\nThey will @Chiara Conti answer.")


def links(client, words, path=PAGE):
    return [link["href"] for link in read(client.get(path)).all("a") if link.words.startswith(words)]


def added(client, comment, **typed):
    given = {"kind": "advocacy/meeting", "title_en": "A meeting", "on": "2026-11-20", "comment": str(comment.id)}
    return client.post(NEW, data=given | typed)


def test_the_form_begins_with_what_was_said_and_when(as_editor, as_commenter, said):
    address = links(as_editor, "Add to the timeline")

    form = as_editor.get(address[0])
    assert (address, links(as_commenter, "Add to the timeline")) == ([f"{NEW}?comment={said.id}"], [])
    assert [kept(form, name) for name in ("title_en", "note_en", "on", "kind", "comment", "public")] == [
        "We met the cabinet. They will @Chiara Conti answer.", "We met the cabinet.\nThey will @Chiara Conti answer.",
        "2026-11-23", "advocacy/event", str(said.id), ["false"],
    ]  # fmt: skip


def test_what_was_made_and_what_it_was_made_from_lead_to_each_other(as_editor, as_commenter, visitor, said):
    added(as_editor, said)

    (entry,) = rows(Entry)
    assert (entry.comment_id, links(as_commenter, "On the timeline")) == (said.id, [f"{PAGE}#e{entry.id}"])
    assert (links(as_commenter, "from a comment"), links(visitor, "from a comment")) == ([f"/en/comments/{said.id}"], [])
    assert (links(as_editor, "Add to the timeline"), "A meeting" in visitor.get(PAGE).text) == ([], True)


def test_a_visitor_is_led_from_a_public_comment_to_a_public_entry_only(as_editor, visitor, guichet, commenter):
    comment = a_comment(guichet, commenter, "We met.", public=True)
    added(as_editor, comment, public="false")
    before = links(visitor, "On the timeline")
    added(as_editor, comment)

    entry = rows(Entry)[-1]
    assert (before, links(visitor, "On the timeline")) == ([], [f"{PAGE}#e{entry.id}"])
    assert links(visitor, "from a comment") == [f"/en/comments/{comment.id}"]


def test_a_correction_stays_linked(as_editor, said):
    added(as_editor, said)
    key = rows(Entry)[0].key
    as_editor.post(f"/en/entries/{key}/edit", data={"kind": "advocacy/meeting", "title_en": "Two meetings", "on": "2026-11-20"})

    assert links(as_editor, "On the timeline") == [f"{PAGE}#e{rows(Entry)[-1].id}"]


@pytest.mark.parametrize("which", ["elsewhere", "removed", "nobody’s", "no number"])
def test_only_a_comment_that_is_there_becomes_something(as_editor, as_commenter, said, public_affairs, commenter, which):
    other = a_comment(a_proposal("autre", public_affairs), commenter, "There")
    as_commenter.post(f"/en/comments/{said.id}/removal", data={"version": "1"})
    wanted = {"elsewhere": other.id, "removed": said.id, "nobody’s": 99}.get(which, "x")

    status = {"no number": (200, 422)}.get(which, (404, 404))
    form = {"kind": "advocacy/meeting", "title_en": "A meeting", "comment": str(wanted)}
    assert (as_editor.get(f"{NEW}?comment={wanted}").status_code, as_editor.post(NEW, data=form).status_code, rows(Entry)) == (*status, [])


def test_a_comment_becomes_a_task(as_commenter, visitor, said):
    (address,) = links(as_commenter, "Make it a task")
    form = as_commenter.get(address)
    as_commenter.post(f"{PAGE}/tasks/new", data={"text": kept(form, "text"), "comment": str(said.id)})

    assert kept(form, "text").startswith("We met the cabinet. They will @Chiara Conti")
    assert (links(as_commenter, "Make it a task"), links(as_commenter, "Made a task")) == ([], [f"{PAGE}#task-1"])

"""A page of the list is found once for all who may see as much, and never stale."""

import pytest

from tests.public_record import a_proposal, moved
from tests.web.reading import read
from web import listed

LIST = "/en/proposals"


@pytest.fixture
def finds(monkeypatch):
    """What was looked for, each time it was."""
    found = []
    look = listed._found

    def counted(desk, *asked):
        found.append(asked)
        return look(desk, *asked)

    monkeypatch.setattr(listed, "_found", counted)
    return found


def rows(client, path=LIST):
    return [row.one("h3").words for row in read(client.get(path)).all("article", class_="hit")]


def test_those_who_see_as_much_share_what_was_found(as_editor, as_observer, public_affairs, finds):
    a_proposal("guichet", public_affairs, public=False)

    assert rows(as_editor) == rows(as_observer) == ["Titre de guichet In preparation: only the group sees it"]
    assert len(finds) == 1


def test_who_sees_less_is_shown_less(as_editor, as_stranger, public_affairs, finds):
    a_proposal("guichet", public_affairs, public=False)

    assert [len(rows(client)) for client in (as_editor, as_stranger)] == [1, 0]
    assert len(finds) == 2


def test_what_has_moved_since_is_found_anew(as_editor, public_affairs, finds):
    guichet = a_proposal("guichet", public_affairs)
    before = rows(as_editor, f"{LIST}?stage=published")
    moved(guichet, "backed", on="2022-09-01")

    assert before == ["Titre de guichet"]
    assert rows(as_editor, f"{LIST}?stage=published") == []
    assert len(finds) == 2


def test_days_languages_words_and_pages_are_kept_apart(as_editor, public_affairs, finds):
    a_proposal("guichet", public_affairs)
    for path in (LIST, "/fr/proposals", f"{LIST}?as_of=2022-07-01", f"{LIST}?q=guichet", f"{LIST}?page=2"):
        assert len(rows(as_editor, path)) == len(rows(as_editor, path)) == 1

    assert len(finds) == 5

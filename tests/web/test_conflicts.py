"""Two write from one revision: nothing typed is lost."""

import pytest
from sqlmodel import select

from models import Event
from relais.db import reading
from tests.public_record import a_proposal
from tests.web.filling import kept
from tests.web.reading import read
from tests.web.wording import EDIT, FIRST, MINE, revisions, save

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def events():
    with reading() as session:
        return len(session.exec(select(Event.id)).all())


@pytest.fixture
def theirs(guichet, coordinator):
    return save(guichet, "fr", 1, coordinator, title="Titre de guichet", summary="Leur résumé.", body="Le *vrai* *corps*.")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_save_shows_both_changes_and_a_merge_and_saves_nothing(as_editor, theirs, headers):
    before = events()

    answer = as_editor.post(EDIT, data=MINE | {"note": "Complète"}, headers=headers)

    assert (answer.status_code, len(revisions()), events()) == (409, 2, before)
    page = read(answer)
    assert "Claire Martin saved revision 2" in page.one("div", id="conflict").words
    assert [mark.words for mark in page.all("ins")] == ["[added] Leur", "[added] vrai* *", "[added] et le mien"]
    assert [mark.words for mark in page.all("del")] == ["[removed] Un"]
    assert [kept(answer, name) for name in ("base", "title", "summary", "body", "note")] == [
        "2", "Titre de guichet", "Leur résumé.", "Le *vrai* *corps* et le mien.", "Complète",
    ]  # fmt: skip


def test_the_merge_is_saved_as_the_next_revision(as_editor, theirs):
    answer = as_editor.post(EDIT, data=MINE)

    saved = as_editor.post(EDIT, data={name: kept(answer, name) for name in ("base", "title", "summary", "body", "note")})

    assert (saved.status_code, revisions()[-1]) == (303, ("fr", 3, "Titre de guichet", "Le *vrai* *corps* et le mien."))


def test_where_both_wrote_the_same_words_both_versions_stand_in_the_merge(as_editor, guichet):
    save(guichet, "fr", 1, title="Leur titre", body="Leur texte entier.")

    answer = as_editor.post(EDIT, data=MINE | {"title": "Mon titre", "body": "Mon texte complet."})

    assert kept(answer, "body") == "Leur texte entier.\n\nMon texte complet."
    assert "Leur" in read(answer).one("main").words
    assert "Mon titre" in read(answer).one("main").words


def test_two_who_begin_a_language_at_once_lose_nothing(as_editor, guichet):
    save(guichet, "de", 0, title="Ihr Titel", body="Ihr Text.")

    answer = as_editor.post("/en/proposals/guichet/texts/de/edit", data={"base": "0", "title": "Mein Titel", "body": "Mein Text."})

    assert (answer.status_code, kept(answer, "base"), kept(answer, "body")) == (409, "1", "Ihr Text.\n\nMein Text.")


@pytest.mark.parametrize("base", ["", "0", "7", "999999"])
def test_a_missing_or_invented_base_never_overwrites(as_editor, base):
    answer = as_editor.post(EDIT, data=MINE | {"base": base})

    assert (answer.status_code, revisions()) == (409, [FIRST])

"""The history of a text: told in runs, compared in two ways, restored by a new revision, and who wrote what of it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import Proposal, Revision
from relais import texts
from relais.db import reading, writing
from relais.texts import TextForm, revisions
from tests.days import NOW
from tests.public_record import a_proposal, counted
from tests.web.filling import kept, wrong
from tests.web.reading import read, rows
from tests.web.wording import save

PAGE = "/en/proposals/guichet"
FRENCH = "/fr/proposals/guichet"
WORDS = {"title": "Titre de guichet", "summary": "Un résumé."}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def saved_by(proposal, base, by, body, minutes=0, **more):
    note = more.pop("note", "")
    minor = more.pop("minor", False)
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        form = TextForm(body=body, note=note, minor=minor, **WORDS)
        return texts.save(session, row, "fr", form, base=base, by=by, now=NOW + timedelta(minutes=minutes), **more)


def listed(client, path=f"{PAGE}/revisions"):
    return rows(read(client.get(path)))


# --- runs ---------------------------------------------------------------------------------------------------------------


def test_quick_saves_are_one_line_with_its_steps_and_every_step_keeps_its_address(as_editor, guichet, editor, coordinator):
    for number, (by, note, minutes) in enumerate([(editor, "Début", 0), (editor, "", 5), (editor, "", 14), (coordinator, "", 15)], 1):
        saved_by(guichet, number, by, f"Version {number}.", minutes, note=note)

    table = listed(as_editor)
    step = read(as_editor.get(f"{PAGE}/revisions/fr/3"))

    assert [row[0].split(" current")[0] for row in table] == ["Revision 5", "Revision 4", "Revision 1"]
    assert table[1][1:3] == [
        "Début saved in 3 steps Revision 4, 23 Nov 2026, 11:14 Revision 3, 23 Nov 2026, 11:05 Revision 2, 23 Nov 2026, 11:00",
        "Emil Novák",
    ]  # fmt: skip
    assert [link["href"] for link in read(as_editor.get(f"{PAGE}/revisions")).all("a") if "Compare" in link.words] == [
        f"{PAGE}/compare/fr/4..5", f"{PAGE}/compare/fr/1..4",
    ]  # fmt: skip
    assert "A step towards revision 4" in step.one("p", class_="lead").words


def test_a_run_is_minor_when_all_of_it_is(guichet, editor):
    saved_by(guichet, 1, editor, "Un.", minor=True)
    saved_by(guichet, 2, editor, "Deux.", minor=True)
    saved_by(guichet, 3, editor, "Trois.", 60, minor=True)
    saved_by(guichet, 4, editor, "Quatre.", 61)

    with reading() as session:
        runs = revisions.runs(revisions.listed(session, guichet, "fr"))

    assert [([step.number for step in run.steps], run.minor) for run in runs] == [([5, 4], False), ([3, 2], True), ([1], False)]


def test_both_names_of_a_suggestion_are_told_to_members_and_roles_to_visitors(as_observer, visitor, guichet, editor, commenter):
    saved_by(guichet, 1, editor, "Mieux.", suggester=commenter)

    assert [listed(client)[0][2] for client in (as_observer, visitor)] == [
        "Emil Novák, suggested by Chiara Conti", "Editor, suggested by Commenter",
    ]  # fmt: skip


# --- compared -----------------------------------------------------------------------------------------------------------


def test_two_revisions_are_compared_in_one_text_and_the_choice_stays_in_the_links(visitor, guichet, editor):
    saved_by(guichet, 1, editor, "Le *corps* neuf.")

    page = read(visitor.get(f"{PAGE}/compare/fr/1..2?view=inline"))
    chosen = visitor.get(f"{PAGE}/compare?tongue=fr&first=1&second=2&view=inline")

    assert [text.words for text in page.one("div", class_="diff").all("div", class_="doc")] == ["Le *corps* [added] neuf ."]
    assert page.one("form", class_="row").one("input", name="view")["value"] == "inline"
    assert [link["href"] for link in page.one("table").all("a") if "compare" in link["href"]] == [f"{PAGE}/compare/fr/1..2?view=inline"]
    assert chosen.headers["location"] == f"{PAGE}/compare/fr/1..2?view=inline"
    assert [visitor.get(f"{PAGE}/compare/fr/1..2?view={view}").status_code for view in ("sides", "inline", "x")] == [200, 200, 404]


# --- restored -----------------------------------------------------------------------------------------------------------


def test_restoring_is_asked_with_what_it_would_change_and_told_in_the_pages_language(as_editor, guichet, editor):
    saved_by(guichet, 1, editor, "Tout autre.")

    english, french = (as_editor.get(f"{page}/revisions/fr/1/restoration") for page in (PAGE, FRENCH))

    assert [kept(page, "note") for page in (english, french)] == ["Restores revision 1", "Rétablit la révision 1"]
    assert kept(english, "base") == "2"
    assert [(mark.tag, mark.words) for tag in ("del", "ins") for mark in read(english).all(tag)] == [
        ("del", "[removed] Tout autre"), ("ins", "[added] Le *corps*"),
    ]  # fmt: skip


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_earlier_revision_is_restored_as_a_new_one(as_editor, guichet, editor, headers):
    saved_by(guichet, 1, editor, "Tout autre.")

    answer = as_editor.post(f"{FRENCH}/revisions/fr/1/restoration", data={"base": "2", "note": "Mieux avant"}, headers=headers)

    assert answer.headers.get("location", answer.headers.get("HX-Redirect")) == f"{FRENCH}#text"
    with reading() as session:
        last = session.exec(select(Revision).order_by(col(Revision.number).desc())).first()
    assert (last.number, last.body, last.note, last.restores, last.continues) == (3, "Le *corps*.", "Mieux avant", 1, False)
    assert "restores revision 1" in listed(as_editor)[0][0]


def test_who_saved_meanwhile_is_not_overwritten(as_editor, guichet, editor, coordinator):
    saved_by(guichet, 1, editor, "Tout autre.")
    saved_by(guichet, 2, coordinator, "Encore autre.")

    answer = as_editor.post(f"{PAGE}/revisions/fr/1/restoration", data={"base": "2", "note": "Mieux avant"})

    assert (answer.status_code, kept(answer, "base"), kept(answer, "note")) == (409, "3", "Mieux avant")
    assert "Someone saved revision 3 meanwhile" in answer.text


def test_what_cannot_be_restored_is_told(as_editor, guichet, editor):
    saved_by(guichet, 1, editor, "Tout autre.")
    long = as_editor.post(f"{PAGE}/revisions/fr/1/restoration", data={"base": "2", "note": "x" * 301})
    same = as_editor.get(f"{PAGE}/revisions/fr/2/restoration")

    assert (long.status_code, wrong(long)) == (422, {"note": "At most 300 characters"})
    assert ("the same, word for word" in same.text, read(same).all("form", method="post")) == (True, [])
    assert as_editor.post(f"{PAGE}/revisions/fr/2/restoration", data={"base": "2"}).status_code == 422
    assert [as_editor.get(f"{PAGE}/revisions/{path}/restoration").status_code for path in ("fr/9", "en/1", "fr/0", "xx/1")] == [404] * 4
    assert as_editor.post(f"{PAGE}/revisions/fr/9/restoration", data={"base": "2"}).status_code == 404


# --- who wrote what -----------------------------------------------------------------------------------------------------


def test_each_paragraph_is_told_with_who_last_wrote_it(as_observer, visitor, guichet, editor, commenter):
    saved_by(guichet, 1, editor, "Le *corps*.\n\nNeuf.", note="Neuf")
    saved_by(guichet, 2, editor, "Le *corps* entier.\n\nNeuf.", suggester=commenter, note="Entier")

    member, everybody = (read(client.get(f"{PAGE}/texts/fr/authors")) for client in (as_observer, visitor))

    assert [[cell.words for cell in row.all("td")] for row in member.all("table")[-1].one("tbody").all("tr")] == [
        [
            "Le *corps* revision 1 entier revision 3 . revision 1",
            "Entered when Relais was set up, revision 1, 23 Nov 2026 Emil Novák, suggested by Chiara Conti, revision 3, 23 Nov 2026",
        ],
        ["Neuf.", "Emil Novák, revision 2, 23 Nov 2026"],
    ]
    assert ("Emil" in everybody.words, "Chiara" in everybody.words, "Editor, revision 2" in everybody.words) == (False, False, True)


def test_a_language_nobody_wrote_in_has_no_authors(visitor):
    assert [visitor.get(f"{PAGE}/texts/{tongue}/authors").status_code for tongue in ("fr", "en", "xx")] == [200, 404, 404]


def test_who_wrote_what_costs_the_same_queries_for_one_revision_and_for_three(visitor, engine, guichet):
    with counted(engine) as once:
        visitor.get(f"{PAGE}/texts/fr/authors")
    save(guichet, "fr", 1, title="Deux")
    save(guichet, "fr", 2, title="Trois")
    with counted(engine) as thrice:
        visitor.get(f"{PAGE}/texts/fr/authors")

    assert len(once) == len(thrice) <= 5


# --- line by line -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_is_typed_is_compared_with_the_text_as_it_stands_and_kept(as_editor, headers):
    typed = WORDS | {"base": "1", "body": "Le *corps* neuf.", "note": "Neuf"}

    answer = as_editor.post(f"{PAGE}/texts/fr/comparison", data=typed, headers=headers)

    assert (answer.status_code, [mark.words for mark in read(answer).all("ins")]) == (200, ["[added] neuf"])
    assert ("<html" in answer.text) is not bool(headers)
    if not headers:
        assert {name: kept(answer, name) for name in typed} == typed

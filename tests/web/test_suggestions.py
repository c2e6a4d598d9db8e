"""Suggesting a change of a text, and deciding on it."""

import pytest
from sqlmodel import select

from models import Revision, Suggestion
from models.suggestion import SuggestionState
from relais import texts
from relais.db import reading, writing
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import a_proposal
from tests.web.filling import kept, rows, wrong
from tests.web.reading import read

HERE = "/en/proposals/guichet-unique"
NEW = f"{HERE}/texts/fr/suggestions/new"
BODY = "Un premier paragraphe.\n\nUn deuxième paragraphe."
BETTER = BODY.replace("deuxième", "second")


@pytest.fixture(autouse=True)
def guichet(public_affairs, editor):
    proposal = a_proposal("guichet-unique", public_affairs)
    save(proposal, editor, BODY)
    return proposal


def save(proposal, by, body):
    with writing() as session:
        text = texts.of(session, proposal, "fr")
        texts.save(session, proposal, "fr", TextForm(title=text.title, body=body), base=text.number, by=by, now=NOW)


def suggested(client, body=BETTER, note="Plus juste"):
    form = client.get(NEW)
    words = {name: kept(form, name) for name in ("base", "title", "summary")}
    return client.post(NEW, data=words | {"body": body, "note": note})


def taking(client, number=1):
    """What the form to accept it holds."""
    shown = client.get(f"{HERE}/suggestions/{number}")
    form = next(form for form in read(shown).all("form") if (form["action"] or "").endswith("/acceptance"))
    fields = {field["name"]: field["value"] for field in form.all("input")}
    areas = {
        area["name"]: "".join(part for part in area.inside if isinstance(part, str)).removeprefix("\n") for area in form.all("textarea")
    }
    return fields | areas


def test_a_commenter_suggests_and_an_editor_accepts_in_one_press(as_commenter, as_editor, commenter, editor, visitor):
    made = suggested(as_commenter)
    assert (made.status_code, made.headers["location"]) == (303, f"{HERE}/suggestions/1")

    page = read(as_editor.get(f"{HERE}/suggestions/1"))
    assert [piece.words for piece in page.all("ins")] == ["[added] second"]
    accepted = as_editor.post(f"{HERE}/suggestions/1/acceptance", data=taking(as_editor))

    assert (accepted.status_code, accepted.headers["location"]) == (303, f"{HERE}/revisions/fr/3")
    last = rows(Revision)[-1]
    assert (last.body, last.author_id, last.suggester_id, last.note) == (BETTER, editor.id, commenter.id, "Plus juste")
    assert "second paragraphe" in visitor.get(f"/fr{HERE.removeprefix('/en')}").text


def test_what_changed_elsewhere_meanwhile_stays(as_commenter, as_editor, guichet, editor):
    suggested(as_commenter)
    save(guichet, editor, BODY.replace("premier", "tout premier"))

    as_editor.post(f"{HERE}/suggestions/1/acceptance", data=taking(as_editor))

    assert rows(Revision)[-1].body == "Un tout premier paragraphe.\n\nUn second paragraphe."


def test_where_the_same_paragraph_changed_it_says_so_and_shows_a_merge(as_commenter, as_editor, guichet, editor):
    suggested(as_commenter)
    save(guichet, editor, BODY.replace("deuxième", "autre"))

    page = as_editor.get(f"{HERE}/suggestions/1")

    assert "The same paragraph has changed since" in page.text
    assert {"Un autre paragraphe.", "Un second paragraphe."} <= set(taking(as_editor)["body"].split("\n\n"))


def test_a_text_saved_while_deciding_is_not_overwritten_and_what_was_typed_stays(as_commenter, as_editor, guichet, editor):
    suggested(as_commenter)
    held = taking(as_editor)
    save(guichet, editor, BODY + "\n\nUn troisième.")

    answer = as_editor.post(f"{HERE}/suggestions/1/acceptance", data=held | {"note": "Presque"})

    assert (answer.status_code, kept(answer, "note"), rows(Suggestion)[0].state) == (409, "Presque", SuggestionState.OPEN)
    assert read(answer).one("input", name="base")["value"] == "3"


def test_an_editor_declines_with_a_reason_its_author_reads(as_commenter, as_editor):
    suggested(as_commenter)

    without = as_editor.post(f"{HERE}/suggestions/1/refusal", data={"version": "1", "reason": " "})
    declined = as_editor.post(f"{HERE}/suggestions/1/refusal", data={"version": "1", "reason": "Déjà dit plus haut"})

    assert (without.status_code, declined.status_code) == (422, 303)
    assert "Déjà dit plus haut" in as_commenter.get(f"{HERE}/suggestions/1").text


def test_its_author_withdraws_it(as_commenter):
    suggested(as_commenter)

    answer = as_commenter.post(f"{HERE}/suggestions/1/withdrawal", data={"version": "1"})

    assert (answer.status_code, rows(Suggestion)[0].state) == (303, SuggestionState.WITHDRAWN)


def test_a_decided_one_is_not_decided_again(as_commenter, as_editor):
    suggested(as_commenter)
    held = taking(as_editor)
    as_editor.post(f"{HERE}/suggestions/1/refusal", data={"version": "1", "reason": "Non"})

    answer = as_editor.post(f"{HERE}/suggestions/1/acceptance", data=held)

    assert (answer.status_code, "already" in answer.text, len(rows(Revision))) == (409, True, 2)


def test_a_suggestion_that_changes_nothing_is_told_beside_the_text(as_commenter):
    answer = suggested(as_commenter, body=BODY)

    assert (answer.status_code, wrong(answer), kept(answer, "note")) == (
        422,
        {"body": "Nothing changed: this is the text as it stands"},
        "Plus juste",
    )


def test_a_language_nobody_wrote_in_has_nothing_to_change(as_commenter):
    assert as_commenter.get(f"{HERE}/texts/de/suggestions/new").status_code == 404


def test_the_list_tells_what_became_of_each(as_commenter, as_editor, as_observer):
    suggested(as_commenter)
    suggested(as_commenter, body=BODY + "\n\nEncore.", note="Encore")
    as_editor.post(f"{HERE}/suggestions/1/refusal", data={"version": "1", "reason": "Non"})

    table = read(as_observer.get(f"{HERE}/suggestions")).one("tbody")

    assert [[cell.words for cell in row.all("td")][-1] for row in table.all("tr")] == ["Open", "Declined"]


def test_the_activity_leads_to_it(as_commenter, as_editor):
    suggested(as_commenter)

    links = [link["href"] for link in read(as_editor.get("/en/activity")).all("a")]

    assert f"{HERE}/suggestions/1" in links


def test_outsiders_see_none_of_it(as_commenter, visitor, as_stranger):
    suggested(as_commenter)

    assert (visitor.get(f"{HERE}/suggestions").status_code, as_stranger.get(f"{HERE}/suggestions/1").status_code) == (303, 404)
    with reading() as session:
        assert len(session.exec(select(Suggestion)).all()) == 1
    assert "Suggest" not in visitor.get(HERE).text
    assert "Plus juste" not in visitor.get("/export.json").text + visitor.get("/en/activity").text

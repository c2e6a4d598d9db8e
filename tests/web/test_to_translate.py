"""What a group has to translate, the longest waiting first."""

from datetime import timedelta

import pytest

from models import Proposal
from relais import texts
from relais.db import writing
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import a_proposal, counted
from tests.web.reading import read
from tests.web.reading import rows as cells
from tests.web.wording import save

GROUP = "/en/groups/european-public-affairs"
LIST = f"{GROUP}/translations"
BESIDE = "/en/proposals/guichet/texts/en/beside"
EDIT = "/en/proposals/guichet/texts/en/edit"
FRENCH = {"title": "Titre de guichet", "summary": "Un résumé.", "body": "Le *corps*."}
ENGLISH = {"title": "One-stop shop", "summary": "A summary.", "body": "The *body*."}


@pytest.fixture
def guichet(public_affairs):
    """Its English is behind the French by the body."""
    proposal = a_proposal("guichet", public_affairs)
    save(proposal, "en", 0, **ENGLISH)
    save(proposal, "fr", 1, **FRENCH | {"body": "Le *corps* neuf."})
    return proposal


def at(proposal, language, base, days, **words):
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        texts.save(session, row, language, TextForm(**words), base=base, by=None, now=NOW + timedelta(days=days))


def test_members_see_what_waits_the_longest_first(as_editor, public_affairs, social_tech):
    late, early, fine = (a_proposal(slug, public_affairs) for slug in ("late", "early", "fine"))
    a_proposal("theirs", social_tech)
    for proposal in (late, early, fine):
        at(proposal, "en", 0, 0, **ENGLISH | {"title": f"Title of {proposal.slug}"})
    at(early, "de", 0, 3, **ENGLISH)
    at(late, "fr", 1, 9, **FRENCH | {"title": "Autre"})
    at(early, "fr", 1, 4, **FRENCH | {"title": "Titre de early", "summary": "Autre."})
    at(early, "fr", 2, 12, **FRENCH | {"title": "Titre de early", "summary": "Autre.", "body": "Autre."})
    at(fine, "fr", 1, 5, **FRENCH | {"title": "Passager"})
    at(fine, "fr", 2, 6, **FRENCH | {"title": "Titre de fine"})
    a_proposal("fresh", public_affairs, public=False)

    found = [row[:3] for row in cells(read(as_editor.get(LIST)))]

    assert found == [
        ["Titre de fresh", "English", "No text yet"],
        ["Title of early", "German", "Summary, Text"],
        ["Title of early", "English", "Summary, Text"],
        ["Title of late", "English", "Title"],
    ]


def test_a_group_with_nothing_to_translate_is_told_so(as_observer, public_affairs):
    assert "Nothing to translate" in as_observer.get(LIST).text


def test_only_editors_are_led_to_the_form(as_editor, as_observer, guichet):
    pages = [client.get(LIST).text for client in (as_editor, as_observer)]

    assert [[f'href="{path}"' in page for path in (EDIT, BESIDE)] for page in pages] == [[True, True], [False, True]]


def test_a_visitor_signs_in_and_a_stranger_finds_nothing(visitor, as_stranger, as_observer, guichet):
    answers = [client.get(LIST) for client in (visitor, as_stranger, as_observer)]

    assert [answer.status_code for answer in answers] == [303, 404, 200]
    assert answers[0].headers["location"] == f"/en/sign-in?next={LIST}"
    assert as_observer.get("/en/groups/nowhere/translations").status_code == 404


def test_the_group_leads_its_members_there(visitor, as_observer, guichet):
    assert [f'href="{LIST}"' in client.get(GROUP).text for client in (visitor, as_observer)] == [False, True]


def test_the_list_costs_the_same_for_one_row_and_for_three(as_editor, engine, public_affairs, guichet):
    def asked():
        with counted(engine) as statements:
            page = as_editor.get(LIST)
        return len(read(page).one("tbody").all("tr")), len(statements)

    one = asked()
    for slug in ("second", "third"):
        a_proposal(slug, public_affairs)
    three = asked()

    assert (one[0], three[0], three[1]) == (1, 3, one[1])

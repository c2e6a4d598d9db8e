"""One part of a text edited by itself: saved, merged and refused as the whole text is."""

import pytest

from tests.public_record import a_proposal
from tests.web.filling import HOSTILE, kept, wrong
from tests.web.reading import read
from tests.web.wording import revisions, save

PAGE = "/fr/proposals/guichet"
WHY = f"{PAGE}/texts/fr/sections/s-pourquoi/edit"
GONE = "Cette partie n’est pas dans la révision dont elle devrait partir. Copiez-la dans le texte entier."
BODY = "Début.\n\n## Pourquoi\n\nPersonne ne répond.\n\n## Comment\n\nPar un guichet."
NEW = {"base": "2", "words": "## Pourquoi\n\nTous répondent."}
SAVED = BODY.replace("Personne ne répond.", "Tous répondent.")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs, coordinator):
    proposal = a_proposal("guichet", public_affairs)
    save(proposal, "fr", 1, coordinator, title="Un guichet", summary="Un résumé.", body=BODY)
    return proposal


def last():
    return revisions()[-1]


# --- works --------------------------------------------------------------------------------------------------------------


def test_the_proposals_page_has_a_way_to_edit_beside_each_part_for_editors_only(as_editor, as_commenter, visitor):
    pages = [read(client.get(PAGE)) for client in (as_editor, as_commenter, visitor)]

    ways = [[link["href"] for link in page.all("a", class_="part-edit")] for page in pages]
    assert ways == [[f"{PAGE}/texts/fr/sections/{name}/edit" for name in ("title", "summary", "start", "s-pourquoi", "s-comment")], [], []]
    assert [heading.words for heading in pages[2].one("section", id="text").all("h3")] == ["Pourquoi", "Comment"]
    assert [page.one("h3", id="s-comment").words for page in pages] == ["Comment"] * 3


@pytest.mark.parametrize(("name", "words"), [
    ("title", "Un guichet"), ("summary", "Un résumé."), ("start", "Début."), ("s-pourquoi", "## Pourquoi\n\nPersonne ne répond."),
])  # fmt: skip
def test_the_form_holds_the_part_as_it_stands_and_the_revision_it_starts_from(as_editor, name, words):
    page = as_editor.get(f"{PAGE}/texts/fr/sections/{name}/edit")

    assert [kept(page, field) for field in ("base", "words", "note")] == ["2", words, ""]
    assert read(page).one("form", method="post")["data-drafts"] == f"text:guichet:fr:{name}:2"


def test_to_htmx_the_form_comes_alone_and_takes_the_place_of_the_part(as_editor):
    answer = as_editor.get(f"{WHY}?here=true", headers=HTMX)

    assert ("<html" in answer.text, read(answer).one("div", id="part-s-pourquoi").one("form")["hx-post"]) == (False, f"{WHY}?here=true")


def test_a_part_is_saved_as_the_next_revision_of_the_whole(as_editor):
    answer = as_editor.post(WHY, data=NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#s-pourquoi")
    assert last() == ("fr", 3, "Un guichet", SAVED)


@pytest.mark.parametrize(
    ("name", "saved"), [("title", ("fr", 3, "Neuf", BODY)), ("start", ("fr", 3, "Un guichet", BODY.replace("Début.", "Neuf")))]
)
def test_title_and_opening_are_saved_too(as_editor, name, saved):
    answer = as_editor.post(f"{PAGE}/texts/fr/sections/{name}/edit", data={"base": "2", "words": "Neuf"})

    assert (answer.headers["location"], last()) == (f"{PAGE}#text", saved)


def test_a_part_saved_in_place_gives_the_page_anew_and_says_so(as_editor):
    answer = as_editor.post(f"{WHY}?here=true", data=NEW, headers=HTMX)
    page = read(as_editor.get(answer.headers["location"], headers=HTMX))

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?saved=3")
    assert [part.words for part in page.all("p", class_="vh") if "data-announce" in part.attributes] == ["Enregistré sous la révision 3."]


def test_a_preview_shows_the_part_and_keeps_nothing(as_editor):
    path = WHY.replace("/edit", "/preview")
    plain, fragment = as_editor.post(path, data=NEW | {"note": "Pourquoi"}), as_editor.post(path, data=NEW, headers=HTMX)

    assert [read(answer).one("div", class_="preview").one("p").words for answer in (plain, fragment)] == ["Tous répondent."] * 2
    assert [kept(plain, name) for name in ("base", "words", "note")] == ["2", NEW["words"], "Pourquoi"]
    assert ("<html" in fragment.text, last()[1]) == (False, 2)


# --- in between ---------------------------------------------------------------------------------------------------------


def test_a_part_written_on_an_older_revision_is_merged_and_the_page_says_so(as_editor, as_observer, guichet, coordinator):
    save(guichet, "fr", 2, coordinator, title="Un guichet", summary="Un résumé.", body=f"## Avant\n\nNeuf.\n\n{BODY}", note="Avant")

    answer = as_editor.post(WHY, data=NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?saved=4")
    assert last() == ("fr", 4, "Un guichet", f"## Avant\n\nNeuf.\n\n{SAVED}")
    notice = read(as_editor.get(f"{PAGE}?saved=4")).one("div", class_="ok")
    assert notice.words.startswith(
        "Enregistré sous la révision 4, après fusion. La révision 3 a été enregistrée pendant que vous écriviez."
    )
    assert [link["href"] for link in notice.all("a")] == [f"{PAGE}/compare/fr/3..4", f"{PAGE}/compare/fr/2..3"]
    assert read(as_observer.get(f"{PAGE}?saved=4")).all("div", class_="ok") == []


@pytest.mark.parametrize("number", ["1", "2", "9"])
def test_no_address_makes_the_page_tell_of_a_save_that_never_was(as_editor, number):
    assert "Enregistré" not in as_editor.get(f"{PAGE}?saved={number}").text


def test_a_part_that_was_renamed_meanwhile_keeps_both_or_asks(as_editor, guichet, coordinator):
    save(
        guichet, "fr", 2, coordinator, title="Un guichet", summary="Un résumé.", body=BODY.replace("## Pourquoi", "## Raisons"), note="Nom"
    )

    gone, there = as_editor.get(WHY), as_editor.get(f"{WHY}?base=2")
    answer = as_editor.post(WHY, data=NEW)

    assert (gone.status_code, kept(there, "words"), kept(there, "base")) == (404, "## Pourquoi\n\nPersonne ne répond.", "2")
    assert last()[3] == SAVED.replace("## Pourquoi", "## Raisons")
    assert answer.headers["location"] == f"{PAGE}?saved=4"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_where_both_changed_one_paragraph_both_are_shown_with_the_whole_text(as_editor, guichet, coordinator, headers):
    save(guichet, "fr", 2, coordinator, title="Un guichet", summary="Un résumé.", body=BODY.replace("Personne", "Nul"), note="Nul")

    answer = as_editor.post(f"{WHY}?here=true", data=NEW | {"note": "Tous"}, headers=headers)

    assert (answer.status_code, last()[1]) == (409, 3)
    assert [kept(answer, name) for name in ("base", "title", "summary", "note")] == ["3", "Un guichet", "Un résumé.", "Tous"]
    assert [words for words in ("Nul", "Tous répondent.") if words not in kept(answer, "body")] == []
    assert read(answer).one("form", class_="panel")["data-clears"] == "text:guichet:fr:s-pourquoi:"


# --- bad forms and addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "typed", "told"), [
    ("title", {"words": ""}, {"words": "Remplir ce champ"}),
    ("title", {"words": "x" * 161}, {"words": "160 caractères au plus"}),
    ("summary", {"words": "x" * 2001}, {"words": "2000 caractères au plus"}),
    ("s-pourquoi", {"words": "x" * 100_000}, {"words": "100000 caractères au plus"}),
    ("s-pourquoi", {"note": "x" * 301}, {"note": "300 caractères au plus"}),
    ("start", {"words": "Début."}, {"words": "Rien n’a changé : c’est le texte tel qu’il est"}),
    ("s-pourquoi", {"base": "9"}, {"words": GONE}),
    ("s-nulle-part", {}, {"words": GONE}),
])  # fmt: skip
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_taken_is_told_beside_its_field_and_kept(as_editor, name, typed, told, headers):
    sent = NEW | {"note": "Pourquoi"} | typed
    answer = as_editor.post(f"{PAGE}/texts/fr/sections/{name}/edit?here=true", data=sent, headers=headers)

    assert (answer.status_code, wrong(answer), last()[1]) == (422, told, 2)
    assert {field: kept(answer, field) for field in sent} == sent
    assert answer.headers.get("HX-Retarget") == (f"#part-{name}" if headers else None)


@pytest.mark.parametrize(
    "path",
    [
        "fr/sections/s-nowhere/edit",
        "fr/sections/body/edit",
        "xx/sections/title/edit",
        "en/sections/title/edit",
        "fr/sections/title/edit?base=x",
    ],
)
def test_an_address_that_names_nothing_is_a_404(as_editor, path):
    assert as_editor.get(f"{PAGE}/texts/{path}").status_code == 404


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_words(as_editor, typed):
    heading = f"# {typed}"
    assert as_editor.post(f"{PAGE}/texts/fr/sections/start/edit", data={"base": "2", "words": heading}).status_code == 303
    page = as_editor.get(PAGE)
    links = [link["href"] for link in read(page).all("a", class_="part-edit")]

    assert ("<script>" in page.text, [element["onfocus"] for element in read(page).all() if element["onfocus"]]) == (False, [])
    assert kept(as_editor.get(links[2]), "words") == heading

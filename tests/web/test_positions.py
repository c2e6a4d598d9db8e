"""Recording a position."""

import pytest

from models import Citation, Event, Position, Source
from tests.public_record import a_proposal, a_source, an_actor, counted
from tests.web.filling import HOSTILE, NEVER_TYPED, kept, rows, wrong

NEW = "/en/proposals/guichet-unique/positions/new"
SUPPORTS = {"actor": "france", "stance": "supports", "on": "2022-06-21"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("article")
    an_actor("france", name_en="France")
    return a_proposal("guichet-unique", public_affairs)


def counts():
    return [len(rows(kind)) for kind in (Position, Citation, Source, Event)]


# --- works ------------------------------------------------------------------------------------------------------------


def test_an_editor_records_a_position_with_its_source(as_editor, guichet, editor):
    cited = {"cite_source": "article", "cite_locator": "p. 2", "cite_summary_fr": "Il le dit", "cite_supports": "true"}

    answer = as_editor.post(NEW, data=SUPPORTS | {"note_fr": "Dans le groupe", "note_en": ""} | cited)

    (row,), (citation,) = rows(Position), rows(Citation)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/proposals/guichet-unique#p{row.id}")
    assert (row.proposal_id, row.stance, str(row.when()), row.note_fr, row.note_en, row.public, row.recorder_id) == (
        guichet.id, "supports", "2022-06-21", "Dans le groupe", "", True, editor.id,
    )  # fmt: skip
    assert (citation.position_id, citation.locator, citation.summary_fr, citation.supports) == (row.id, "p. 2", "Il le dit", True)
    assert [(event.kind, event.actor_id, event.public) for event in rows(Event)][-2:] == [
        ("citation_added", editor.id, True), ("position_recorded", editor.id, True),
    ]  # fmt: skip


def test_to_htmx_it_says_where_to_go_so_that_the_draft_is_let_go(as_editor):
    answer = as_editor.post(NEW, data=SUPPORTS, headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"], answer.text) == (
        200, f"/en/proposals/guichet-unique#p{rows(Position)[0].id}", "",
    )  # fmt: skip


def test_a_position_may_be_for_the_group_only(as_editor, visitor):
    as_editor.post(NEW, data=SUPPORTS | {"public": "false", "note_en": "Said over coffee"})

    assert ([row.public for row in rows(Position)], rows(Event)[-1].public) == ([False], False)
    assert "Said over coffee" not in visitor.get("/en/proposals/guichet-unique").text


def test_without_a_source_it_is_recorded_and_shows_so(as_editor, visitor):
    as_editor.post(NEW, data=SUPPORTS | {"cite_source": "", "cite_supports": "true"})

    assert counts()[:2] == [1, 0]
    assert "no source yet" in visitor.get("/en/proposals/guichet-unique").text


def test_a_new_source_is_added_with_the_position(as_editor):
    new = {"cite_source": "", "cite_source_title": "Déclaration", "cite_source_url": "https://example.org/d", "cite_source_language": "fr"}

    as_editor.post(NEW, data=SUPPORTS | new)

    assert [(source.title, source.url) for source in rows(Source)][1:] == [("Déclaration", "https://example.org/d")]
    assert [citation.source_id for citation in rows(Citation)] == [rows(Source)[1].id]


def test_the_form_says_where_it_belongs_and_what_no_source_means(as_editor):
    page = as_editor.get(NEW)

    assert (page.status_code, "Titre de guichet-unique" in page.text, "no source yet" in page.text) == (200, True, True)


def test_an_actor_in_the_address_is_chosen(as_editor):
    assert kept(as_editor.get(f"{NEW}?actor=france"), "actor") == "france"


def test_htmx_gets_the_form_alone(as_editor):
    fragment = as_editor.get(NEW, headers=HTMX).text

    assert (fragment.lstrip().startswith("<form"), "<html" in fragment) == (True, False)


def test_a_form_takes_as_many_queries_with_one_choice_as_with_three(as_editor, engine, public_affairs):
    told = []
    for more in ("a", "b", "c"):
        an_actor(more)
        a_source(f"source-{more}")
        with counted(engine) as said:
            as_editor.get(NEW)
        told.append(len(said))

    assert (len(set(told)), told[0] <= 10) == (1, True)


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_visitor_signs_in_and_comes_back_to_the_form(visitor):
    answer = visitor.get(NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/sign-in?next={NEW}")


def test_a_visitor_who_posts_signs_in_and_keeps_what_was_typed(visitor):
    answer = visitor.post(NEW, data=SUPPORTS)

    assert (answer.status_code, kept(answer, "on"), rows(Position)) == (401, "2022-06-21", [])


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_record(request, who, status):
    client = request.getfixturevalue(who)

    assert (client.get(NEW).status_code, client.post(NEW, data=SUPPORTS).status_code, rows(Position)) == (status, status, [])


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
def test_a_private_proposal_is_not_there_for_outsiders(request, public_affairs, who):
    a_proposal("en-interne", public_affairs, public=False)
    client = request.getfixturevalue(who)

    assert client.get("/en/proposals/en-interne/positions/new").status_code == 404
    assert client.post("/en/proposals/en-interne/positions/new", data=SUPPORTS).status_code == 404


def test_a_proposal_that_is_not_there_is_missing(as_editor):
    assert as_editor.get("/en/proposals/nowhere/positions/new").status_code == 404


# --- bad forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"actor": ""}, {"actor"}),
        ({"stance": ""}, {"stance"}),
        ({"actor": "atlantis"}, {"actor"}),
        ({"stance": "loves"}, {"stance"}),
        ({"on": "soon"}, {"on"}),
        ({"on": "2022-02-30"}, {"on"}),
        ({"note_fr": "x" * 1001}, {"note_fr"}),
        ({"cite_source": "nowhere"}, {"cite_source"}),
        ({"cite_source": "", "cite_quote": "Oui"}, {"cite_source"}),
        ({"cite_source": "", "cite_source_url": "javascript:alert(1)"}, {"cite_source_url"}),
        ({"cite_source": "", "cite_source_url": "https://example.org"}, {"cite_source_title"}),
        ({"public": "perhaps"}, {"public"}),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_saved(as_editor, typed, fields):
    before = counts()

    answer = as_editor.post(NEW, data=SUPPORTS | {"note_en": "What I typed"} | typed)

    assert (answer.status_code, set(wrong(answer)), counts()) == (422, fields, before)
    assert (kept(answer, "note_en"), "<title>Error:" in answer.text) == ("What I typed", True)


def test_a_refused_form_comes_back_to_htmx_without_its_page(as_editor):
    answer = as_editor.post(NEW, data=SUPPORTS | {"stance": ""}, headers=HTMX)

    assert (answer.status_code, "<html" in answer.text, wrong(answer)) == (422, False, {"stance": "Fill this in"})


def test_a_half_good_form_saves_no_half(as_editor):
    before = counts()
    new = {"cite_source": "", "cite_source_title": "Déclaration"}

    answer = as_editor.post(NEW, data=SUPPORTS | {"actor": "atlantis"} | new)

    assert (answer.status_code, counts(), kept(answer, "cite_source_title")) == (422, before, "Déclaration")


def test_a_field_the_form_has_not_is_refused(as_editor):
    answer = as_editor.post(NEW, data=SUPPORTS | {"recorder_id": "1"})

    assert (answer.status_code, "This form has no such field" in answer.text, rows(Position)) == (422, True, [])


@pytest.mark.parametrize("typed", NEVER_TYPED.values(), ids=NEVER_TYPED)
@pytest.mark.parametrize("field", ["note_en", "actor", "cite_source_title"])
def test_what_no_person_types_is_refused(as_editor, field, typed):
    answer = as_editor.post(NEW, data=SUPPORTS | {field: typed})

    assert (answer.status_code, rows(Position)) == (422, [])


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_come_back_and_are_kept_as_words(as_editor, visitor, typed):
    refused = as_editor.post(NEW, data=SUPPORTS | {"note_en": typed, "on": "soon"})
    as_editor.post(NEW, data=SUPPORTS | {"note_en": typed})

    assert kept(refused, "note_en") == typed
    assert [row.note_en for row in rows(Position)] == [typed]
    for text in (refused.text, visitor.get("/en/proposals/guichet-unique").text):
        assert ("<script>alert(1)" in text, 'onfocus="alert' in text) == (False, False)


@pytest.mark.parametrize("body", ["actor=france&stance=%", "actor=%E0%A4%A&stance=supports", "%=%&&==", "actor=france&actor=%00"])
def test_a_body_that_is_no_form_is_no_error_of_ours(as_editor, body):
    answer = as_editor.post(NEW, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert (answer.status_code, rows(Position)) == (422, [])

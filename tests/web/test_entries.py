"""Adding to the timeline, and correcting it."""

import pytest

from models import Citation, Entry, EntryProposal, Event
from models.entry import KINDS
from tests.public_record import a_corrected_entry, a_proposal, a_source, an_entry, counted
from tests.web.filling import HOSTILE, NEVER_TYPED, kept, rows, wrong
from tests.web.reading import read

NEW = "/en/proposals/guichet-unique/entries/new"
VOTE = {"kind": "institutional/vote", "state": "done", "on": "2022-06-21", "title_en": "A vote in Parliament"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("article")
    return a_proposal("guichet-unique", public_affairs)


def counts():
    return [len(rows(kind)) for kind in (Entry, EntryProposal, Citation, Event)]


def links():
    return [(row.proposal_id, row.lead, row.rejected) for row in rows(EntryProposal)]


def test_an_editor_adds_an_event_with_its_source(as_editor, guichet, public_affairs, editor):
    answer = as_editor.post(NEW, data=VOTE | {"label_en": "Vote", "note_fr": "Serré", "cite_source": "article"})

    (entry,), (citation,) = rows(Entry), rows(Citation)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/proposals/guichet-unique#e{entry.id}")
    assert (entry.family, entry.kind, entry.state, str(entry.when()), entry.title_en, entry.label_en, entry.note_fr) == (
        "institutional", "vote", "done", "2022-06-21", "A vote in Parliament", "Vote", "Serré",
    )  # fmt: skip
    assert (entry.public, entry.group_id, entry.recorder_id, citation.entry_id) == (True, public_affairs.id, editor.id, entry.id)
    assert links() == [(guichet.id, False, False)]
    assert [(event.kind, event.proposal_id, event.actor_id) for event in rows(Event)][-2:] == [
        ("citation_added", guichet.id, editor.id), ("entry_added", guichet.id, editor.id),
    ]  # fmt: skip


def test_to_htmx_it_says_where_to_go(as_editor):
    answer = as_editor.post(NEW, data=VOTE, headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"/en/proposals/guichet-unique#e{rows(Entry)[0].id}")


def test_without_a_source_it_is_added_and_shows_so(as_editor, visitor):
    as_editor.post(NEW, data=VOTE)

    assert ("A vote in Parliament" in (text := visitor.get("/en/proposals/guichet-unique").text), "no source yet" in text) == (True, True)


def test_a_possible_link_is_a_lead_of_all_it_concerns(as_editor, guichet, public_affairs):
    other = a_proposal("autre", public_affairs)

    as_editor.post(NEW, data=VOTE | {"lead": "true", "also": ["autre"]})

    assert links() == [(guichet.id, True, False), (other.id, True, False)]


def test_an_event_may_concern_other_proposals_of_ones_groups_only(as_editor, public_affairs, social_tech):
    a_proposal("autre", public_affairs)
    a_proposal("ailleurs", social_tech)

    offered = [box["value"] for box in read(as_editor.get(NEW)).all("input", name="also")]
    refused = as_editor.post(NEW, data=VOTE | {"also": ["autre", "ailleurs"]})

    assert (offered, refused.status_code, set(wrong(refused)), rows(Entry)) == (["autre"], 422, {"also"}, [])
    assert kept(refused, "also") == ["autre"]


def test_an_event_may_be_for_the_group_only(as_editor, visitor, as_observer):
    as_editor.post(NEW, data=VOTE | {"public": "false"})

    seen = ["A vote in Parliament" in client.get("/en/proposals/guichet-unique").text for client in (visitor, as_observer)]
    assert ([entry.public for entry in rows(Entry)], rows(Event)[-1].public, seen) == ([False], False, [False, True])


def test_the_form_offers_every_kind_under_its_family(as_editor):
    offered = [option["value"] for option in read(as_editor.get(NEW)).one("select", name="kind").all("option")]

    assert offered == ["", *(f"{family.value}/{kind.value}" for family, kinds in KINDS.items() for kind in kinds)]


def test_htmx_gets_the_form_alone(as_editor):
    fragment = as_editor.get(NEW, headers=HTMX).text

    assert (fragment.lstrip().startswith("<form"), "<html" in fragment) == (True, False)


def test_a_form_takes_as_many_queries_with_one_choice_as_with_three(as_editor, engine, public_affairs):
    told = []
    for more in ("a", "b", "c"):
        a_proposal(more, public_affairs)
        a_source(f"source-{more}")
        with counted(engine) as said:
            as_editor.get(NEW)
        told.append(len(said))

    assert (len(set(told)), told[0] <= 10) == (1, True)


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_visitor_signs_in_and_comes_back(visitor):
    assert visitor.get(NEW).headers["location"] == f"/en/sign-in?next={NEW}"
    assert kept(visitor.post(NEW, data=VOTE), "title_en") == VOTE["title_en"]


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_add(request, who, status):
    client = request.getfixturevalue(who)

    assert (client.get(NEW).status_code, client.post(NEW, data=VOTE).status_code, rows(Entry)) == (status, status, [])


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
def test_a_private_proposal_is_not_there_for_outsiders(request, public_affairs, who):
    a_proposal("en-interne", public_affairs, public=False)

    assert request.getfixturevalue(who).get("/en/proposals/en-interne/entries/new").status_code == 404


# --- bad forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"kind": ""}, {"kind"}),
        ({"kind": "institutional/party"}, {"kind"}),
        ({"kind": "deadline/vote"}, {"kind"}),
        ({"state": "maybe"}, {"state"}),
        ({"title_en": ""}, {"title_en"}),
        ({"title_fr": "x" * 201}, {"title_fr"}),
        ({"label_en": "x" * 21}, {"label_en"}),
        ({"note_en": "x" * 2001}, {"note_en"}),
        ({"on": "2022-06-22/2022-06-21"}, {"on"}),
        ({"lead": "perhaps"}, {"lead"}),
        ({"also": ["nowhere"]}, {"also"}),
        ({"cite_source": "nowhere"}, {"cite_source"}),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_saved(as_editor, public_affairs, typed, fields):
    a_proposal("autre", public_affairs)
    before = counts()

    answer = as_editor.post(NEW, data=VOTE | {"note_fr": "Ce que j’ai écrit"} | typed)

    assert (answer.status_code, set(wrong(answer)), counts()) == (422, fields, before)
    assert kept(answer, "note_fr") == "Ce que j’ai écrit"


@pytest.mark.parametrize("typed", NEVER_TYPED.values(), ids=NEVER_TYPED)
@pytest.mark.parametrize("field", ["title_en", "kind", "also"])
def test_what_no_person_types_is_refused(as_editor, field, typed):
    assert (as_editor.post(NEW, data=VOTE | {field: typed}).status_code, rows(Entry)) == (422, [])


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_kept_as_words(as_editor, visitor, typed):
    refused = as_editor.post(NEW, data=VOTE | {"title_en": typed, "on": "soon"})
    as_editor.post(NEW, data=VOTE | {"title_en": typed})

    assert (kept(refused, "title_en"), [entry.title_en for entry in rows(Entry)]) == (typed, [typed])
    for text in (refused.text, visitor.get("/en/proposals/guichet-unique").text):
        assert ("<script>alert(1)" in text, 'onfocus="alert' in text) == (False, False)


def test_a_field_the_form_has_not_is_refused(as_editor):
    assert (as_editor.post(NEW, data=VOTE | {"key": "mine"}).status_code, rows(Entry)) == (422, [])


# --- corrections ------------------------------------------------------------------------------------------------------


def test_an_event_is_corrected_by_a_row_that_supersedes_it(as_editor, guichet):
    old = an_entry("e", guichet, on="2022-06", citations=[{"source": "article"}])

    form = as_editor.get("/en/entries/e/edit")
    answer = as_editor.post("/en/entries/e/edit", data=VOTE)

    first, second = rows(Entry)
    assert (kept(form, "kind"), kept(form, "on"), kept(form, "title_fr"), "also" in form.text) == (
        "institutional/vote", "2022-06", "Vote e", False,
    )  # fmt: skip
    assert answer.headers["location"] == f"/en/proposals/guichet-unique#e{second.id}"
    assert (first.id, second.supersedes_id, second.key, second.title_en) == (old.id, old.id, f"e~{old.id}", "A vote in Parliament")
    assert [citation.entry_id for citation in rows(Citation)] == [first.id, second.id]
    assert rows(Event)[-1].kind == "entry_corrected"


def test_who_corrects_what_was_corrected_meanwhile_keeps_their_words(as_editor, guichet, coordinator):
    old = an_entry("e", guichet)
    new = a_corrected_entry(old, coordinator, "2022-06-22")

    answer = as_editor.post("/en/entries/e/edit", data=VOTE)
    again = as_editor.post(f"/en/entries/{new.key}/edit", data=VOTE)

    assert (answer.status_code, kept(answer, "title_en"), again.status_code) == (409, "A vote in Parliament", 303)
    assert f'action="/en/entries/{new.key}/edit"' in answer.text
    assert as_editor.get(f"/en/entries/{new.key}/edit").headers["location"] == f"/en/entries/{rows(Entry)[-1].key}/edit"


@pytest.mark.parametrize("key", ["nowhere", "%00", "%", "e~9", "a" * 500])
def test_an_event_that_is_not_there_is_missing(as_editor, key):
    assert (as_editor.get(f"/en/entries/{key}/edit").status_code, as_editor.post(f"/en/entries/{key}/edit").status_code) == (404, 404)


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_a_group_it_concerns_correct(request, guichet, who, status):
    an_entry("e", guichet)
    client = request.getfixturevalue(who)

    assert (client.get("/en/entries/e/edit").status_code, client.post("/en/entries/e/edit", data=VOTE).status_code) == (status, status)
    assert len(rows(Entry)) == 1


def test_an_event_that_concerns_two_groups_is_corrected_by_either(as_stranger, guichet, social_tech):
    an_entry("e", guichet, a_proposal("ailleurs", social_tech))

    answer = as_stranger.post("/en/entries/e/edit", data=VOTE)

    assert answer.headers["location"] == f"/en/proposals/ailleurs#e{rows(Entry)[-1].id}"


def test_an_event_is_cited(as_editor, guichet):
    entry = an_entry("e", guichet)

    answer = as_editor.post("/en/entries/e/citations/new", data={"cite_source": "article"})

    assert answer.headers["location"] == f"/en/proposals/guichet-unique#e{entry.id}"
    assert [citation.entry_id for citation in rows(Citation)] == [entry.id]

"""Moving a proposal to another stage."""

import pytest

from models import Citation, Event, Move, Proposal
from models.proposal import NEXT, Stage
from tests.public_record import a_proposal, a_source, counted, moved
from tests.web.filling import HOSTILE, NEVER_TYPED, kept, rows, wrong
from tests.web.reading import read

NEW = "/en/proposals/guichet-unique/moves/new"
BACKED = {"version": "1", "to": "backed", "on": "2022-07-01"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    """Published on 21 June 2022."""
    a_source("article")
    return a_proposal("guichet-unique", public_affairs)


def stage():
    (proposal, *_) = rows(Proposal)
    return proposal.stage, proposal.version


def counts():
    return [len(rows(kind)) for kind in (Move, Citation, Event)]


def test_an_editor_moves_a_proposal_with_its_source(as_editor, editor):
    answer = as_editor.post(NEW, data=BACKED | {"reason_en": "19 states", "label_en": "19 states", "cite_source": "article"})

    move, citation, event = rows(Move)[-1], rows(Citation)[-1], rows(Event)[-1]
    assert (answer.status_code, answer.headers["location"]) == (303, f"/en/proposals/guichet-unique#m{move.id}")
    assert (move.from_stage, move.to_stage, str(move.when()), move.reason_en, move.label_en, move.recorder_id) == (
        "published", "backed", "2022-07-01", "19 states", "19 states", editor.id,
    )  # fmt: skip
    assert (stage(), citation.move_id) == (("backed", 2), move.id)
    assert (event.kind, event.actor_id, event.details) == (
        "stage_moved",
        editor.id,
        {"from": "published", "to": "backed", "on": "2022-07-01"},
    )


def test_to_htmx_it_says_where_to_go(as_editor):
    answer = as_editor.post(NEW, data=BACKED, headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"/en/proposals/guichet-unique#m{rows(Move)[-1].id}")


@pytest.mark.parametrize("start", [Stage.PUBLISHED, Stage.BACKED, Stage.IN_FORCE, Stage.DROPPED])
def test_the_form_offers_the_stages_the_table_allows_with_their_definitions(as_editor, guichet, start):
    if start is not Stage.PUBLISHED:
        moved(guichet, start, reason_en="So it was")

    page = read(as_editor.get(NEW))

    offered = {box["value"] for box in page.all("input", name="to")}
    defined = [box for box in page.all("input", name="to") if not page.all("small", id=box["aria-describedby"] or "-")]
    assert (offered, defined) == (set(NEXT[start]), [])


def test_a_merged_proposal_has_no_further_stage(as_editor, guichet, public_affairs):
    a_proposal("autre", public_affairs)
    moved(guichet, "merged", into="autre", reason_en="One ask")

    page = as_editor.get(NEW)

    assert (page.status_code, read(page).all("input", name="to"), "it has no further stage" in page.text) == (200, [], True)


def test_a_proposal_merges_into_another_that_outsiders_see_too(as_editor, public_affairs):
    a_proposal("autre", public_affairs)
    a_proposal("en-interne", public_affairs, public=False)

    offered = [option["value"] for option in read(as_editor.get(NEW)).one("select", name="into").all("option")]
    as_editor.post(NEW, data=BACKED | {"to": "merged", "into": "autre", "reason_fr": "Une seule demande"})

    assert (offered, stage(), rows(Proposal)[0].merged_into_id) == (["", "autre"], ("merged", 2), rows(Proposal)[1].id)


def test_htmx_gets_the_form_alone(as_editor):
    fragment = as_editor.get(NEW, headers=HTMX).text

    assert (fragment.lstrip().startswith("<form"), "<html" in fragment) == (True, False)


def test_a_form_takes_as_many_queries_with_one_choice_as_with_three(as_editor, engine, public_affairs):
    told = []
    for more in ("a", "b", "c"):
        a_proposal(more, public_affairs)
        with counted(engine) as said:
            as_editor.get(NEW)
        told.append(len(said))

    assert (len(set(told)), told[0] <= 10) == (1, True)


# --- stale ------------------------------------------------------------------------------------------------------------


def test_who_saw_another_stage_is_told_the_new_one_and_keeps_their_words(as_editor, guichet):
    moved(guichet, "taken_up")
    before = counts()

    answer = as_editor.post(NEW, data=BACKED | {"reason_en": "Mine", "cite_source": "article"})

    assert (answer.status_code, counts(), stage()) == (409, before, ("taken_up", 2))
    assert ("It now stands at: Taken up" in answer.text, kept(answer, "reason_en"), kept(answer, "version")) == (True, "Mine", "2")
    assert (kept(answer, "cite_source"), kept(answer, "to")) == ("article", ["backed"])


def test_sent_again_it_is_taken(as_editor, guichet):
    moved(guichet, "taken_up")
    stale = as_editor.post(NEW, data=BACKED | {"to": "adopted"})

    answer = as_editor.post(NEW, data=BACKED | {"to": "adopted", "version": kept(stale, "version")})

    assert (answer.status_code, stage()) == (303, ("adopted", 3))


def test_a_stale_form_comes_back_to_htmx_alone(as_editor, guichet):
    moved(guichet, "taken_up")

    answer = as_editor.post(NEW, data=BACKED, headers=HTMX)

    assert (answer.status_code, "<html" in answer.text, "Your text is safe" in answer.text) == (409, False, True)


def test_a_form_without_its_version_is_stale(as_editor):
    assert (as_editor.post(NEW, data={"to": "backed"}).status_code, stage()) == (409, ("published", 1))


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_visitor_signs_in_and_comes_back(visitor):
    assert visitor.get(NEW).headers["location"] == f"/en/sign-in?next={NEW}"
    assert visitor.post(NEW, data={"to": "backed"}).headers["location"] == "/en/sign-in?next=/en/proposals/guichet-unique"
    assert kept(visitor.post(NEW, data=BACKED | {"reason_en": "They told us"}), "reason_en") == "They told us"


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403), ("as_commenter", 403)])
def test_only_editors_of_the_group_move(request, who, status):
    client = request.getfixturevalue(who)

    assert (client.get(NEW).status_code, client.post(NEW, data=BACKED).status_code, stage()) == (status, status, ("published", 1))


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
def test_a_private_proposal_is_not_there_for_outsiders(request, public_affairs, who):
    a_proposal("en-interne", public_affairs, public=False)

    assert request.getfixturevalue(who).get("/en/proposals/en-interne/moves/new").status_code == 404


# --- bad forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"to": ""}, {"to"}),
        ({"to": "won"}, {"to"}),
        ({"to": "drafted"}, {"to"}),
        ({"to": "published"}, {"to"}),
        ({"to": "dropped"}, {"reason_en"}),
        ({"to": "merged", "reason_en": "One ask"}, {"into"}),
        ({"to": "merged", "reason_en": "One ask", "into": "nowhere"}, {"into"}),
        ({"to": "merged", "reason_en": "One ask", "into": "guichet-unique"}, {"into"}),
        ({"on": "2022-06-20"}, {"on"}),
        ({"on": "soon"}, {"on"}),
        ({"reason_fr": "x" * 1001}, {"reason_fr"}),
        ({"label_fr": "x" * 21}, {"label_fr"}),
        ({"cite_source": "nowhere"}, {"cite_source"}),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_saved(as_editor, public_affairs, typed, fields):
    a_proposal("autre", public_affairs)
    before = counts()

    answer = as_editor.post(NEW, data=BACKED | {"label_en": "What I typed"} | typed)

    assert (answer.status_code, set(wrong(answer)), counts(), stage()) == (422, fields, before, ("published", 1))
    assert kept(answer, "label_en") == "What I typed"


@pytest.mark.parametrize("version", ["x", "-1", "1.0", "99999999999999999999", "１"])
def test_a_version_that_is_no_number_is_refused(as_editor, version):
    assert (as_editor.post(NEW, data=BACKED | {"version": version}).status_code, stage()) == (422, ("published", 1))


@pytest.mark.parametrize("typed", NEVER_TYPED.values(), ids=NEVER_TYPED)
@pytest.mark.parametrize("field", ["reason_en", "to", "into"])
def test_what_no_person_types_is_refused(as_editor, field, typed):
    assert (as_editor.post(NEW, data=BACKED | {field: typed}).status_code, stage()) == (422, ("published", 1))


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_kept_as_words(as_editor, visitor, typed):
    refused = as_editor.post(NEW, data=BACKED | {"reason_en": typed, "on": "soon"})
    as_editor.post(NEW, data=BACKED | {"reason_en": typed})

    assert (kept(refused, "reason_en"), rows(Move)[-1].reason_en) == (typed, typed)
    for text in (refused.text, visitor.get("/en/proposals/guichet-unique").text):
        assert ("<script>alert(1)" in text, 'onfocus="alert' in text) == (False, False)


def test_a_field_the_form_has_not_is_refused(as_editor):
    assert (as_editor.post(NEW, data=BACKED | {"from": "drafted"}).status_code, stage()) == (422, ("published", 1))

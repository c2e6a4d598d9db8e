"""What came of a proposal, said, said otherwise and taken back by a program."""

import pytest
from sqlmodel import col, select

from models import Entry
from models.event import EventKind as Kind
from relais.db import reading
from tests.api.test_claims import items
from tests.api.test_lists import walked
from tests.api.test_verbs import acts, seen, wrong
from tests.api.writing import a_place, a_record
from tests.public_record import a_corrected_entry, an_entry, counted

HERE = "proposals/guichet/answers"
PARTLY = {"entry": "edic", "extent": "partly", "words_en": "A one-stop shop; no budget."}
ALL = {"extent": "fully", "words_fr": "Tout."}


@pytest.fixture
def place(public_affairs, commenter):
    """On whose timeline is the vote `vote-guichet`; the decision `edic` concerns nothing yet."""
    a_record()
    an_entry("edic", on="2025-10-29", kind="decision", title_en="The EDIC is set up")
    return a_place("guichet", public_affairs, commenter, 1)


@pytest.fixture
def program(carrying, place, editor):
    return carrying(editor)


def test_it_is_said_and_read_as_the_export_tells_it(program, api, place):
    made = program.post(HERE, json=PARTLY)
    found = api.get(f"{HERE}/edic")

    told = {"lead": True, "presidency": None, "extent": "partly", "extent_words": {"fr": "", "en": PARTLY["words_en"]}}
    assert (made.status_code, made.headers["Location"]) == (201, f"http://testserver/api/v1/{HERE}/edic")
    assert made.json() == told | {"key": "edic", "proposal": "guichet", "version": made.json()["version"]}
    assert (items(api.get(HERE)), found.json()) == ([made.json()], made.json())
    assert api.get("entries/edic").json()["proposals"] == [{"slug": "guichet"} | told]
    assert found.headers["ETag"].split("-")[0] == made.headers["ETag"].rstrip('"')
    assert acts(place, Kind.ANSWER_LINKED) == [Kind.ANSWER_LINKED]


def test_what_surely_concerns_it_already_is_no_lead(program):
    assert program.post(HERE, json=PARTLY | {"entry": "vote-guichet"}).json()["lead"] is False


def test_it_is_said_otherwise_by_who_saw_how_it_stands(program, api, place):
    made = program.post(HERE, json=PARTLY)
    changed = program.put(f"{HERE}/edic", json=ALL, headers={"If-Match": api.get(f"{HERE}/edic").headers["ETag"]})
    stale = program.put(f"{HERE}/edic", json=ALL, headers={"If-Match": made.headers["ETag"]})

    assert (changed.status_code, changed.json()["extent"], changed.json()["extent_words"]) == (200, "fully", {"fr": "Tout.", "en": ""})
    assert (stale.status_code, stale.json()["version"], stale.headers["ETag"]) == (412, changed.json()["version"], changed.headers["ETag"])
    assert program.put(f"{HERE}/edic", json=ALL).status_code == 428
    assert items(api.get(HERE)) == [changed.json()]


def test_it_is_said_once(program, place):
    program.post(HERE, json=PARTLY)

    assert program.post(HERE, json=PARTLY | {"extent": "fully"}).status_code == 409
    assert acts(place, Kind.ANSWER_LINKED) == [Kind.ANSWER_LINKED]


def test_it_is_taken_back_and_the_lead_stays(program, api, place):
    made = program.post(HERE, json=PARTLY)
    stale = program.delete(f"{HERE}/edic", headers=seen(1))
    gone = program.delete(f"{HERE}/edic", headers={"If-Match": made.headers["ETag"]})
    again = program.delete(f"{HERE}/edic", headers={"If-Match": made.headers["ETag"]})
    late = program.put(f"{HERE}/edic", json=ALL, headers={"If-Match": made.headers["ETag"]})

    assert [answer.status_code for answer in (stale, gone, again, late)] == [412, 204, 404, 412]
    assert (items(api.get(HERE)), api.get(f"{HERE}/edic").status_code) == ([], 404)
    assert [(one["slug"], one["lead"], one["extent"]) for one in api.get("entries/edic").json()["proposals"]] == [("guichet", True, None)]
    assert acts(place, Kind.ANSWER_LINKED) == [Kind.ANSWER_LINKED] * 2


@pytest.mark.parametrize(
    "more", [{"extent": "mostly"}, {"words_en": "x" * 1001}, {"words_en": ""}, {"entry": "nowhere"}, {"entry": "plan"}]
)
def test_what_cannot_be_meant_is_named(program, place, more):
    an_entry("plan", place.proposal, state="planned")
    (field,) = more

    answer = program.post(HERE, json=PARTLY | more)

    assert wrong(answer) == (422, ["words" if more == {"words_en": ""} else field])
    assert acts(place, Kind.ANSWER_LINKED) == []


def test_an_act_of_another_group_alone_answers_nothing_here(program, api, place, social_tech):
    an_entry("theirs", group_id=social_tech.id, public=False)

    assert wrong(program.post(HERE, json=PARTLY | {"entry": "theirs"})) == (422, ["entry"])
    assert program.put(f"{HERE}/theirs", json=ALL, headers=seen(1)).status_code == 404


def test_what_only_the_group_knows_answers_for_the_group_alone(program, api, place, public_affairs):
    an_entry("ours", group_id=public_affairs.id, public=False)
    program.post(HERE, json=PARTLY | {"entry": "ours"})

    assert ([one["key"] for one in items(program.get(HERE))], items(api.get(HERE))) == (["ours"], [])
    assert api.get(f"{HERE}/ours").status_code == 404


def test_what_was_corrected_answers_as_it_stands(program, api, place, editor):
    made = program.post(HERE, json=PARTLY).json()
    with reading() as session:
        edic = session.exec(select(Entry).where(col(Entry.key) == "edic")).one()
    with_another = a_corrected_entry(edic, editor, "2025-10-30")

    assert items(api.get(HERE)) == [made | {"key": with_another.key}]
    assert api.get(f"{HERE}/edic").json() == made | {"key": with_another.key}


def test_three_are_read_with_as_many_questions_as_one_and_page_by_page(engine, program, place):
    program.get(HERE)  # the first call of a token is noted

    def asked(key):
        an_entry(key, on="2025-10-29")
        program.post(HERE, json=PARTLY | {"entry": key})
        with counted(engine) as statements:
            program.get(HERE)
        return len(statements)

    one, _two, three = asked("a"), asked("b"), asked("c")

    assert three == one
    assert walked(program, f"{HERE}?limit=1") == (items(program.get(HERE)), 3)

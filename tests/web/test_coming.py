"""What the pages say of the holders to come, of windows, of what came of proposals, and of those that stand still."""

import pytest

from tests.public_record import a_corrected_position, a_position, a_presidency, a_proposal, a_source, an_actor, an_entry, counted
from tests.web.reading import read, rows

STATES = {"ireland": "IE", "lithuania": "LT", "greece": "EL"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_source("decision")
    a_source("list")
    for state, code in STATES.items():
        an_actor(state, kind="member_state", code=code, name_en=state.title())
    trio = list(STATES.values())
    a_presidency("2026-ie", "2026-07-01", "2026-12-31", state="ireland", trio=trio)
    a_presidency("2027-lt", "2027-01-01", "2027-06-30", state="lithuania", trio=trio)
    a_presidency("2027-el", "2027-07-01", "2027-12-31", state="greece", trio=trio)
    return a_proposal("guichet", public_affairs)


def coming(client, path="/en/proposals/guichet"):
    return read(client.get(path)).one("section", id="coming")


def test_the_page_of_a_proposal_says_what_to_expect_of_each_holder_and_why(visitor, guichet):
    a_position(guichet, "ireland", "took_part", on="2022-06-21", cites="list", note_en="In the working team.")
    a_position(guichet, "greece", "opposes", on="2026-02-01", cites="list")

    section = coming(visitor)

    assert rows(section.one("table")) == [
        ["Ireland 2026 H2 (now)", "none", "weak", "Took part, 21 Jun 2022. In the working team. [1]"],
        ["Lithuania 2027 H1", "weak", "none", "Position not recorded. That is not opposition."],
        ["Greece 2027 H2", "strong", "none", "Opposes, 1 Feb 2026. [1]"],
    ]
    assert section.one("p", class_="small").words == (
        "Trio Ireland, Lithuania, Greece: risk strong, opportunity weak. Of the three, the gravest risk and the best opportunity."
    )


def test_the_presidency_page_tells_it_over_all_proposals(visitor, public_affairs, guichet):
    other = a_proposal("fondation", public_affairs)
    for proposal in (guichet, other):
        a_position(proposal, "ireland", "supports", on="2022-06-21", cites="list")
    a_position(guichet, "greece", "absent", on="2026-02-01", cites="list")

    table = rows(coming(visitor, "/en/presidencies/2026-ie").one("table"))

    assert table == [
        ["Ireland 2026 H2", "none", "strong", "Supports: Other proposals (2 of 2) [1]"],
        ["Lithuania 2027 H1", "weak", "none", "Position not recorded: 2 proposals"],
        ["Greece 2027 H2", "strong", "none", "Absent: Other proposals (1 of 2) [1] Position not recorded: 1 proposal"],
    ]


def test_a_position_of_the_group_only_is_a_reason_for_the_group_only(visitor, as_observer, guichet):
    a_position(guichet, "lithuania", "opposes", on="2026-02-01", public=False)

    told = [[row[1] for row in rows(coming(client).one("table"))] for client in (visitor, as_observer)]

    assert told == [["weak", "weak", "weak"], ["weak", "strong", "weak"]]


def test_what_is_corrected_counts_as_corrected(visitor, guichet, editor):
    old = a_position(guichet, "lithuania", "opposes", on="2026-02-01")
    a_corrected_position(guichet, old, editor, actor="lithuania", stance="supports", on="2026-02-01")

    assert rows(coming(visitor).one("table"))[1][1:3] == ["none", "strong"]


def test_windows_say_when_to_begin(visitor, guichet):
    planned = {"state": "planned", "kind": "handover", "notice_days": 60}
    an_entry("handover", on="2027-01-01", title_en="Lithuania takes over", **planned)
    an_entry("trio", guichet, on="2027-06-30", title_en="Programme of the trio", **planned)

    told = [line.words for line in coming(visitor).one("ul", class_="todo").all("li")]

    assert told == [
        "Lithuania takes over, 1 Jan 2027 Open since 2 Nov 2026 · 60 days ahead",
        "Programme of the trio, 30 Jun 2027 Begin by 1 May 2027 · 60 days ahead",
    ]
    assert "Lithuania takes over" in read(visitor.get("/en/presidencies/2026-ie")).one("section", id="windows").words
    assert "Windows" not in visitor.get("/en/proposals/guichet?as_of=2026-11-01").text


def test_what_came_of_proposals_stands_in_the_brief_with_its_state(as_editor, visitor, guichet):
    an_entry("act", on="2026-09-01", title_en="The act", citations=[{"source": "list"}])
    said = {"entry": "act", "extent": "partly", "words_en": "Half of it."}
    as_editor.post("/en/proposals/guichet/answers/new", data=said)

    before = read(visitor.get("/en/presidencies/2026-ie")).one("section", id="answers").one("ul").words
    as_editor.post("/en/proposals/guichet/entries/act/checks", data={"verdict": "confirm"})
    after = read(visitor.get("/en/presidencies/2026-ie")).one("section", id="answers").one("ul").words

    assert before == "Titre de guichet: Answered in part, to check The act, 1 Sept 2026 [1] Half of it."
    assert after == "Titre de guichet: Answered in part The act, 1 Sept 2026 [1] Half of it."


def test_a_proposal_is_stalled_after_a_whole_presidency_without_anything(visitor, public_affairs, guichet):
    a_presidency("2026-cy", "2026-01-01", "2026-06-30", state="greece")

    stalled = read(visitor.get("/en/presidencies/2026-ie")).one("section", id="stalled")
    an_entry("done", guichet, on="2026-08-01")

    assert stalled.one("ul").words == "Titre de guichet"
    assert read(visitor.get("/en/presidencies/2026-ie")).all("section", id="stalled") == []


def test_a_proposal_that_ended_expects_nothing(visitor, as_editor, guichet):
    dropped = {"to": "dropped", "on": "2026-11-01", "reason_en": "Given up", "version": guichet.version}
    as_editor.post("/en/proposals/guichet/moves/new", data=dropped)

    assert read(visitor.get("/en/proposals/guichet")).all("section", id="coming") == []


def test_the_number_of_queries_of_the_brief_is_that_of_one_proposal(visitor, engine, public_affairs, guichet):
    def asked(slug):
        with counted(engine) as said:
            visitor.get(f"/en/presidencies/2026-ie?as_of={slug}")
        return len(said)

    an_entry("w", guichet, state="planned", on="2027-01-01", notice_days=30)
    a_position(guichet, "lithuania", on="2026-01-01", cites="list")
    one = asked("2026-11-20")
    for slug in ("a", "b"):
        more = a_proposal(slug, public_affairs)
        an_entry(f"w{slug}", more, state="planned", on="2027-01-01", notice_days=30)
        a_position(more, "lithuania", on="2026-01-01", cites="list")

    assert asked("2026-11-20") == one


def test_the_words_agree_in_french(visitor, guichet):
    a_position(guichet, "ireland", "supports", on="2022-06-21")
    a_position(guichet, "greece", "opposes", on="2026-02-01")

    told = [row[1:3] for row in rows(coming(visitor, "/fr/proposals/guichet").one("table"))]

    assert told == [["aucun", "forte"], ["faible", "aucune"], ["fort", "aucune"]]

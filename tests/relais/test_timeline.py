"""A proposal's timeline: chapters by presidency, gaps told as one, hand-overs with what the presiding state says."""

from datetime import date
from types import SimpleNamespace

import pytest

from models.entry import EntryKind, EntryState
from models.partial_date import PartialDate
from models.position import Stance
from models.proposal import Stage
from relais.presidencies import Calendar, Term
from relais.proposals import timeline
from relais.proposals.timeline import ItemKind
from relais.relay import lines
from relais.relay.lines import CellKind, Happening
from relais.sources.citations import Citations

TODAY = date(2026, 11, 23)
STATES = ("fr", "cz", "se", "es", "be", "hu", "pl", "dk", "cy", "ie", "lt", "gr")


def term(number: int) -> Term:
    year, half = 2022 + number // 2, number % 2
    first, last = (date(year, 7, 1), date(year, 12, 31)) if half else (date(year, 1, 1), date(year, 6, 30))
    state = STATES[number]
    return Term(f"{year}-{state}", state.upper(), number + 1, state, {"en": state, "fr": state}, first, last, ())


CALENDAR = Calendar(tuple(term(number) for number in range(len(STATES))))


def dated(on: str) -> dict:
    when = PartialDate.parse(on)
    return {"effective_on": when.on, "effective_until": when.until, "precision": when.precision}


def a_move(on: str, to: Stage = Stage.PUBLISHED, was: Stage | None = None) -> SimpleNamespace:
    return SimpleNamespace(id=1, proposal_id=7, from_stage=was, to_stage=to, reason_fr="", reason_en=f"to {to}", **dated(on))


def an_entry(title: str, on: str, state: EntryState = EntryState.DONE, lead: bool = False) -> SimpleNamespace:
    words = {"title_fr": "", "title_en": title, "note_fr": "", "note_en": ""}
    return SimpleNamespace(id=2, key=title, kind=EntryKind.VOTE, state=state, lead=lead, public=True, **words, **dated(on))


def a_position(state: str, stance: Stance, on: str, note: str = "") -> SimpleNamespace:
    actor = STATES.index(state) + 1
    return SimpleNamespace(
        id=actor, proposal_id=7, actor_id=actor, stance=stance, supersedes_id=None, note_fr="", note_en=note, **dated(on)
    )  # fmt: skip


def told(moves=(), entries=(), positions=(), day=TODAY, ended=False, calendar=CALENDAR):
    return timeline.of(calendar, moves, entries, positions, Citations(None, "en"), "en", day, ended=ended)


def shape(found) -> list[tuple]:
    return [(chapter.term.slug, [item.words for item in chapter.items], chapter.silent) for chapter in found.chapters]


def test_presidencies_with_nothing_in_a_row_are_told_as_one_gap():
    found = told([a_move("2022-02-07")], [an_entry("Vote", "2025-10-29")])

    assert shape(found) == [
        ("2022-fr", ["to published"], 0), ("2022-cz", [], 6), ("2025-dk", ["Vote"], 0), ("2026-cy", [], 1),
        ("2026-ie", [], 0), ("2027-lt", [], 0),
    ]  # fmt: skip
    assert found.chapters[1].silent_to.slug == "2025-pl"
    assert [chapter.term.slug for chapter in found.chapters if chapter.current] == ["2026-ie"]


def test_the_next_holder_is_shown_and_after_it_only_what_is_planned():
    found = told([a_move("2026-08-01")], [an_entry("Later", "2027-09-01", EntryState.PLANNED)])

    assert shape(found) == [("2026-ie", ["to published"], 0), ("2027-lt", [], 0), ("2027-gr", ["Later"], 0)]


def test_after_the_last_known_presidency_nothing_is_invented():
    found = told([a_move("2027-08-01")], day=date(2028, 3, 1))

    assert shape(found) == [("2027-gr", ["to published"], 0)]


def test_a_proposal_that_ended_hands_nothing_over():
    found = told([a_move("2022-02-07"), a_move("2023-02-01", Stage.DROPPED, Stage.PUBLISHED)], ended=True)

    assert shape(found) == [("2022-fr", ["to published"], 0), ("2022-cz", [], 1), ("2023-se", ["to dropped"], 0)]
    assert found.silent == 0


@pytest.mark.parametrize("on", ["", "2022"])
def test_what_falls_in_no_presidency_stands_apart(on):
    found = told([a_move(on)])

    assert [item.words for item in found.loose] == ["to published"]
    assert shape(found) == [("2026-ie", [], 0), ("2027-lt", [], 0)]


@pytest.mark.parametrize(
    ("last", "silent"),
    [("2022-02-07", 8), ("2022", 7), ("2026-06-30", 0), ("2026-11-01", 0), ("2025-12-31", 1), ("", 0)],
)
def test_silence_is_counted_in_whole_presidencies_since_something_happened(last, silent):
    assert told([a_move(last)]).silent == silent


@pytest.mark.parametrize(("state", "lead"), [(EntryState.DONE, True), (EntryState.PLANNED, False), (EntryState.CANCELLED, False)])
def test_a_lead_a_plan_and_a_cancelled_event_break_no_silence(state, lead):
    assert told([a_move("2022-02-07")], [an_entry("Perhaps", "2026-02-01", state, lead)]).silent == 8


@pytest.mark.parametrize("on", ["2022-02-07", "2025-07-01", "2026-03-01", "2026-09-09"])
def test_silence_and_the_stalled_mark_of_the_relay_agree(on):
    line = [Happening(CellKind.MOVED, PartialDate.parse(on), "", "", Stage.PUBLISHED)]

    stalled = lines.stalled(lines.cells(CALENDAR, line, TODAY), TODAY)

    assert stalled is (told([a_move(on)]).silent > 0)


def test_within_a_day_a_move_comes_before_what_else_happened_and_moves_keep_their_order():
    moves = [a_move("2022-06-21"), a_move("2022-06-21", Stage.BACKED, Stage.PUBLISHED)]

    found = told(moves, [an_entry("Vote", "2022-06-21")])

    assert [item.words for item in found.chapters[0].items] == ["to published", "to backed", "Vote"]


def test_a_step_back_is_called_one():
    found = told([a_move("2022-01-01", Stage.BACKED), a_move("2022-02-01", Stage.PUBLISHED, Stage.BACKED)])

    assert [item.back for item in found.items] == [False, True]


def test_kinds_of_entries():
    entries = [
        an_entry("done", "2022-01-02"), an_entry("planned", "2022-01-03", EntryState.PLANNED),
        an_entry("cancelled", "2022-01-04", EntryState.CANCELLED, lead=True), an_entry("lead", "2022-01-05", lead=True),
    ]  # fmt: skip

    found = told(entries=entries)

    assert [item.kind for item in found.items] == [ItemKind.DONE, ItemKind.PLANNED, ItemKind.CANCELLED, ItemKind.LEAD]


def test_a_handover_says_what_the_presiding_state_holds_and_why():
    positions = [a_position("cz", Stance.ABSENT, "2022-06-21", "Not on the list")]

    found = told([a_move("2022-02-07")], positions=positions)

    said = {chapter.term.slug: chapter.presiding for chapter in found.chapters}
    assert (said["2022-cz"].stand.risk, said["2022-cz"].stand.mark, said["2022-cz"].note) == ("strong", "risk", "Not on the list")
    assert said["2022-fr"] is None
    assert [(said[slug].stand.risk, said[slug].stand.mark) for slug in ("2026-ie", "2027-lt")] == [("weak", "unknown")] * 2


def test_a_position_taken_after_the_day_is_not_known_on_it():
    positions = [a_position("cz", Stance.ABSENT, "2022-06-21")]

    found = told([a_move("2022-02-07")], positions=positions, day=date(2022, 3, 1))

    assert [(chapter.term.slug, chapter.presiding.stand.mark) for chapter in found.chapters] == [
        ("2022-fr", "unknown"),
        ("2022-cz", "unknown"),
    ]

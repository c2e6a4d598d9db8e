from datetime import date

import pytest
from sqlmodel import col, select

from models import Citation, Event, Position
from models.partial_date import Precision
from models.position import Stance
from relais import positions, texts
from relais.db import reading, writing
from relais.errors import Invalid
from relais.positions import PositionForm
from relais.texts import TextForm
from tests.days import NOW
from tests.public_record import a_corrected_position, a_position, a_proposal, a_source, an_actor


@pytest.fixture
def guichet(public_affairs):
    a_source("article")
    an_actor("france")
    an_actor("nineteen-states", size=19)
    return a_proposal("guichet-unique", public_affairs)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def test_a_position_is_recorded_with_its_source_and_one_line_in_the_ledger(guichet, editor):
    form = PositionForm.model_validate(
        {
            "actor": "france",
            "stance": "initiated",
            "on": "2022-02",
            "note_en": "Took the lead",
            "citations": [{"source": "article", "locator": "p. 2"}],
        }
    )

    with writing() as session:
        row = positions.record(session, guichet, form, by=editor, now=NOW)

    (kept,), (citation,) = rows(Position), rows(Citation)
    assert (kept.stance, kept.effective_on, kept.precision, kept.note_en, kept.public) == (
        Stance.INITIATED, date(2022, 2, 1), Precision.MONTH, "Took the lead", True,
    )  # fmt: skip
    assert (kept.recorder_id, kept.recorded_at, kept.supersedes_id) == (editor.id, NOW, None)
    assert (citation.position_id, citation.locator, citation.supports) == (row.id, "p. 2", True)
    last = [(event.kind, event.subject, event.subject_id, event.actor_id) for event in rows(Event)][-2:]
    assert last == [
        ("citation_added", "citations", str(citation.id), editor.id),
        ("position_recorded", "positions", str(row.id), editor.id),
    ]


def test_a_position_without_a_source_is_kept(guichet):
    a_position(guichet, "france")

    assert (len(rows(Position)), rows(Citation)) == (1, [])


def test_a_position_of_nobody_known_is_refused_beside_the_field_and_leaves_nothing(guichet):
    before = len(rows(Event))

    with writing() as session, pytest.raises(Invalid) as refused, session.begin_nested():
        positions.record(session, guichet, PositionForm(actor="atlantis", stance=Stance.SUPPORTS), by=None, now=NOW)

    assert (refused.value.field, rows(Position), len(rows(Event))) == ("actor", [], before)


def test_words_about_a_source_that_is_not_named_are_asked_about(guichet):
    form = PositionForm.model_validate({"actor": "france", "stance": "supports", "citations": [{"quote": "« Oui »"}]})

    with writing() as session, pytest.raises(Invalid) as refused, session.begin_nested():
        positions.record(session, guichet, form, by=None, now=NOW)

    assert (refused.value.field, rows(Position)) == ("source", [])


def test_a_correction_supersedes_and_keeps_what_was_said_and_its_sources(guichet, editor):
    old = a_position(guichet, "france", on="2022-02-07", cites="article")

    new = a_corrected_position(guichet, old, editor, actor="france", stance="opposes", on="2022-02-08")

    first, second = rows(Position)
    assert (first.stance, second.stance, second.supersedes_id, second.revision_id) == (
        Stance.SUPPORTS, Stance.OPPOSES, first.id, first.revision_id,
    )  # fmt: skip
    assert [citation.position_id for citation in rows(Citation)] == [old.id, new.id]
    assert [event.kind for event in rows(Event)][-1] == "position_corrected"


def test_a_position_is_corrected_once(guichet, editor):
    old = a_position(guichet, "france")
    a_corrected_position(guichet, old, editor, actor="france", stance="opposes")

    with pytest.raises(Invalid):
        a_corrected_position(guichet, old, editor, actor="france", stance="neutral")

    assert len(rows(Position)) == 2


def test_the_last_to_take_effect_stands_and_a_correction_replaces_its_own(guichet, editor):
    a_position(guichet, "france", "supports", on="2022-06-21")
    a_position(guichet, "france", "neutral", on="2022-02-07")
    undated = a_position(guichet, "nineteen-states", "took_part")
    a_corrected_position(guichet, undated, editor, actor="nineteen-states", stance="supports", on="2022-06")

    standing = positions.latest(rows(Position))

    assert sorted(row.stance for row in standing.values()) == ["supports", "supports"]


def test_as_of_a_day_only_what_was_surely_so_counts(guichet):
    a_position(guichet, "france", "neutral", on="2022-02-07")
    a_position(guichet, "france", "supports", on="2022-06")
    a_position(guichet, "nineteen-states", "supports")

    by_day = {day: [row.stance for row in positions.latest(rows(Position), date.fromisoformat(day)).values()] for day in
              ("2022-02-06", "2022-02-07", "2022-06-29", "2022-06-30")}  # fmt: skip

    assert by_day == {"2022-02-06": [], "2022-02-07": ["neutral"], "2022-06-29": ["neutral"], "2022-06-30": ["supports"]}


def test_a_position_on_an_older_text_says_so_but_not_after_a_minor_edit(guichet, editor):
    given = a_position(guichet, "france")
    older = []

    for number, (summary, minor) in enumerate([("Un résumé", True), ("Autre chose", False)], start=1):
        with writing() as session:
            form = TextForm(title="Titre de guichet-unique", summary=summary, body="Le *corps*.", minor=minor)
            texts.save(session, guichet, "fr", form, base=number, by=editor, now=NOW)
        with reading() as session:
            older.append(positions.on_older_text(session, [given]))

    assert older == [{}, {given.id: NOW}]

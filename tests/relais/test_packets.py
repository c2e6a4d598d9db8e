"""Packets: frozen once, cited for good, corrected beside, and never with what visitors may not see."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models import Event, Packet
from models.event import EventKind
from relais import doctor, packets
from relais.db import reading, writing
from relais.errors import Invalid, Missing
from tests.days import NOW
from tests.exported import exported
from tests.handover import a_calendar, a_leg, a_story, frozen
from tests.public_record import a_position, a_proposal
from tests.relais.test_doctor import spoil

CHANGE = date(2022, 7, 1)


@pytest.fixture
def story(engine, public_affairs):
    a_calendar()
    return a_story(public_affairs)


def events():
    with reading() as session:
        found = session.exec(select(Event).where(col(Event.kind) == EventKind.PACKET_FROZEN)).all()
    return [(one.details["presidency"], one.details["number"], one.public) for one in found]


def kept():
    with reading() as session:
        return session.exec(select(Packet).order_by(col(Packet.id))).all()


def test_the_first_packet_holds_the_brief_in_both_languages_under_its_digest(story, editor):
    packet = frozen(by=editor, reason="idle")

    (row,) = kept()
    assert (row.number, row.author_id, row.frozen_at, row.reason) == (1, editor.id, NOW, "")
    assert {row.content[language]["language"] for language in ("fr", "en")} == {"fr", "en"}
    assert row.digest == packet.digest == hashlib.sha256(packets.as_bytes(row.content)).hexdigest()
    assert events() == [("2022-cz", 1, True)]


def test_freezing_again_without_a_change_makes_nothing_new(story, editor):
    first = frozen(by=editor)
    again = frozen(by=editor, reason="Once more", today=date(2026, 12, 24))

    assert (again.id, len(kept()), events()) == (first.id, 1, [("2022-cz", 1, True)])


def test_a_correction_is_the_next_number_with_its_reason_and_the_first_stays(story, editor):
    first = frozen(by=editor)
    a_position(story, "sweden", "supports", on="2022-06-30")
    second = frozen(by=editor, reason="Sweden’s position was missing")

    assert [(one.number, one.reason, one.digest) for one in kept()] == [
        (1, "", first.digest),
        (2, "Sweden’s position was missing", second.digest),
    ]
    assert first.digest != second.digest


def test_a_correction_wants_a_reason(story, editor):
    frozen(by=editor)
    a_position(story, "sweden", "supports", on="2022-06-30")

    with pytest.raises(Invalid) as refused:
        frozen(by=editor)

    assert (refused.value.field, len(kept())) == ("reason", 1)


def test_numbers_are_each_presidencys_own(story, editor):
    assert [frozen(slug, by=editor).number for slug in ("2022-cz", "2023-se")] == [1, 1]


def test_only_what_has_begun_or_is_next_is_frozen(story):
    with pytest.raises(Invalid):
        frozen("2023-se", today=date(2022, 6, 1))
    assert frozen("2022-cz", today=date(2022, 6, 1)).number == 1
    with pytest.raises(Missing):
        frozen("2022-xx")


def test_nothing_a_visitor_may_not_see_is_frozen(engine, story, public_affairs, editor):
    a_leg(engine, story, "2022-cz", ask_en="canary ask", ask_fr="canary", lead_id=editor.id)
    a_leg(engine, story, "2022-fr", public=True, note_en="canary note", lead_id=editor.id)
    a_proposal("canary-proposal", public_affairs, on="2022-03-01", public=False)

    frozen(by=editor)

    (row,) = kept()
    assert [word for word in ("canary", editor.name, editor.email) if word in json.dumps(row.content, ensure_ascii=False)] == []


@pytest.mark.parametrize(
    ("day", "made"),
    [(CHANGE - timedelta(days=1), 0), (CHANGE, 1), (CHANGE + timedelta(days=14), 1), (CHANGE + timedelta(days=15), 0)],
)
def test_the_worker_freezes_on_the_day_or_soon_after(story, day, made):
    with writing() as session:
        due = packets.due(session, day)
        packets.freeze_due(session, now=NOW, today=day)

    assert (due, [(one.presidency, one.author_id) for one in kept()]) == (bool(made), [("2022-cz", None)] * made)


def test_the_worker_leaves_what_an_editor_froze(story, editor):
    frozen(by=editor)
    with writing() as session:
        assert packets.freeze_due(session, now=NOW, today=CHANGE) is None
    assert len(kept()) == 1


def test_a_packet_that_is_not_there_is_missing(story):
    with reading() as session, pytest.raises(Missing):
        packets.find(session, "2022-cz", 1)


def test_the_export_names_each_packet_with_its_digest_and_where_it_is(story, editor):
    packet = frozen(by=editor)

    shown = {one["slug"]: one["packets"] for one in exported()["presidencies"]}

    assert {slug: len(found) for slug, found in shown.items()} == {"2022-fr": 0, "2022-cz": 1, "2023-se": 0, "2023-es": 0}
    assert shown["2022-cz"][0] == {
        "number": 1,
        "digest": packet.digest,
        "reason": "",
        "frozen_at": "2026-11-23T10:00:00Z",
        "address": "/presidencies/2022-cz/packets/1.json",
    }


def test_a_packet_that_was_tampered_with_is_found(engine, story, editor):
    frozen(by=editor)
    sound = [finding.wrong for finding in doctor.examine(engine, NOW) if finding.check == "packets"]
    spoil(engine, "UPDATE packets SET digest = 'another'", "packets")

    (found,) = [finding.wrong for finding in doctor.examine(engine, NOW) if finding.check == "packets"]

    assert (sound, found) == ([[]], ["packet 1 of 2022-cz is not what was frozen: its digest differs"])

"""What the export holds of a group's advocacy: contacts and asks that are public."""

from models.group import Role
from relais import entries, legs
from relais.access import VISITOR, Reader
from relais.db import writing
from relais.entries import EntryForm
from relais.legs import LegForm
from tests.asks import a_calendar, a_leg, carried, closed
from tests.days import NOW
from tests.exported import NO_ANSWER, exported_one
from tests.public_record import a_presidency, a_proposal, a_source, an_actor


def test_a_letter_and_its_answer_name_each_other_and_whom_they_were_with(engine, public_affairs):
    an_actor("state", code="LT")
    a_source("decision")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")
    guichet = a_proposal("guichet", public_affairs)
    told = {"family": "advocacy", "kind": "letter", "title_fr": "Un courrier", "actor": "state", "notice_days": 30, "outcome_fr": "Lu"}
    form = EntryForm.model_validate(told)
    hidden = form.model_copy(update={"public": False})
    with writing() as session:
        letter = entries.add(session, form, concerns=[guichet], presidency="2027-lt", by=None, now=NOW, key="letter")
        kept = entries.add(session, hidden, concerns=[guichet], group_id=public_affairs.id, by=None, now=NOW, key="kept")
        for key, answered in (("answer", letter), ("canary", kept)):
            entries.add(session, form, concerns=[guichet], answers=answered, by=None, now=NOW, key=key)

    document = exported_one("guichet")

    assert [(entry["key"], entry["answers"], entry["actor"]) for entry in document["entries"]] == [
        ("letter", None, "state"), ("answer", "letter", "state"), ("canary", None, "state"),
    ]  # fmt: skip
    assert (document["entries"][0]["outcome"], document["entries"][0]["notice_days"]) == ({"fr": "Lu", "en": ""}, 30)
    assert document["entries"][0]["proposals"] == [{"slug": "guichet", "lead": False, "presidency": "2027-lt"} | NO_ANSWER]
    assert [actor["slug"] for actor in document["actors"]] == ["state"]


def test_public_asks_are_told_with_their_targets_and_where_they_come_from(engine, public_affairs, editor):
    a_calendar()
    guichet = a_proposal("guichet", public_affairs)
    hidden = a_leg(guichet, editor, "2022-fr", "canary ask", lead=editor.id, note_en="canary note")
    first = carried(hidden, guichet, editor, "2022-cz")
    given = {"ask_en": "Back it", "public": True, "targets": ["rp-ireland", "ireland"], "lead_group": "european-public-affairs"}
    with writing() as session:
        legs.change(session, session.merge(first), guichet, LegForm(**given), version=1, by=editor, now=NOW)
    closed(first, guichet, editor, "No answer", note_en="canary note", onward="2026-ie")

    document = exported_one("guichet")

    ask = {"ask": {"fr": "", "en": "Back it"}, "lead_group": "european-public-affairs", "recorded_at": "2026-11-23T10:00:00Z"}
    addressed = {"targets": ["ireland", "rp-ireland"]}
    assert document["proposal"]["legs"] == [
        ask | addressed | {"presidency": "2022-cz", "outcome": {"fr": "", "en": "No answer"}, "carried_from": None},
        ask | addressed | {"presidency": "2026-ie", "outcome": {"fr": "", "en": ""}, "carried_from": "2022-cz"},
    ]
    assert [actor["slug"] for actor in document["actors"]] == ["ireland", "rp-ireland"]
    assert ("canary" in str(document), "Emil" in str(document)) == (False, False)


def test_a_member_is_told_what_the_group_asks(engine, public_affairs, editor):
    a_calendar()
    guichet = a_proposal("guichet", public_affairs)
    a_leg(guichet, editor)
    member = Reader(editor, {public_affairs.id: Role.EDITOR})

    assert [exported_one("guichet", reader=reader)["proposal"]["legs"] != [] for reader in (VISITOR, member)] == [False, True]

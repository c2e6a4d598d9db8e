"""What the export holds of a group's advocacy: contacts and asks that are public."""

from relais import entries
from relais.db import writing
from relais.entries import EntryForm
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

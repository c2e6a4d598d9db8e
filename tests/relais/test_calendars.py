"""What stands in a calendar: what is ahead, as precisely as it is known; corrections of it are the same appointment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.partial_date import PartialDate
from models.topic import TopicKind
from relais import calendars, entries
from relais.calendars import dated
from relais.calendars.appointments import NEVER, Status
from relais.db import reading, writing
from relais.entries import EntryForm
from relais.errors import Missing
from relais.topics import EVERYTHING, Topic
from tests.asks import a_calendar
from tests.days import NOW
from tests.public_record import a_corrected_entry, a_presidency, a_proposal, a_source, an_actor, an_entry, counted

GUICHET = Topic(TopicKind.PROPOSAL, "guichet")
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def diary(topic=GUICHET, language="en"):
    with reading() as session:
        return calendars.of(session, language, topic)


def the_one(topic=GUICHET, language="en"):
    (found,) = diary(topic, language).appointments
    return found


def planned(key, *concerns, on="2026-12-01", **facts):
    return an_entry(key, *concerns, on=on, state=facts.pop("state", "planned"), **facts)


def corrected(old, by, on="2026-12-01", **facts):
    return a_corrected_entry(old, by, on, **({"state": "planned"} | facts))


def test_what_is_planned_and_what_is_due_is_in_it_and_what_merely_happened_is_not(guichet):
    planned("vote", guichet)
    an_entry("due", guichet, family="deadline", kind="deadline", on="2026-11-30")
    an_entry("past", guichet, on="2026-01-01")

    assert [(one.name, one.first) for one in diary().appointments] == [
        ("entry-due", date(2026, 11, 30)), ("entry-vote", date(2026, 12, 1)),
    ]  # fmt: skip


def test_an_appointment_says_what_it_rests_on(guichet):
    a_source("programme", title="Work programme", url="https://example.org/wp", publisher="The Council")
    planned("vote", guichet, note_en="In plenary.", citations=[{"source": "programme"}])
    found = the_one()

    assert found.told == "In plenary.\nProposals: Titre de guichet\nSource: Work programme, The Council, https://example.org/wp"
    assert (found.words, found.categories, found.path) == ("Vote vote", ("Vote", "Planned"), "/proposals/guichet#timeline")
    assert (found.made, found.changed, found.sequence, found.status) == (NOW, NOW, 0, Status.CONFIRMED)


def test_a_claim_without_a_source_says_so_in_both_languages(guichet):
    planned("vote", guichet)

    assert the_one().told.splitlines()[-1] == "no source yet"
    assert the_one(language="fr").told.splitlines() == ["Propositions\u00a0: Titre de guichet", "pas encore de source"]


@pytest.mark.parametrize(
    ("on", "first", "last", "words"),
    [
        ("2026-12-01", date(2026, 12, 1), date(2026, 12, 1), "Vote v"),
        ("2026-12-01/2026-12-03", date(2026, 12, 1), date(2026, 12, 3), "Vote v"),
        ("by 2026-12-31", date(2026, 12, 31), date(2026, 12, 31), "Vote v (by 31 Dec 2026)"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "Vote v (December 2026, day not known)"),
        ("2027-H1", date(2027, 1, 1), date(2027, 6, 30), "Vote v (2027 H1, day not known)"),
    ],
)
def test_days_are_those_that_are_known_and_a_coarse_date_says_that_it_is(guichet, on, first, last, words):
    planned("v", guichet, on=on)
    found = the_one()

    assert (found.first, found.last, found.words) == (first, last, words)


@pytest.mark.parametrize("on", ["2027", ""])
def test_a_year_and_no_date_at_all_are_left_out(guichet, on):
    planned("v", guichet, on=on)

    assert dated.days(PartialDate.parse(on)) is None
    assert diary().appointments == ()


def test_a_correction_is_the_same_appointment_moved(guichet, editor):
    first = planned("vote", guichet)
    second = corrected(first, editor, on="2026-12-08")
    with writing() as session:
        told = EntryForm.model_validate(
            {"family": "institutional", "kind": "vote", "on": "2026-12-09", "title_en": "Vote", "state": "planned"}
        )
        entries.correct(session, second, told, by=editor, now=LATER)
    found = the_one()

    assert (found.name, found.first, found.sequence) == ("entry-vote", date(2026, 12, 9), 2)
    assert (found.made, found.changed, found.status) == (NOW, LATER, Status.CONFIRMED)


def test_what_took_place_stays_where_it_was_noted(guichet, editor):
    corrected(planned("vote", guichet), editor, state="done")
    found = the_one()

    assert (found.name, found.status, found.sequence, found.categories) == ("entry-vote", Status.CONFIRMED, 1, ("Vote", "Done"))


@pytest.mark.parametrize("facts", [{"state": "cancelled"}, {"on": "2027"}, {"on": ""}, {"public": False}])
def test_what_is_called_off_or_has_no_day_any_more_is_cancelled(guichet, editor, facts):
    corrected(planned("vote", guichet), editor, **({"title_en": "Hidden"} | facts))
    found = the_one()

    assert (found.name, found.status, found.sequence, found.first) == ("entry-vote", Status.CANCELLED, 1, date(2026, 12, 1))
    assert found.words.startswith("Cancelled: ")
    assert ("Hidden" in found.words) is (facts == {"state": "cancelled"})


def test_a_lead_is_tentative_until_it_is_confirmed_or_rejected(public_affairs, guichet, editor):
    other = a_proposal("other", public_affairs)
    entry = planned("vote", leads=(guichet, other))
    before = the_one()
    check(guichet, entry, editor, confirmed=False)

    assert (before.status, before.words, before.sequence) == (Status.TENTATIVE, "Lead to check: Vote vote", 0)
    assert [(one.status, one.sequence, one.changed) for one in (the_one(), the_one(EVERYTHING))] == [
        (Status.CANCELLED, 1, LATER), (Status.TENTATIVE, 1, LATER),
    ]  # fmt: skip

    check(other, entry, editor, confirmed=True)

    assert (the_one(EVERYTHING).status, the_one(EVERYTHING).sequence) == (Status.CONFIRMED, 2)
    assert "Titre de guichet" not in the_one(EVERYTHING).told


def check(proposal, entry, by, *, confirmed):
    with writing() as session:
        entries.check_lead(session, session.merge(proposal), session.merge(entry), confirmed=confirmed, by=by, now=LATER)


def test_what_a_visitor_may_not_see_is_in_no_calendar(public_affairs, guichet):
    quiet = a_proposal("quiet", public_affairs, public=False)
    planned("kept", guichet, public=False, group_id=public_affairs.id)
    planned("quiet", quiet)
    planned("both", guichet, quiet)

    assert [one.name for one in diary(EVERYTHING).appointments] == ["entry-both"]
    assert "Titre de quiet" not in the_one(EVERYTHING).told
    with pytest.raises(Missing):
        diary(Topic(TopicKind.PROPOSAL, "quiet"))


@pytest.mark.parametrize("kind", [kind for kind in TopicKind if kind not in calendars.KINDS])
def test_other_topics_have_no_calendar(kind, engine):
    with pytest.raises(Missing):
        diary(Topic(kind, "q=x"))


def test_presidencies_are_in_it_from_their_first_day_to_their_last(guichet):
    a_source("decision", title="Decision 2016/1316", url="https://example.org/decision")
    an_actor("state", kind="member_state", code="IE", name_fr="Irlande", name_en="Ireland")
    a_presidency("2026-ie", "2026-07-01", "2026-12-31", note_en="Known since 2016.")
    found = the_one(Topic(TopicKind.PRESIDENCY, "2026-ie"), "fr")

    assert (found.name, found.first, found.last) == ("presidency-2026-ie", date(2026, 7, 1), date(2026, 12, 31))
    assert (found.words, found.path) == ("Présidence du Conseil\u00a0: Irlande, 2026 S2", "/presidencies/2026-ie")
    assert found.told == "Known since 2016.\nBase légale\u00a0: Decision 2016/1316, https://example.org/decision"
    assert (found.made, found.changed, found.sequence) == (NOW, NOW, 0)


def test_a_presidency_has_what_falls_into_it_and_a_proposal_what_it_passed(public_affairs):
    a_calendar()
    proposal = a_proposal("guichet", public_affairs, on="2022-07-02")
    planned("in", proposal, on="2026-12")
    planned("out", proposal, on="2027-01-01")

    assert [one.name for one in diary(Topic(TopicKind.PRESIDENCY, "2026-ie")).appointments] == ["presidency-2026-ie", "entry-in"]
    assert [one.name for one in diary().appointments] == [
        "presidency-2022-cz", "presidency-2026-ie", "entry-in", "entry-out", "presidency-2027-lt", "presidency-2027-el",
    ]  # fmt: skip
    assert len(diary(EVERYTHING).appointments) == 7


def test_a_calendar_changed_when_the_last_of_it_did(guichet, editor):
    assert diary().at == NEVER == datetime(1970, 1, 1, tzinfo=UTC)

    entry = planned("vote", leads=(guichet,))
    check(guichet, entry, editor, confirmed=True)

    assert diary().at == LATER


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("topic", [EVERYTHING, GUICHET, Topic(TopicKind.PRESIDENCY, "2026-ie")])
def test_a_calendar_costs_the_same_for_one_and_for_three(engine, public_affairs, topic, count):
    a_calendar()
    proposal = a_proposal("guichet", public_affairs)
    for n in range(count):
        planned(f"v-{n}", proposal, a_proposal(f"p-{n}", public_affairs))

    with counted(engine) as statements:
        diary(topic)

    assert len(statements) == {TopicKind.EVERYTHING: 6, TopicKind.PROPOSAL: 9, TopicKind.PRESIDENCY: 8}[topic.kind]

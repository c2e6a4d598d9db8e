"""Who may know what is asked of a presidency, and all that is asked of one."""

from typing import Any

import pytest

from models import Event, Leg
from models.group import Role
from relais import legs
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.errors import Missing
from relais.legs import LegForm, lists, targets
from relais.presidencies import calendar
from tests.asks import a_calendar, a_leg, carried
from tests.days import NOW
from tests.public_record import a_proposal, an_actor, counted
from tests.web.filling import rows


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    a_calendar()
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def member(editor, public_affairs):
    return Reader(editor, {public_affairs.id: Role.EDITOR})


def told(reader: Reader, proposal: Any) -> list[lists.Told]:
    with reading() as session:
        return lists.of_proposal(session, reader, calendar(session), "en", proposal)


def test_a_group_keeps_its_asks_unless_they_are_public(guichet, editor, member, stranger, social_tech):
    a_leg(guichet, editor, "2022-fr", "Ours")
    carried(a_leg(guichet, editor, "2022-cz", "Open", public=True, lead=editor.id, note_en="canary"), guichet, editor, "2026-ie")
    outsider = Reader(stranger, {social_tech.id: Role.COORDINATOR})

    assert [leg.ask for leg in told(member, guichet)] == ["Ours", "Open", "Open"]
    for reader in (VISITOR, outsider):
        assert [(leg.ask, leg.note, leg.lead, leg.lead_id) for leg in told(reader, guichet)] == [("Open", "", "", None)] * 2
    with reading() as session:
        assert legs.find(session, guichet, "2022-cz", VISITOR).ask_en == "Open"
        with pytest.raises(Missing):
            legs.find(session, guichet, "2022-fr", VISITOR)


def test_a_lineage_ends_where_it_is_not_seen(guichet, editor):
    hidden = a_leg(guichet, editor, "2022-fr")
    leg = carried(hidden, guichet, editor, "2022-cz")
    with writing() as session:
        legs.change(session, session.get_one(Leg, leg.id), guichet, LegForm(ask_en="Back it", public=True), version=1, by=editor, now=NOW)

    (shown,) = told(VISITOR, guichet)

    assert (shown.term.slug, shown.lineage) == ("2022-cz", ())


def test_a_public_ask_of_a_proposal_in_preparation_is_its_groups(editor, public_affairs, member):
    kept = a_proposal("en-interne", public_affairs, public=False)
    a_leg(kept, editor, public=True)

    assert ([leg.slug for leg in told(member, kept)], told(VISITOR, kept)) == (["en-interne"], [])
    event = rows(Event)[-1]
    assert (event.kind, event.public) == ("leg_planned", False)


# --- of a presidency --------------------------------------------------------------------------------------------------


def asks(reader: Reader, slug: str) -> lists.Asks:
    with reading() as session:
        known = calendar(session)
        term = next(term for term in known.terms if term.slug == slug)
        return lists.of_presidency(session, reader, known, "en", term)


def test_a_presidency_is_asked_on_some_offered_others_and_not_asked_on_the_rest(guichet, editor, member, public_affairs):
    other = a_proposal("autre", public_affairs, rank=1)
    a_proposal("tiers", public_affairs, rank=2)
    a_leg(guichet, editor, "2026-ie", public=True)
    a_leg(other, editor, "2022-cz")

    found, seen = asks(member, "2026-ie"), asks(VISITOR, "2026-ie")

    assert [[leg.slug for leg in part] for part in (found.legs, found.offered, found.bare)] == [
        ["guichet-unique"], ["autre"], ["autre", "tiers"],
    ]  # fmt: skip
    assert [[leg.slug for leg in part] for part in (seen.legs, seen.offered, seen.bare)] == [["guichet-unique"], [], []]


def test_a_presidency_takes_as_many_queries_with_one_ask_as_with_three(guichet, editor, member, public_affairs, engine):
    a_leg(guichet, editor, targets=["rp-ireland"], lead=editor.id)
    with counted(engine) as one:
        asks(member, "2026-ie")
    for slug in ("autre", "tiers"):
        a_leg(a_proposal(slug, public_affairs), editor, targets=["rp-ireland"], lead=editor.id)

    with counted(engine) as three:
        assert len(asks(member, "2026-ie").legs) == 3

    assert len(one) == len(three)


def test_targets_are_offered_by_kind_those_of_the_trio_and_of_other_states_apart():
    an_actor("itre", kind="committee", name_en="ITRE")
    an_actor("rp-old-france", kind="permanent_representation", part_of="france", until="2020-12-31")
    with reading() as session:
        term = next(term for term in calendar(session).terms if term.slug == "2027-lt")
        found = targets.offered(session, term, "en")

    assert [(kind, [slug for slug, _ in inside]) for kind, inside in found.near] == [
        ("permanent_representation", ["rp-lithuania", "rp-greece", "rp-ireland"]),
        ("committee", ["itre"]),
        ("member_state", ["lithuania", "greece", "ireland"]),
    ]
    assert [slug for slug, _ in found.others] == ["rp-czechia", "rp-france"]


def test_whom_a_leg_addresses_already_is_offered_among_its_kind_whatever_its_state_and_days():
    an_actor("rp-old-france", kind="permanent_representation", part_of="france", until="2020-12-31")
    with reading() as session:
        term = next(term for term in calendar(session).terms if term.slug == "2027-lt")
        found = targets.offered(session, term, "en", also={"rp-old-france"})

    assert [slug for slug, _ in dict(found.near)["permanent_representation"]] == [
        "rp-lithuania",
        "rp-greece",
        "rp-ireland",
        "rp-old-france",
    ]

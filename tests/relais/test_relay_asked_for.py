"""The picture as it is asked for: with what is asked of presidencies, in an order, folded up, one presidency back or on."""

from datetime import date

import pytest

from models.group import Role
from relais import relay
from relais.access import Reader
from relais.relay import Order
from tests.asks import a_leg, closed
from tests.public_record import a_presidency, a_proposal, a_source, an_actor, an_entry, moved
from tests.relais.picturing import line, picture

# --- what is asked of the presidencies to come ------------------------------------------------------------------------


def planned(shown, slug="guichet"):
    return [(cell.term.slug, cell.shown.words) for cell in line(shown, slug).cells if cell.kind.value == "planned"]


@pytest.fixture
def guichet(engine, public_affairs):
    an_actor("state", code="LT")
    a_source("decision")
    a_presidency("2026-cy", "2026-01-01", "2026-06-30")
    a_presidency("2026-ie", "2026-07-01", "2026-12-31")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30")
    return a_proposal("guichet", public_affairs)


def test_what_is_asked_is_planned_for_its_group_and_for_all_when_it_is_public(guichet, public_affairs, editor):
    a_leg(guichet, editor, "2027-lt", ask="Take it up")
    mine = Reader(editor, {public_affairs.id: Role.EDITOR})

    assert planned(picture(reader=mine)) == [("2027-lt", "Take it up")]
    assert planned(picture()) == []
    a_leg(guichet, editor, "2026-ie", ask="Name it", public=True)
    assert planned(picture()) == [("2026-ie", "Name it")]


def test_what_came_to_an_end_is_planned_no_more(guichet, public_affairs, editor):
    closed(a_leg(guichet, editor, "2026-ie", public=True), guichet, editor)

    assert planned(picture()) == []


def test_as_of_a_day_only_what_was_asked_by_then_is_planned(guichet, editor):
    a_leg(guichet, editor, "2027-lt", public=True)  # on 23 November 2026

    assert [len(planned(picture(day))) for day in (date(2026, 11, 22), date(2026, 11, 23))] == [0, 1]


# --- in what order, and how much of it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "slugs"),
    [
        (Order.ORIGIN, ["guichet", "tarif", "annuaire"]),
        (Order.STAGE, ["annuaire", "guichet", "tarif"]),
        (Order.SILENCE, ["guichet", "annuaire", "tarif"]),
        (Order.LEADS, ["tarif", "guichet", "annuaire"]),
        (Order.TITLE, ["annuaire", "guichet", "tarif"]),
    ],
)
def test_proposals_stand_in_the_order_that_is_asked_for(guichet, public_affairs, editor, order, slugs):
    tarif, annuaire = a_proposal("tarif", public_affairs), a_proposal("annuaire", public_affairs)
    moved(annuaire, "backed", on="2026-03-01")
    an_entry("hearing", tarif, on="2026-10-01")
    an_entry("call", on="2026-10-02", leads=(tarif,))

    assert [line.slug for line in picture(order=order).lines] == slugs


def test_more_rows_than_there_is_room_for_are_folded_up_by_document(seeded, monkeypatch):
    monkeypatch.setattr(relay, "ROOM", 17)
    everything, folded, one = picture(), picture(unfolded=""), picture(unfolded=picture().bundles[-1].slug)

    assert [bundle.folded for bundle in everything.bundles] == [False] * len(everything.bundles)
    assert all(bundle.folded for bundle in folded.bundles)
    assert [bundle.name for bundle in one.bundles if not bundle.folded] == [one.bundles[-1].slug]
    assert len(folded.lines) == 18
    monkeypatch.setattr(relay, "ROOM", 18)
    assert not any(bundle.folded for bundle in picture(unfolded="").bundles)


# --- through time ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "back", "on"),
    [
        (date(2022, 7, 1), "2022-fr", "2022-cz"),
        (date(2022, 6, 30), "2021-si", "2022-cz"),
        (date(2007, 1, 1), None, "2007-de"),
        (date(2031, 1, 1), "2030-mt", None),
    ],
)
def test_one_presidency_back_and_on(seeded, day, back, on):
    shown = picture(day)

    assert [term.slug if term else None for term in (shown.ended, shown.ending)] == [back, on]

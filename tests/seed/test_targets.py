"""Whom a leg may address, as the seed names them: representations, ministries, committees and directorates-general."""

import re

from sqlmodel import col, select

from models import Actor
from models.actor import ActorKind
from relais.legs import targets
from relais.presidencies import calendar

PRESIDING = [
    "france", "czechia", "sweden", "spain", "belgium", "hungary", "poland", "denmark", "cyprus",
    "ireland", "lithuania", "greece", "italy", "latvia", "luxembourg",
]  # fmt: skip
OF_THE_UNION = {"committee", "directorate_general"}


def addressed(record):
    """Those the record knows as bodies to write to, with the slug of what each belongs to."""
    kinds = (ActorKind.PERMANENT_REPRESENTATION, ActorKind.MINISTRY, ActorKind.COMMITTEE, ActorKind.DIRECTORATE_GENERAL)
    everyone = {actor.id: actor for actor in record.exec(select(Actor)).all()}
    return [(one, everyone[one.part_of_id].slug) for one in everyone.values() if one.kind in kinds]


def term(record, slug):
    return next(one for one in calendar(record).terms if one.slug == slug)


def test_every_presiding_state_since_2022_has_its_representation(record):
    found = [whole for one, whole in addressed(record) if one.kind is ActorKind.PERMANENT_REPRESENTATION]

    assert found == PRESIDING


def test_every_presiding_state_since_2022_has_its_ministry_but_hungary_of_which_no_page_told(record):
    found = {whole for one, whole in addressed(record) if one.kind is ActorKind.MINISTRY}

    assert found == set(PRESIDING) - {"hungary"}


def test_committees_and_directorates_general_belong_to_an_institution(record):
    found = {one.slug: whole for one, whole in addressed(record) if one.kind.value in OF_THE_UNION}

    assert found == {
        "itre": "european-parliament",
        "imco": "european-parliament",
        "coreper-1": "council-of-the-eu",
        "council-telecom-working-party": "council-of-the-eu",
        "dg-connect": "european-commission",
        "dg-digit": "european-commission",
        "dg-grow": "european-commission",
    }


def test_each_says_on_which_page_it_was_read_in_both_languages(record):
    """The directorates-general are named by the entries that cite them."""
    rows = [one for one, _ in addressed(record) if one.kind is not ActorKind.DIRECTORATE_GENERAL]
    addresses = {one.slug: [re.findall(r"https?://\S+", note) for note in (one.note_fr, one.note_en)] for one in rows}

    assert [slug for slug, (french, english) in addresses.items() if not french or french != english] == []


def test_a_day_is_given_only_where_a_page_gave_it(record):
    days = {one.slug: str(one.since) for one in record.exec(select(Actor).where(col(Actor.since).is_not(None))).all()}

    assert days == {
        "spain-permanent-representation": "1986-01-17",
        "lithuania-permanent-representation": "2004-05-01",
        "danish-digital-ministry": "2022-12-15",
        "czech-digital-agency": "2023-01-01",
        "polish-digital-ministry": "2023-05-01",
        "spanish-digital-ministry": "2023-11-20",
        "latvian-smart-administration-ministry": "2024-07-01",
    }


def test_a_leg_is_offered_those_of_the_trio_and_nobody_who_was_not_there(record):
    """The Czech agency was not there yet, nor the new name of the Latvian ministry."""
    czech, lithuanian = (targets.offered(record, term(record, slug), "en") for slug in ("2022-cz", "2027-lt"))
    ministries = [[slug for slug, _ in dict(one.near)[ActorKind.MINISTRY]] for one in (czech, lithuanian)]

    assert ministries == [
        ["czech-government-office", "dinum", "swedish-finance-ministry"],
        ["lithuanian-economy-ministry", "irish-enterprise-department", "irish-digitalisation-department", "greek-digital-ministry"],
    ]
    assert "latvian-smart-administration-ministry" not in [slug for slug, _ in czech.others]
    assert "latvian-smart-administration-ministry" in [slug for slug, _ in lithuanian.others]

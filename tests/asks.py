"""Asks to presidencies and contacts to put in the record, through the verbs, each in one line."""

from typing import Any

from models import Entry, Leg, Person, Proposal
from relais import legs
from relais.db import writing
from relais.legs import LegForm, OutcomeForm, contacts
from relais.legs.contacts import ContactForm
from tests.days import NOW
from tests.public_record import a_presidency, a_source, an_actor

STATES = {"2022-fr": "France", "2022-cz": "Czechia", "2026-ie": "Ireland", "2027-lt": "Lithuania", "2027-el": "Greece"}
TRIOS = {"2022": ["FR", "CZ", "SE"], "2026": ["IE", "LT", "EL"], "2027": ["IE", "LT", "EL"]}


def a_calendar() -> None:
    """Five presidencies: two that are over, the current one and two to come; each with the representation of its state."""
    a_source("decision")
    for slug, name in STATES.items():
        year, code = slug.split("-")
        first = slug in ("2022-fr", "2027-lt")
        state = an_actor(name.lower(), kind="member_state", code=code.upper(), name_fr=name, name_en=name)
        days = (f"{year}-01-01", f"{year}-06-30") if first else (f"{year}-07-01", f"{year}-12-31")
        a_presidency(slug, *days, state=name.lower(), trio=TRIOS[year])
        a_representation(name, state.id)


def a_representation(name: str, state_id: int) -> None:
    facts = {"kind": "permanent_representation", "name_fr": f"RP {name}", "name_en": f"PermRep {name}"}
    actor = an_actor(f"rp-{name.lower()}", **facts)
    with writing() as session:
        session.merge(actor).part_of_id = state_id


def a_leg(proposal: Proposal, by: Person, presidency: str = "2026-ie", ask: str = "Back the one-stop shop", **facts: Any) -> Leg:
    with writing() as session:
        return legs.plan(session, proposal, presidency, LegForm(ask_en=ask, **facts), by=by, now=NOW)


def closed(leg: Leg, proposal: Proposal, by: Person, outcome: str = "No answer", **facts: Any) -> Leg | None:
    with writing() as session:
        leg = session.get_one(Leg, leg.id)
        return legs.close(session, leg, proposal, OutcomeForm(outcome_en=outcome, **facts), version=leg.version, by=by, now=NOW)


def carried(leg: Leg, proposal: Proposal, by: Person, presidency: str) -> Leg:
    with writing() as session:
        return legs.carry(session, session.get_one(Leg, leg.id), proposal, presidency, by=by, now=NOW)


def a_contact(
    leg: Leg, proposal: Proposal, by: Person, on: str = "2026-09-01", *, answers: Entry | None = None, also: Any = (), **facts: Any
) -> Entry:
    given = {"kind": "letter", "on": on, "title_en": "A letter"} | facts
    with writing() as session:
        form = ContactForm.model_validate(given)
        return contacts.record(session, leg, proposal, form, answers=answers, also=also, by=by, now=NOW)

"""A hand-over to try: France passes the baton to Czechia, then Sweden, then Spain; with what a brief tells of it.

Every brief is held against its schema, as the export is.
"""

from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import Engine

from models import Entry, Group, Leg, Packet, Person
from models.dated import dates
from models.entry import EntryKind, EntryState, Family
from models.partial_date import PartialDate
from relais import i18n, packets, presidencies
from relais.access import VISITOR
from relais.db import reading, writing
from relais.packets import PacketForm
from relais.presidencies import brief_document, brief_schema
from relais.presidencies.brief_shapes import Brief
from tests.days import NOW, TODAY
from tests.public_record import a_position, a_presidency, a_proposal, a_source, an_actor, an_entry, moved, the_people, the_states

TERMS = (
    ("2022-fr", "FR", "france", "2022-01-01", "2022-06-30"),
    ("2022-cz", "CZ", "czechia", "2022-07-01", "2022-12-31"),
    ("2023-se", "SE", "sweden", "2023-01-01", "2023-06-30"),
    ("2023-es", "ES", "spain", "2023-07-01", "2023-12-31"),
)

VALID = Draft202012Validator(brief_schema.schema(), format_checker=FormatChecker())

FRENCH = {"czechia": "Tchéquie", "sweden": "Suède", "spain": "Espagne"}


def a_calendar() -> None:
    for _, code, state, _, _ in TERMS:
        an_actor(state, kind="member_state", code=code, name_fr=FRENCH.get(state, state.title()), name_en=state.title())
    _presidencies()


def a_council(year: int = 2022) -> None:
    """The same presidencies among all the member states, with the rule they vote by and the figures of their people in a year."""
    the_states()
    the_people(year)
    a_source("council-qualified-majority", title="The rule")
    _presidencies()


def _presidencies() -> None:
    a_source("decision", title="A decision of the Council", url="https://example.org/decision", language="en")
    for slug, _, state, starts, ends in TERMS:
        a_presidency(slug, starts, ends, state=state)


def a_story(group: Group) -> Any:
    """One proposal that moved under France, on evidence; Czechia absent, as one source says and another denies; a letter, a lead."""
    a_source("report", title="Un rapport", url="https://example.org/report", language="fr", publisher="La Revue")
    a_source("denial", title="A denial", url="https://example.org/denial", language="en")
    proposal = a_proposal("guichet", group, on="2022-03-01", cites="report")
    moved(proposal, "backed", on="2022-05-01", cites="report")
    a_position(proposal, "czechia", "absent", on="2022-06-01", citations=[{"source": "report"}, {"source": "denial", "supports": False}])
    an_entry("our-letter", proposal, on="2022-06-02", family="advocacy", kind="letter", title_fr="Une lettre", title_en="A letter")
    an_entry("perhaps", on="2022-06-03", leads=(proposal,), title_fr="Un signe", title_en="A sign", citations=[{"source": "denial"}])
    an_entry("council", proposal, on="2022-10-10", state="planned", title_fr="Conseil", title_en="Council meeting")
    an_entry("later", proposal, on="2023-03-01", state="planned", title_fr="Plus tard", title_en="Later on")
    return proposal


def a_leg(engine: Engine, proposal: Any, presidency: str, **facts: Any) -> Leg:
    given = {"ask_en": f"Ask {presidency}", "ask_fr": f"Demande {presidency}"} | facts
    with writing(engine) as session:
        leg = Leg(proposal_id=proposal.id, presidency=presidency, planned_at=NOW, **given)
        session.add(leg)
    return leg


def an_answer(letter: Entry, on: str) -> None:
    words = {
        "key": f"answer-{letter.key}",
        "family": Family.ADVOCACY,
        "kind": EntryKind.ANSWER,
        "state": EntryState.DONE,
        "title_en": "Yes",
    }
    with writing() as session:
        session.add(Entry(**words, **dates(PartialDate.parse(on)), answers_id=letter.id, recorded_at=NOW))


def told(slug: str = "2022-cz", *, reader: Any = None, language: str = "en", **asked: Any) -> Brief:
    return Brief.read(written(slug, reader=reader, language=language, **asked))


def written(slug: str = "2022-cz", *, reader: Any = None, language: str = "en", day: Any = TODAY) -> dict[str, Any]:
    with reading() as session:
        calendar = presidencies.calendar(session)
        return valid(brief_document.of(session, calendar, reader or VISITOR, language, slug, day=day, as_of=day < TODAY))


def valid(brief: dict[str, Any]) -> dict[str, Any]:
    VALID.validate(brief)
    return brief


def frozen(slug: str = "2022-cz", *, reason: str = "", by: Person | None = None, today: Any = TODAY) -> Packet:
    with writing() as session:
        calendar = presidencies.calendar(session)
        packet = packets.freeze(session, calendar, slug, PacketForm(reason=reason), by=by, now=NOW, today=today)
        for language in i18n.LANGUAGES:
            valid(packet.content[language])
        return packet

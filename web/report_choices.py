"""What the form of a report offers to choose from."""

from typing import Any

from sqlmodel import col, select

from models import Actor, Proposal
from relais.access import VISITOR, visible_proposals
from relais.i18n import N_, half, say
from relais.proposals import themes, titles
from relais.reports.selection import Section
from relais.wording import folded
from web.desk import Desk

PARTS: dict[Section, str] = {
    Section.TEXTS: N_("Full texts"),
    Section.STAGES: N_("Changes of stage"),
    Section.POSITIONS: N_("Positions"),
    Section.TIMELINE: N_("Timeline"),
    Section.ASKS: N_("Asks to presidencies"),
    Section.ARITHMETIC: N_("What the Council would count"),
    Section.SOURCES: N_("Sources"),
}


def of(desk: Desk) -> dict[str, Any]:
    """Each as (value, words), in the order of their words; presidencies in that of time."""
    ids = desk.session.exec(select(col(Proposal.id)).where(visible_proposals(VISITOR))).all()
    known = titles.of(desk.session, VISITOR, desk.language, ids).values()
    actors = desk.session.exec(select(Actor)).all()
    choices = themes.choices(desk.session, desk.language)
    return {
        "proposals": sorted(((one.slug, one.words) for one in known), key=_by_words),
        "actors": sorted(((one.slug, one.name(desk.language)) for one in actors), key=_by_words),
        "groups": choices.groups,
        "themes": choices.themes,
        "presidencies": [
            (term.slug, f"{term.name(desk.language)} {half(term.year, term.half, desk.language)}") for term in desk.calendar.terms
        ],
        "parts": [(part.value, say(desk.language, words)) for part, words in PARTS.items()],
    }


def _by_words(choice: tuple[str, str]) -> str:
    return folded(choice[1])

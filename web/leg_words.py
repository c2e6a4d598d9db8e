"""How a leg is told and typed: where its ask comes from, who leads it, and what its form begins with."""

from typing import Any

from sqlmodel import Session

from models import Group, Leg
from relais import groups, i18n
from relais.i18n import said
from relais.legs import PAIRS, targets
from relais.legs.cards import Told
from web import task_choices
from web.desk import Desk
from web.sentences import Sentences

Choices = list[tuple[str, str]]


class LegWords(Sentences):
    def lineage(self, leg: Told) -> str:
        """`Carried from Czechia 2022 H2, first asked under France 2022 H1.`; nothing where it was not asked before."""
        if not leg.lineage:
            return ""
        before, first = self.term_name(leg.lineage[0]), self.term_name(leg.lineage[-1])
        if len(leg.lineage) == 1:
            return self._("Carried from %(before)s.", before=before)
        return self._("Carried from %(before)s, first asked under %(first)s.", before=before, first=first)

    def lead(self, leg: Told) -> str:
        """Who leads, as far as the reader may know: a name, a role for who chose none, or a group."""
        if leg.lead_id is None:
            return leg.group
        return leg.lead or (self.word(leg.lead_role) if leg.lead_role else self._("Member"))

    def days(self, leg: Told) -> str:
        """`1 Jan 2027 – 30 June 2027`."""
        return f"{i18n.day(leg.term.starts_on, self.language)} – {i18n.day(leg.term.ends_on, self.language)}"


def leads(desk: Desk, group_id: int, leg: Leg | None) -> list[tuple[str, Choices]]:
    """Who may lead: the people of the proposal's group, oneself first, and the groups."""
    people = task_choices.people(desk, group_id, also=leg.lead_id if leg else None)
    every = [(f"group/{group.slug}", said(group, "name", desk.language)[0]) for group in groups.every(desk.session)]
    say = LegWords(desk.language)._
    return [(say("People of the group"), [(f"person/{key}", name) for key, name in people]), (say("Working groups"), every)]


def typed(session: Session, leg: Leg) -> dict[str, Any]:
    """A leg as somebody would type it into its forms."""
    lead = f"person/{leg.lead_id}" if leg.lead_id else ""
    if leg.lead_group_id:
        lead = f"group/{session.get_one(Group, leg.lead_group_id).slug}"
    words = {name: getattr(leg, name) for name in (*PAIRS, "outcome_fr", "outcome_en")}
    addressed = [one.slug for one in targets.of(session, [leg.id])[leg.id]]
    return words | {"lead": lead, "targets": addressed, "public": "true" if leg.public else "", "version": str(leg.version)}

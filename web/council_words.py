"""The sentences the Council's arithmetic is told in, and the words for sides and for what a position changed."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from models.position import Side
from relais import i18n
from relais.i18n import N_, NBSP, counted, say
from relais.positions import arithmetic
from relais.positions.arithmetic import Weight
from relais.positions.steps import Change
from relais.presidencies import brief_council

Council = arithmetic.Council | brief_council.Council
Reckoning = arithmetic.Reckoning | brief_council.Reckoned

SIDES = {
    Side.SUPPORTS: N_("In favour"),
    Side.CONDITIONS: N_("In favour, with conditions"),
    Side.OPPOSES: N_("Opposed"),
    Side.OPEN: N_("No side taken"),
    Side.UNKNOWN: N_("Nothing recorded"),
}
FAMILIES = {
    "states": N_("States"),
    "institutions": N_("Institutions"),
    "organisations": N_("Organisations"),
    "together": N_("Counted together, not named"),
}
CHANGES = {
    Change.FIRST: N_("first position"),
    Change.CONFIRMED: N_("confirmed"),
    Change.WITHDRAWN: N_("withdrawn"),
    Change.TURNED: N_("changed sides"),
    Change.CHANGED: N_("changed"),
}
MILLION = 1_000_000


class CouncilWords:
    def __init__(self, language: str) -> None:
        self.language = language

    def side(self, side: Side) -> str:
        return self._(SIDES[side])

    def family(self, name: str) -> str:
        return self._(FAMILIES[name])

    def change(self, change: Change) -> str:
        return self._(CHANGES[change])

    def sides(self, counts: dict[Side, int]) -> list[tuple[Side, int]]:
        return [(side, number) for side, number in counts.items() if number]

    def states(self, weight: Weight) -> str:
        """`3 of 27 states`."""
        return counted(self.language, "%(n)s of %%(of)s states", "%(n)s of %%(of)s states", weight.states) % {"of": weight.of}

    def share(self, weight: Weight) -> str:
        """`15.2%`, `15,2 %`; rounded down, so that it never looks as if a threshold were reached that is not."""
        written = format_decimal(Decimal(weight.permille) / 10, format="0.0", locale=self.language)
        return f"{written}{NBSP}%" if self.language == "fr" else f"{written}%"

    def majority(self, weight: Weight) -> str:
        """What they lack for a qualified majority."""
        if weight.attained:
            return self._("A qualified majority is there")
        people = weight.people_missing if weight.of - weight.states >= 4 else 0
        return self._("%(missing)s for a qualified majority", missing=self._missing(weight.states_missing, people))

    def blocking(self, weight: Weight) -> str:
        """What they lack to block."""
        if weight.blocks:
            return self._("A blocking minority is there")
        if not weight.total:
            states = counted(self.language, "%(n)s more state", "%(n)s more states", weight.states_to_block)
            return self._("%(missing)s at least for a blocking minority", missing=states)
        return self._("%(missing)s for a blocking minority", missing=self._missing(weight.states_to_block, weight.people_to_block))

    def unnamed(self, reckoning: Reckoning) -> str:
        """Collectives in favour: no source names who is in them, so that they cannot be weighed."""
        sizes = " + ".join(i18n.number(size, self.language) for size in reckoning.unnamed)
        return self._("Counted together without names, and so not weighed: %(sizes)s in favour.", sizes=sizes)

    def rest(self, reckoning: Reckoning) -> str:
        taken = counted(self.language, "%(n)s state took no side", "%(n)s states took no side", reckoning.open)
        unknown = counted(self.language, "nothing is recorded of %(n)s state", "nothing is recorded of %(n)s states", reckoning.unknown)
        return self._("%(open)s, %(unknown)s. Who does not vote in favour counts against.", open=taken, unknown=unknown)

    @property
    def rule(self) -> str:
        """What the Treaty asks of either side."""
        return self._(
            "A qualified majority is 55 % of the states, at least fifteen, with 65 % of the people; a blocking minority at least four "
            "states with more than 35 % of the people (Treaty on European Union, Article 16(4))."
        )

    @property
    def conditions(self) -> str:
        return self._("In favour, those with conditions too")

    def people(self, council: Council) -> str:
        """Whose count of the people is used, or why people are left out."""
        if council.total:
            return self._("People by the figures of %(year)s.", year=council.year)
        return self._("How many people live there is left out: the record has no sourced figures for that year.")

    def _missing(self, states: int, people: int) -> str:
        parts = []
        if states:
            parts.append(counted(self.language, "%(n)s more state", "%(n)s more states", states))
        if people >= MILLION:
            parts.append(counted(self.language, "%(n)s million more people", "%(n)s million more people", -(-people // MILLION)))
        elif people:
            parts.append(counted(self.language, "%(n)s more person", "%(n)s more people", people))
        return ", ".join(parts)

    def _(self, message: str, **values: Any) -> str:
        return say(self.language, message, **values)

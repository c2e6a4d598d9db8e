"""What a hand-over brief tells of the Council, as plain data: how far those in favour are from deciding, those opposed from blocking."""

from collections.abc import Iterable

from relais.positions import arithmetic, figures
from relais.positions.arithmetic import Reckoning
from relais.presidencies.brief_names import About, Evidence, Shape


class Weight(Shape):
    """Some states of the Council, and what they lack for a qualified majority, or where they oppose for a blocking minority."""

    states: int
    people: int | None
    """Null where people are left out; so the next one and `people_missing`."""
    permille: int | None
    """Their share of the people in thousandths, rounded down."""
    states_missing: int
    people_missing: int | None
    reached: bool


class Reckoned(Shape):
    """Proposals that come to the same; how many states took no side, and of how many nothing is recorded."""

    about: About
    supports: Weight
    with_conditions_too: Weight
    opposes: Weight
    open: int
    unknown: int
    unnamed: tuple[int, ...]
    """Sizes of collectives in favour: their members are not named, and so not weighed."""


class Council(Shape):
    """What the Council would count of the positions of the states that are named; `people` are all theirs, by the figures of `year`."""

    members: int
    people: int | None
    """Null where the figure of any state is not on record."""
    year: int | None
    figures: Evidence
    rule: Evidence
    proposals: tuple[Reckoned, ...]

    @property
    def total(self) -> int:
        return self.people or 0

    def weight(self, some: Weight) -> arithmetic.Weight:
        """Some of its states, as reckoned."""
        return arithmetic.Weight(some.states, self.members, some.people or 0, self.total)


def of(council: arithmetic.Council, told: Iterable[tuple[Reckoning, About]], counted: int, rule: int) -> Council:
    """`counted` and `rule` are the numbers of the sources of the figures and of the rule, 0 where there is none."""
    return Council(
        members=len(council.states),
        people=council.total or None,
        year=council.year if council.total else None,
        figures=_sourced(counted),
        rule=_sourced(rule),
        proposals=tuple(_reckoned(one, about) for one, about in told),
    )


def _reckoned(one: Reckoning, about: About) -> Reckoned:
    return Reckoned(
        about=about,
        supports=Weight(**figures.majority(one.supports)),
        with_conditions_too=Weight(**figures.majority(one.either)),
        opposes=Weight(**figures.blocking(one.opposes)),
        open=one.open,
        unknown=one.unknown,
        unnamed=one.unnamed,
    )


def _sourced(number: int) -> Evidence:
    return Evidence(pro=(number,) if number else ())

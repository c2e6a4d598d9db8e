"""The calendar of a presidency: what is dated in it, past and planned, changes of stage among it; of all proposals, or of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.partial_date import PartialDate
from models.proposal import Stage
from relais.presidencies.brief import Brief, Moved, Told
from relais.relay.lines import Line
from relais.sources.citations import Evidence


@dataclass(frozen=True)
class Dated:
    """An entry, or the same change of stage of some proposals on the same evidence."""

    when: PartialDate
    told: Told | None = None
    moved: tuple[Moved, ...] = ()

    @property
    def lines(self) -> Sequence[Line]:
        """The proposals it is about; none where it is about the half-year itself."""
        if self.told is None:
            return [one.line for one in self.moved]
        return [*(line for bundle in self.told.bundles for line in bundle.lines), *self.told.lines]


@dataclass(frozen=True)
class Diary:
    """The dated things shown, in order; the proposals there are to choose from; the one that is chosen, if any."""

    shown: tuple[Dated, ...]
    choices: tuple[Line, ...]
    chosen: str


def of(brief: Brief, chosen: str = "") -> Diary:
    """Everything dated in the half-year, or what is about one proposal, by its slug; one that is not there chooses nothing."""
    dated = [*(Dated(one.entry.when, told=one) for one in brief.milestones), *_together(brief.turns)]
    dated.sort(key=lambda one: one.when.order())
    choices = {line.slug: line for one in dated for line in one.lines}
    if chosen in choices:
        dated = [one for one in dated if any(line.slug == chosen for line in one.lines)]
    return Diary(tuple(dated), tuple(choices.values()), chosen if chosen in choices else "")


def _together(turns: Sequence[Moved]) -> list[Dated]:
    found: dict[tuple[PartialDate, Stage, Evidence], list[Moved]] = {}
    for one in turns:
        found.setdefault((one.when, one.stage, one.evidence), []).append(one)
    return [Dated(when, moved=tuple(some)) for (when, _, _), some in found.items()]

"""The sentences a hand-over brief is told in: names of states want an article, a contraction and a verb that agrees."""

from datetime import date

from models.position import Stance
from relais import country, i18n
from relais.i18n import N_, counted, say
from relais.presidencies import Term as Known
from relais.presidencies import brief, brief_names, brief_shapes
from relais.relay.tally import Tally

Term = Known | brief_names.Term
Brief = brief.Brief | brief_shapes.Brief
Risk = brief.Risk | brief_shapes.Risk


class BriefWords:
    """The words of one brief, read now or as it was written, in one language."""

    def __init__(self, brief: Brief, language: str) -> None:
        self.brief, self.language = brief, language

    @property
    def name(self) -> str:
        """`Czechia 2022 H2`."""
        return f"{self.brief.term.name(self.language)} {i18n.half(self.brief.term.year, self.brief.term.half, self.language)}"

    @property
    def headline(self) -> str:
        previous, to = self.brief.previous, self._to(self.brief.term)
        if previous is None:
            return self._("Handover brief %(to_state)s", to_state=to)
        return self._("Handover brief: %(from_state)s %(to_state)s", from_state=self._from(previous), to_state=to)

    @property
    def lead(self) -> str:
        term = self.brief.term
        first = i18n.long_day(term.starts_on, self.language, year=term.starts_on.year != term.ends_on.year)
        last = i18n.long_day(term.ends_on, self.language)
        told = counted(
            self.language,
            "%%(state)s presides from %%(first)s to %%(last)s.",
            "%%(state)s preside from %%(first)s to %%(last)s.",
            self._number(term),
        )
        return told % {"state": _capital(self._the(term)), "first": first, "last": last}

    @property
    def takes_over(self) -> str:
        term = self.brief.term
        told = counted(self.language, "%%(state)s takes over", "%%(state)s take over", self._number(term))
        return told % {"state": _capital(self._the(term))}

    def risk(self, risk: Risk) -> str:
        """What puts proposals at risk, and how many of those on the relay."""
        if risk.stance is Stance.OPPOSES:
            return _capital(self._("%(state)s opposes: %(number)s of %(all)s proposals", **self._share(risk.number)))
        return _capital(self._("%(state)s is absent: %(number)s of %(all)s proposals", **self._share(risk.number)))

    @property
    def missing(self) -> str:
        return self._("No position %(of_state)s is recorded: %(number)s of %(all)s proposals", **self._share(self.brief.missing))

    @property
    def moved(self) -> str:
        return self._("What moved under the presidency %(of_state)s", of_state=self._before)

    @property
    def nothing(self) -> str:
        message = N_("Nothing is recorded under the presidency %(of_state)s. That is not the same as no progress.")
        return self._(message, of_state=self._before)

    @property
    def tally(self) -> str:
        """What the relay's line of each proposal shows of the previous presidency, counted."""
        tally = self.brief.tally or Tally(0, 0, 0)
        parts = (
            tally.moved and counted(self.language, "%(n)s proposal moved", "%(n)s proposals moved", tally.moved),
            tally.held and counted(self.language, "%(n)s held at its stage", "%(n)s held at their stage", tally.held),
            tally.silent
            and counted(self.language, "nothing recorded on %(n)s proposal", "nothing recorded on %(n)s proposals", tally.silent),
        )
        told = ", ".join(part for part in parts if part)
        return f"{_capital(told)}." if told else ""

    @property
    def handover(self) -> str:
        following = self.brief.following
        return self._("Handover %(to_state)s", to_state=self._to(following)) if following else ""

    @property
    def span(self) -> str:
        """The half-year as a range of months."""
        return f"{self._day(self.brief.term.starts_on, False)} – {self._day(self.brief.term.ends_on, True)}"

    def _day(self, day: date, year: bool) -> str:
        return i18n.day(day, self.language, year=year)

    def _share(self, number: int) -> dict[str, str]:
        term, all_told = self.brief.term, i18n.number(self.brief.proposals, self.language)
        return {"state": self._the(term), "of_state": self._of(term), "number": i18n.number(number, self.language), "all": all_told}

    def _number(self, term: Term) -> int:
        """The number its verb agrees with."""
        return country.plural(term.code, self.language)

    def _(self, message: str, **values: str) -> str:
        return say(self.language, message, **values)

    def _the(self, term: Term) -> str:
        return country.the(term.code, term.name(self.language), self.language)

    def _of(self, term: Term) -> str:
        return country.of(term.code, term.name(self.language), self.language)

    @property
    def _before(self) -> str:
        return self._of(self.brief.previous) if self.brief.previous else ""

    def _from(self, term: Term) -> str:
        """As a title says it: `France` to somebody, `de la France` à quelqu’un."""
        return self._of(term) if self.language == "fr" else self._the(term)

    def _to(self, term: Term) -> str:
        return country.to(term.code, term.name(self.language), self.language)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

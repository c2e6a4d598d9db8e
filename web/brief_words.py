"""The sentences a hand-over brief is told in: names of states want an article, a contraction and a verb that agrees."""

from datetime import date

from models.position import Stance
from relais import country, i18n
from relais.brief import Brief, Risk, Tally
from relais.i18n import counted, say
from relais.presidencies import Term


class BriefWords:
    """The words of one brief in one language."""

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
            return self._say("Handover brief %(to_state)s", to_state=to)
        return self._say(
            "Handover brief: %(previous)s %(to_state)s", previous=self._the(previous), of_previous=self._of(previous), to_state=to
        )

    @property
    def lead(self) -> str:
        term = self.brief.term
        first = i18n.long_day(term.starts_on, self.language, year=term.starts_on.year != term.ends_on.year)
        return self._agree(
            "%(state)s presides from %(first)s to %(last)s.",
            "%(state)s preside from %(first)s to %(last)s.",
            term,
            first=first,
            last=i18n.long_day(term.ends_on, self.language),
        )

    @property
    def takes_over(self) -> str:
        return self._agree("%(state)s takes over", "%(state)s take over", self.brief.term)

    def risk(self, risk: Risk) -> str:
        """What puts proposals at risk, and how many of those on the relay."""
        one, many = {
            Stance.OPPOSES: ("%%(state)s opposes %(n)s of the %%(all)s proposals", "%%(state)s opposes %(n)s of the %%(all)s proposals"),
            Stance.ABSENT: (
                "%%(state)s is absent on %(n)s of the %%(all)s proposals",
                "%%(state)s is absent on %(n)s of the %%(all)s proposals",
            ),
        }[risk.stance]
        return self._counted(one, many, risk.number)

    @property
    def missing(self) -> str:
        return self._counted(
            "No position %%(of_state)s is recorded on %(n)s of the %%(all)s proposals",
            "No position %%(of_state)s is recorded on %(n)s of the %%(all)s proposals",
            self.brief.missing,
        )

    def under(self, message: str) -> str:
        """A message about the previous presidency, such as `What moved under %(state)s`."""
        previous = self.brief.previous
        return self._say(message, state=self._the(previous), of_state=self._of(previous)) if previous else ""

    @property
    def tally(self) -> str:
        """What the relay's line of each proposal shows of the previous presidency, counted."""
        tally = self.brief.tally or Tally(0, 0, 0)
        parts = (
            ("%(n)s proposal moved", "%(n)s proposals moved", tally.moved),
            ("%(n)s was held without a change of stage", "%(n)s were held without a change of stage", tally.held),
            ("nothing is recorded on %(n)s", "nothing is recorded on %(n)s", tally.silent),
        )
        told = ", ".join(counted(self.language, *part) for part in parts if part[-1])
        return f"{_capital(told)}." if told else ""

    @property
    def handover(self) -> str:
        following = self.brief.following
        return self._say("Handover %(to_state)s", to_state=self._to(following)) if following else ""

    @property
    def span(self) -> str:
        """The half-year as a range of months."""
        return f"{self._day(self.brief.term.starts_on, False)} – {self._day(self.brief.term.ends_on, True)}"

    def _day(self, day: date, year: bool) -> str:
        return i18n.day(day, self.language, year=year)

    def _counted(self, one: str, many: str, number: int) -> str:
        told = counted(self.language, one, many, number)
        values = {"state": _capital(self._the(self.brief.term)), "of_state": self._of(self.brief.term)}
        return told % {**values, "all": i18n.number(self.brief.proposals, self.language)}

    def _agree(self, one: str, many: str, term: Term, **values: str) -> str:
        number = country.plural(term.code, self.language)
        return i18n.translator(self.language).ngettext(one, many, number) % {"state": _capital(self._the(term)), **values}

    def _say(self, message: str, **values: str) -> str:
        return say(self.language, message, **values)

    def _the(self, term: Term) -> str:
        return country.the(term.code, term.name(self.language), self.language)

    def _of(self, term: Term) -> str:
        return country.of(term.code, term.name(self.language), self.language)

    def _to(self, term: Term) -> str:
        return country.to(term.code, term.name(self.language), self.language)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""The sentences the relay is told in: who presides, what moved, what each cell says to those who hear it."""

from datetime import date
from functools import cached_property
from typing import Any

from relais import country, i18n
from relais.i18n import N_
from relais.presidencies import Term
from relais.relay import Picture
from relais.relay.lines import Cell, CellKind, Line
from relais.words import Words

SILENT = {
    CellKind.BEFORE: N_("Not started"),
    CellKind.NOTHING: N_("Nothing recorded"),
    CellKind.CLOSED: N_("Closed"),
    CellKind.AHEAD: N_("Nothing planned"),
}


class Sentences(Words):
    def term_name(self, term: Term) -> str:
        """`Ireland 2026 H2`."""
        return f"{term.name(self.language)} {self.half(term)}"

    def half(self, term: Term) -> str:
        return i18n.half(term.year, term.half, self.language)

    def presides(self, term: Term, past: date | None) -> str:
        state = _capital(country.the(term.code, term.name(self.language), self.language))
        many = country.plural(term.code, self.language)
        if past:
            return self._agreed("%(state)s held the presidency.", "%(state)s held the presidency together.", many) % {"state": state}
        return self._agreed("%(state)s holds the presidency.", "%(state)s hold the presidency.", many) % {"state": state}

    def takes_over(self, term: Term, days: int, past: date | None) -> str:
        state = _capital(country.the(term.code, term.name(self.language), self.language))
        if past:
            return self._("%(state)s, next on %(day)s.", state=state, day=i18n.long_day(term.starts_on, self.language))
        if country.plural(term.code, self.language) > 1:
            left = i18n.counted(self.language, "%%(state)s take over in %(n)s day.", "%%(state)s take over in %(n)s days.", days)
        else:
            left = i18n.counted(self.language, "%%(state)s takes over in %(n)s day.", "%%(state)s takes over in %(n)s days.", days)
        return left % {"state": state}

    def lead_sentence(self, picture: Picture) -> str:
        """What moved, and what is known of the next presidency, in one sentence each."""
        moved = (
            i18n.counted(
                self.language,
                "%(n)s proposal has moved or been held in this presidency.",
                "%(n)s proposals have moved or been held in this presidency.",
                picture.moved_now,
            )
            if picture.moved_now
            else self._("No proposal has moved in this presidency.")
        )
        return f"{moved} {self._next_sentence(picture)}".strip()

    def relay_caption(self, picture: Picture) -> str:
        lines = i18n.counted(self.language, "%(n)s proposal", "%(n)s proposals", len(picture.lines))
        terms = i18n.counted(
            self.language,
            "across %(n)s presidency of the Council of the EU",
            "across %(n)s presidencies of the Council of the EU",
            len(picture.terms),
        )
        return f"{lines} {terms}"

    def standing(self, line: Line) -> str:
        """The status under a proposal's name: its stage, then the most telling of leads, silence, or when it was reached."""
        stage = self.word(line.stage)
        if line.stage.ended:
            return f"{stage}{f' {self.half(line.reached)}' if line.reached else ''}"
        current = next((cell for cell in line.cells if cell.current), None)
        rest = []
        if current and current.kind in (CellKind.MOVED, CellKind.HELD):
            rest.append(
                self._("held in %(term)s", term=self.half(current.term)) if current.kind is CellKind.HELD else self.half(current.term)
            )
        elif line.since and not line.leads:
            rest.append(self._("nothing since %(term)s", term=self.half(line.since)))
        if line.leads:
            rest.append(i18n.counted(self.language, "%(n)s lead to check", "%(n)s leads to check", line.leads))
        return " · ".join([stage, *rest])

    def spoken(self, cell: Cell) -> str:
        """What a cell says to those who hear it: everything in it, dated."""
        told = "; ".join([self._happening(one) for one in cell.happenings]) if cell.happenings else self._silence[cell.kind]
        return f"{told}. {self._('The baton is here.')}" if cell.baton else told

    @cached_property
    def _silence(self) -> dict[CellKind, str]:
        return {kind: self._(words) for kind, words in SILENT.items()}

    def short_of(self, cell: Cell) -> str:
        """A label for a happening that was given none."""
        shown = cell.shown
        if shown is None or cell.kind in (CellKind.HELD, CellKind.LEAD, CellKind.PLANNED):
            return ""
        return self.word(shown.stage) if shown.stage else ""

    def _happening(self, one: Any) -> str:
        when = i18n.partial(one.when, self.language)
        words = one.words or one.label
        if one.stage and one.stage.step:
            told = self._("Moved to stage %(step)s of 6, %(stage)s", step=one.stage.step, stage=self.word(one.stage))
        elif one.stage:
            told = self.word(one.stage)
        else:
            told = self._({CellKind.HELD: N_("Held"), CellKind.PLANNED: N_("Planned"), CellKind.LEAD: N_("Lead to check")}[one.kind])
        source = "" if one.sourced else f" ({self._('no source yet')})"
        return f"{told} ({when}){self.colon} {words}{source}" if words else f"{told} ({when}){source}"

    def _next_sentence(self, picture: Picture) -> str:
        term = picture.next
        if term is None:
            return self._("No later presidency is known.")
        missing = picture.missing_position(term)
        of = country.of(term.code, term.name(self.language), self.language)
        if missing == len(picture.lines):
            return self._("No position %(of_state)s is recorded.", of_state=of)
        return i18n.counted(
            self.language,
            "The position %%(of_state)s is missing on %(n)s proposal.",
            "The position %%(of_state)s is missing on %(n)s proposals.",
            missing,
        ) % {"of_state": of}

    def _agreed(self, one: str, many: str, number: int) -> str:
        return i18n.translator(self.language).ngettext(one, many, number)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

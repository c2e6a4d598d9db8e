"""The sentences a proposal and its texts are told in."""

from typing import Any

from models.group import Role
from models.suggestion import SuggestionState
from relais.i18n import N_, counted, number, say
from relais.positions.backers import Tally
from relais.texts import sections
from relais.texts.diff import Change
from relais.words import WORDS

START = N_("Opening")
FIELDS = {"title": N_("Title"), "summary": N_("Summary"), "body": N_("Text")}
MARKS = {
    "support": N_("In favour"),
    "oppose": N_("Opposed"),
    "neutral": N_("Neutral or took part"),
    "absent": N_("Absent"),
}
DECISIONS = {
    SuggestionState.OPEN: N_("Open"),
    SuggestionState.ACCEPTED: N_("Accepted"),
    SuggestionState.AMENDED: N_("Accepted with amendments"),
    SuggestionState.DECLINED: N_("Declined"),
    SuggestionState.WITHDRAWN: N_("Withdrawn"),
}
CHANGES = {Change.ADDED: N_("[added]"), Change.REMOVED: N_("[removed]")}
FEW = 3  # named one by one in a tally


class ProposalWords:
    def __init__(self, language: str) -> None:
        self.language = language

    def field(self, name: str) -> str:
        return self._(FIELDS[name])

    def section(self, name: str) -> str:
        """What a part of a text is called where its heading is not at hand."""
        return self._(FIELDS.get(name, N_("Section")) if name != sections.START else START)

    def mark(self, mark: str) -> str:
        return self._(MARKS[mark])

    def change(self, change: Change) -> str:
        return self._(CHANGES[change])

    def decision(self, state: SuggestionState) -> str:
        return self._(DECISIONS[state])

    def tally(self, tally: Tally) -> str:
        """Who makes up a number: names where they are few, and what is only counted."""
        if not tally.number:
            return self._("none recorded")
        if tally.sizes:
            return ", ".join(filter(None, (self._counted_only(tally), self._perhaps_among(tally))))
        if len(tally.named) <= FEW:
            return ", ".join(backer.name(self.language) for backer in tally.named)
        return self._("all named")

    def saver(self, row: Any, *, member: bool) -> str:
        """Who saved a revision: a name to members; role to everybody else."""
        if row.author_id is None:
            return self._("Entered when Relais was set up")
        if member and row.name:
            return str(row.name)
        return self._(WORDS[row.role or Role.EDITOR])

    def hands(self, row: Any, *, member: bool) -> str:
        """Who wrote a revision: who saved it, and who suggested the words."""
        saver = self.saver(row, member=member)
        if row.suggester_id is None:
            return saver
        named = member and row.suggester
        return self._("%(who)s, suggested by %(suggester)s", who=saver, suggester=row.suggester if named else self._suggester(row))

    def _suggester(self, row: Any) -> str:
        return self._(WORDS[row.suggester_role or Role.COMMENTER])

    def _counted_only(self, tally: Tally) -> str:
        sizes = " + ".join(number(size, self.language) for size in tally.sizes)
        return self._("%(sizes)s counted together, not named", sizes=sizes)

    def _perhaps_among(self, tally: Tally) -> str:
        named = len(tally.named)
        return counted(self.language, "%(n)s named, perhaps among them", "%(n)s named, perhaps among them", named) if named else ""

    def _(self, message: str, **values: Any) -> str:
        return say(self.language, message, **values)

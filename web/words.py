"""The words for what the record holds as enums, and the sentences the relay is told in."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from models.actor import ActorKind
from models.entry import EntryKind, EntryState, Family
from models.event import EventKind
from models.group import Role
from models.position import Stance
from models.proposal import LADDER, Level, Stage
from relais import country, i18n
from relais.i18n import N_
from relais.presidencies import Term
from relais.relay import Picture
from relais.relay_line import Cell, CellKind, Line

WORDS: dict[Any, str] = {
    Stage.DRAFTED: N_("Drafted"),
    Stage.PUBLISHED: N_("Published"),
    Stage.BACKED: N_("Backed"),
    Stage.TAKEN_UP: N_("Taken up"),
    Stage.ADOPTED: N_("Adopted"),
    Stage.IN_FORCE: N_("In force"),
    Stage.DROPPED: N_("Dropped"),
    Stage.MERGED: N_("Merged"),
    Stance.INITIATED: N_("Initiated"),
    Stance.SUPPORTS: N_("Supports"),
    Stance.SUPPORTS_WITH_RESERVATIONS: N_("Supports with reservations"),
    Stance.TOOK_PART: N_("Took part"),
    Stance.NEUTRAL: N_("Neutral"),
    Stance.ABSENT: N_("Absent"),
    Stance.OPPOSES: N_("Opposes"),
    Level.EU: N_("European Union"),
    Level.NATIONAL: N_("National"),
    Family.INSTITUTIONAL: N_("Institutional"),
    Family.ADVOCACY: N_("Advocacy"),
    EntryKind.PUBLICATION: N_("Publication"),
    EntryKind.CONSULTATION: N_("Consultation"),
    EntryKind.VOTE: N_("Vote"),
    EntryKind.DECISION: N_("Decision"),
    EntryKind.CONFERENCE: N_("Conference"),
    EntryKind.HANDOVER: N_("Handover"),
    EntryKind.MEETING: N_("Meeting"),
    EntryKind.LETTER: N_("Letter"),
    EntryKind.EVENT: N_("Event"),
    EntryKind.ANSWER: N_("Answer"),
    EntryKind.DEADLINE: N_("Deadline"),
    EntryState.DONE: N_("Done"),
    EntryState.PLANNED: N_("Planned"),
    EntryState.CANCELLED: N_("Cancelled"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.EDITOR: N_("Editor"),
    Role.COMMENTER: N_("Commenter"),
    Role.OBSERVER: N_("Observer"),
    ActorKind.MEMBER_STATE: N_("Member state"),
    ActorKind.INSTITUTION: N_("Institution"),
    ActorKind.DIRECTORATE_GENERAL: N_("Directorate-general"),
    ActorKind.ASSOCIATION: N_("Association"),
    ActorKind.COOPERATIVE: N_("Cooperative"),
    ActorKind.COMPANY: N_("Company"),
    ActorKind.NETWORK: N_("Network"),
    ActorKind.PUBLIC_BODY: N_("Public body"),
    ActorKind.COMMUNITY: N_("Community"),
}
# Members of two enums may share a value ("deadline"), and StrEnums of equal value are one key; the kind's word serves both.

SHORT: dict[Stance, str] = {
    Stance.INITIATED: N_("initiated"),
    Stance.SUPPORTS: N_("supports"),
    Stance.SUPPORTS_WITH_RESERVATIONS: N_("with reserve"),
    Stance.TOOK_PART: N_("took part"),
    Stance.NEUTRAL: N_("neutral"),
    Stance.ABSENT: N_("absent"),
    Stance.OPPOSES: N_("opposes"),
}

DEFINITIONS: dict[Stage, str] = {
    Stage.DRAFTED: N_("A text exists."),
    Stage.PUBLISHED: N_("A public document holds it."),
    Stage.BACKED: N_("At least one state or institution is recorded in favour."),
    Stage.TAKEN_UP: N_("It is on an institution’s agenda or work programme."),
    Stage.ADOPTED: N_("A formal act was adopted."),
    Stage.IN_FORCE: N_("The act is in force."),
    Stage.DROPPED: N_("Given up. Why is told with the change."),
    Stage.MERGED: N_("Goes on as part of another proposal."),
}

ACTS: dict[EventKind, str] = {
    EventKind.PROPOSAL_ADDED: N_("Proposal added:"),
    EventKind.PROPOSAL_CHANGED: N_("Facts changed:"),
    EventKind.TEXT_SAVED: N_("Text saved:"),
    EventKind.STAGE_MOVED: N_("Stage moved:"),
    EventKind.MOVE_CORRECTED: N_("Change of stage corrected:"),
    EventKind.POSITION_RECORDED: N_("Position recorded on"),
    EventKind.POSITION_CORRECTED: N_("Position corrected on"),
    EventKind.ENTRY_ADDED: N_("Event added on"),
    EventKind.ENTRY_CORRECTED: N_("Event corrected on"),
    EventKind.LEAD_CONFIRMED: N_("Lead confirmed on"),
    EventKind.LEAD_REJECTED: N_("Lead rejected on"),
    EventKind.COMMENT_POSTED: N_("Comment on"),
}


class Words:
    """The words of one language; its methods are what templates call."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _(self, message: str, **values: Any) -> str:
        return i18n.say(self.language, message, **values)

    def word(self, value: Any) -> str:
        return self._(WORDS[value])

    def short(self, stance: Stance) -> str:
        return self._(SHORT[stance])

    def definition(self, stage: Stage) -> str:
        return self._(DEFINITIONS[stage])

    def act(self, kind: EventKind) -> str:
        return self._(ACTS[kind])

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
            self.language, "across %(n)s presidency of the Council of the EU", "across %(n)s presidencies of the Council of the EU", len(picture.terms)
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
            rest.append(self._("held in %(term)s", term=self.half(current.term)) if current.kind is CellKind.HELD else self.half(current.term))
        elif line.since and not line.leads:
            rest.append(self._("nothing since %(term)s", term=self.half(line.since)))
        if line.leads:
            rest.append(i18n.counted(self.language, "%(n)s lead to check", "%(n)s leads to check", line.leads))
        return " · ".join([stage, *rest])

    def spoken(self, cell: Cell) -> str:
        """What a cell says to those who hear it: everything in it, dated."""
        silent = {
            CellKind.BEFORE: N_("Not started"),
            CellKind.NOTHING: N_("Nothing recorded"),
            CellKind.CLOSED: N_("Closed"),
            CellKind.AHEAD: N_("Nothing planned"),
        }
        said = [self._happening(one) for one in cell.happenings]
        told = "; ".join(said) if said else self._(silent.get(cell.kind, ""))
        return f"{told}. {self._('The baton is here.')}" if cell.baton else told

    def short_of(self, cell: Cell) -> str:
        """A label for a happening that was given none."""
        shown = cell.shown
        if shown is None or cell.kind in (CellKind.HELD, CellKind.LEAD, CellKind.PLANNED):
            return ""
        return self.word(shown.stage) if shown.stage else ""

    def stage_choices(self) -> list[tuple[str, str]]:
        return [(stage.value, self.word(stage)) for stage in Stage]

    def level_choices(self) -> list[tuple[str, str]]:
        return [(level.value, self.word(level)) for level in Level]

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
            self.language, "The position %%(of_state)s is missing on %(n)s proposal.", "The position %%(of_state)s is missing on %(n)s proposals.", missing
        ) % {"of_state": of}

    def _agreed(self, one: str, many: str, number: int) -> str:
        return i18n.translator(self.language).ngettext(one, many, number)

    @property
    def colon(self) -> str:
        return f"{i18n.NBSP}:" if self.language == "fr" else ":"


def globals_for(language: str) -> dict[str, Callable[..., Any] | Any]:
    """What every template may call."""
    words = Words(language)
    names = (
        "word", "short", "definition", "act", "term_name", "presides", "takes_over", "lead_sentence", "relay_caption", "standing",
        "spoken", "short_of", "stage_choices", "level_choices", "colon",
    )  # fmt: skip
    return {name: getattr(words, name) for name in names} | {
        "ladder": LADDER,
        "other_path": lambda desk: _other_path(desk, language),
        "with_query": _with_query,
        "htmx_config": HTMX_CONFIG,
    }


HTMX_CONFIG = json.dumps(
    {
        "includeIndicatorCSS": False,
        "prefix": "",
        "extensions": "",
        "defaultSwap": "outerMorph",
        "defaultTimeout": 10_000,
        "noSwap": [204, 304, 403, 404, 410, 413, 429, "5xx"],
    }
)


def _other_path(desk: Any, language: str) -> str:
    """The same page in the other language."""
    other = "en" if language == "fr" else "fr"
    here: str = desk.here
    return f"/{other}{here.removeprefix(f'/{language}')}" if here.startswith(f"/{language}") else f"/{other}/"


def _with_query(desk: Any, **changed: Any) -> str:
    """This page with some query parameters changed; an empty one is left out."""
    query = {**dict(desk.request.query_params), **changed}
    kept = urlencode({name: value for name, value in query.items() if value not in ("", None)})
    path: str = desk.request.url.path
    return f"{path}?{kept}" if kept else path


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""The words for what the record holds as enums, and the sentences the relay is told in."""

from typing import Any

from models.actor import ActorKind
from models.entry import EntryKind, EntryState, Extent, Family
from models.group import Role
from models.position import Stance
from models.proposal import Level, Stage
from relais import i18n
from relais.i18n import N_
from relais.relay import Order
from relais.relay.outlook import Level as Strength

ORDERS: dict[Order, str] = {
    Order.ORIGIN: N_("By document"),
    Order.STAGE: N_("Furthest stage first"),
    Order.SILENCE: N_("Longest silence first"),
    Order.LEADS: N_("Most leads to check first"),
    Order.TITLE: N_("By title"),
}
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
    Strength.STRONG: N_("strong"),
    Strength.WEAK: N_("weak"),
    Strength.NONE: N_("none"),
    Extent.FULLY: N_("Answered in full"),
    Extent.PARTLY: N_("Answered in part"),
    Extent.IN_NAME: N_("Answered in name only"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.EDITOR: N_("Editor"),
    Role.COMMENTER: N_("Commenter"),
    Role.OBSERVER: N_("Observer"),
    ActorKind.MEMBER_STATE: N_("Member state"),
    ActorKind.INSTITUTION: N_("Institution"),
    ActorKind.DIRECTORATE_GENERAL: N_("Directorate-general"),
    ActorKind.PERMANENT_REPRESENTATION: N_("Permanent representation"),
    ActorKind.MINISTRY: N_("Ministry"),
    ActorKind.COMMITTEE: N_("Committee"),
    ActorKind.ASSOCIATION: N_("Association"),
    ActorKind.COOPERATIVE: N_("Cooperative"),
    ActorKind.COMPANY: N_("Company"),
    ActorKind.NETWORK: N_("Network"),
    ActorKind.PUBLIC_BODY: N_("Public body"),
    ActorKind.COMMUNITY: N_("Community"),
}
# Members of two enums may share a value ("deadline"), and StrEnums of equal value are one key; the kind's word serves both.

# The same levels said of an opportunity: French words agree with what they are said of.
CHANCES: dict[Strength, str] = {
    Strength.STRONG: N_("opportunity: strong"),
    Strength.WEAK: N_("opportunity: weak"),
    Strength.NONE: N_("opportunity: none"),
}

SHORT: dict[Stance, str] = {
    Stance.INITIATED: N_("initiated"),
    Stance.SUPPORTS: N_("supports"),
    Stance.SUPPORTS_WITH_RESERVATIONS: N_("with reserve"),
    Stance.TOOK_PART: N_("took part"),
    Stance.NEUTRAL: N_("neutral"),
    Stance.ABSENT: N_("absent"),
    Stance.OPPOSES: N_("opposes"),
}

EXTENTS: dict[Extent, str] = {
    Extent.FULLY: N_("It does what was asked."),
    Extent.PARTLY: N_("It does some of it; the rest is still asked for."),
    Extent.IN_NAME: N_("It bears the name or the aim, and does not do what was asked."),
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

    def chance(self, level: Strength) -> str:
        """How strong an opportunity is."""
        return self._(CHANCES[level])

    def definition(self, stage: Stage) -> str:
        return self._(DEFINITIONS[stage])

    def stage_choices(self) -> list[tuple[str, str]]:
        return [(stage.value, self.word(stage)) for stage in Stage]

    def order_choices(self) -> list[tuple[str, str]]:
        return [(order.value, self._(ORDERS[order])) for order in Order]

    def level_choices(self) -> list[tuple[str, str]]:
        return [(level.value, self.word(level)) for level in Level]

    @property
    def colon(self) -> str:
        return f"{i18n.NBSP}:" if self.language == "fr" else ":"

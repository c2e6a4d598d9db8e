"""The lines of the activity: what was done, on what, by whom, and where it stands."""

import re
from dataclasses import dataclass

from models.entry import Extent
from models.event import EventKind
from models.group import Role
from models.proposal import Stage
from relais.activity import Act
from relais.activity.kinds import KINDS, News
from relais.i18n import N_, counted, language_name, said
from relais.news import LEGS
from relais.words import WORDS, Words

# What an act ends with where the words go on to what it was done on.
LEADS_ON = re.compile(r"[\s\u00a0\u202f]*(:|\b(on|in|into|of|sur|dans|de|à))$")

ACTS: dict[EventKind, str] = {
    EventKind.PROPOSAL_ADDED: N_("Proposal added:"),
    EventKind.PROPOSAL_CHANGED: N_("Facts changed:"),
    EventKind.TEXT_SAVED: N_("Text saved:"),
    EventKind.STAGE_MOVED: N_("Stage moved:"),
    EventKind.MOVE_CORRECTED: N_("Change of stage corrected:"),
    EventKind.POSITION_RECORDED: N_("Position recorded on"),
    EventKind.POSITION_CORRECTED: N_("Position corrected on"),
    EventKind.CONFIRMATION_ASKED: N_("An organisation asked to confirm its position on"),
    EventKind.CONFIRMATION_WITHDRAWN: N_("A request to confirm a position withdrawn on"),
    EventKind.CONFIRMATION_ANSWERED: N_("An organisation answered on its position on"),
    EventKind.CONFIRMATION_APPROVED: N_("An organisation’s answer approved on"),
    EventKind.CONFIRMATION_REFUSED: N_("An organisation’s answer refused on"),
    EventKind.ENTRY_ADDED: N_("Event added on"),
    EventKind.ENTRY_CORRECTED: N_("Event corrected on"),
    EventKind.LEAD_CONFIRMED: N_("Lead confirmed on"),
    EventKind.LEAD_REJECTED: N_("Lead rejected on"),
    EventKind.SOURCE_ADDED: N_("Source added:"),
    EventKind.SOURCE_CHANGED: N_("Source changed:"),
    EventKind.SOURCE_CHECKED: N_("Source checked:"),
    EventKind.CITATION_ADDED: N_("Source cited on"),
    EventKind.ACTOR_ADDED: N_("Actor added:"),
    EventKind.ACTOR_CHANGED: N_("Actor changed:"),
    EventKind.COMMENT_POSTED: N_("Comment on"),
    EventKind.COMMENT_EDITED: N_("Comment changed on"),
    EventKind.COMMENT_REMOVED: N_("Comment removed on"),
    EventKind.COMMENT_RESOLVED: N_("Thread resolved on"),
    EventKind.COMMENT_REOPENED: N_("Thread reopened on"),
    EventKind.COMMENT_REPORTED: N_("Comment reported on"),
    EventKind.COMMENT_HIDDEN: N_("Comment hidden on"),
    EventKind.COMMENT_SHOWN: N_("Comment shown again on"),
    EventKind.REPORT_SETTLED: N_("Report of a comment settled on"),
    EventKind.SUGGESTION_MADE: N_("Change suggested on"),
    EventKind.SUGGESTION_TAKEN: N_("Suggestion taken on"),
    EventKind.SUGGESTION_DECLINED: N_("Suggestion declined on"),
    EventKind.SUGGESTION_WITHDRAWN: N_("Suggestion withdrawn on"),
    EventKind.TASK_ADDED: N_("Next step noted on"),
    EventKind.TASK_CHANGED: N_("Next step changed on"),
    EventKind.TASK_DONE: N_("Next step done on"),
    EventKind.TASK_REOPENED: N_("Next step taken up again on"),
    EventKind.TASK_REMOVED: N_("Next step removed on"),
    EventKind.GROUP_ADDED: N_("Group founded:"),
    EventKind.GROUP_CHANGED: N_("Group renamed or described anew:"),
    EventKind.MEMBER_INVITED: N_("Somebody invited into"),
    EventKind.INVITATION_WITHDRAWN: N_("Invitation withdrawn:"),
    EventKind.MEMBER_JOINED: N_("New member of"),
    EventKind.ROLE_CHANGED: N_("Role changed in"),
    EventKind.MEMBER_LEFT: N_("A member left"),
    EventKind.PERSON_CHANGED: N_("Name or language of a member changed"),
    EventKind.PRESIDENCY_ADDED: N_("Presidency added:"),
    EventKind.LEG_PLANNED: N_("Ask to a presidency planned on"),
    EventKind.LEG_CHANGED: N_("Ask to a presidency changed on"),
    EventKind.PACKET_FROZEN: N_("Hand-over packet frozen:"),
    EventKind.REPORT_SAVED: N_("Report saved:"),
    EventKind.REPORT_CHANGED: N_("Saved report renamed, or shown to others:"),
    EventKind.REPORT_REMOVED: N_("Saved report removed:"),
    EventKind.REPORT_RESTORED: N_("Saved report put back:"),
    EventKind.SNAPSHOT_FROZEN: N_("Report frozen:"),
    EventKind.SNAPSHOT_WITHDRAWN: N_("Snapshot of a report withdrawn:"),
    EventKind.ANSWER_LINKED: N_("Answer linked on"),
    EventKind.CLAIM_SETTLED: N_("Disputed claim settled on"),
    EventKind.CLAIM_REOPENED: N_("Disputed claim reopened on"),
    EventKind.POPULATIONS_ADDED: N_("Populations added"),
    EventKind.WEBHOOK_ADDED: N_("Webhook added in"),
    EventKind.WEBHOOK_CHANGED: N_("Webhook changed in"),
    EventKind.WEBHOOK_ENDED: N_("Webhook ended by itself in"),
    EventKind.WEBHOOK_REMOVED: N_("Webhook removed from"),
    EventKind.TOKEN_MADE: N_("Token for programs made for"),
    EventKind.TOKEN_ENDED: N_("Token for programs ended for"),
    EventKind.IMPORT_APPLIED: N_("File imported:"),
    EventKind.IMPORT_UNDONE: N_("Import undone:"),
    EventKind.POSITION_WITHDRAWN: N_("Position taken back on"),
    EventKind.ENTRY_WITHDRAWN: N_("Event taken back on"),
    EventKind.SIGNED_IN: N_("Signed in"),
    EventKind.SIGNED_OUT: N_("Signed out"),
}
MADE_PUBLIC = N_("Made public:")
CLOSED = N_("Ask to a presidency closed on")
TAKEN_BACK = N_("Answer taken back on")
NEWS: dict[News, str] = {
    News.TEXTS: N_("Texts"),
    News.STAGES: N_("Stages"),
    News.POSITIONS: N_("Positions"),
    News.TIMELINE: N_("Timeline"),
    News.DISCUSSION: N_("Discussion"),
    News.WORK: N_("Work"),
    News.FACTS: N_("Facts and sources"),
    News.PEOPLE: N_("People"),
}
# Where on a proposal's page an act stands.
ANCHORS = {
    News.STAGES: "timeline", News.POSITIONS: "backers", News.TIMELINE: "timeline", News.TEXTS: "text", News.WORK: "tasks",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """What an act was done on: its words, the language they are in, and where it stands; no path where it has no page."""

    words: str
    language: str
    path: str


class ActWords:
    def __init__(self, language: str) -> None:
        self.language = language
        self.words = Words(language)

    def act(self, act: Act) -> str:
        """What was done, in words that lead up to what it was done on."""
        if act.kind is EventKind.LEG_CHANGED and act.details.get("closed"):
            return self._(CLOSED)
        public = act.kind is EventKind.PROPOSAL_CHANGED and "public" in act.details.get("changed", ())
        if act.kind is EventKind.ANSWER_LINKED and not act.details.get("extent"):
            return self._(TAKEN_BACK)
        return self._(MADE_PUBLIC if public else ACTS[act.kind])

    def alone(self, act: Act) -> str:
        """What was done, under a heading that says what it was done on."""
        return LEADS_ON.sub("", self.act(act)) if act.proposal else self.act(act)

    def place(self, act: Act) -> Place:
        if act.proposal and "path" in act.details:
            return Place(act.proposal.words, act.proposal.language, str(act.details["path"]))
        if act.proposal:
            return Place(act.proposal.words, act.proposal.language, f"/proposals/{act.proposal.slug}{self._within(act)}")
        slug = str(act.details.get("slug", ""))
        if act.kind in (EventKind.SOURCE_ADDED, EventKind.SOURCE_CHANGED, EventKind.SOURCE_CHECKED):
            return Place(act.about or slug, act.about_language, f"/sources/{slug}" if slug else "")
        if act.kind in (EventKind.ACTOR_ADDED, EventKind.ACTOR_CHANGED):
            return Place(act.about or slug, act.about_language, f"/actors/{slug}" if slug else "")
        if act.kind is EventKind.PRESIDENCY_ADDED:
            return Place(slug, self.language, f"/presidencies/{slug}")
        if act.kind is EventKind.PACKET_FROZEN and "number" in act.details:
            packet = f"{act.details['presidency']}/packets/{act.details['number']}"
            return Place(packet.replace("/packets/", ", "), self.language, f"/presidencies/{packet}")
        if kept := self._kept(act):
            return kept
        if act.group:
            within = "/webhooks" if act.kind.startswith("webhook_") else ""
            return Place(*said(act.group, "name", self.language), f"/groups/{act.group.slug}{within}")
        return Place(self._("the record"), self.language, "")

    def _kept(self, act: Act) -> Place | None:
        """A snapshot, a saved report or an import, by the name it was given."""
        told = act.details
        if act.kind in (EventKind.SNAPSHOT_FROZEN, EventKind.SNAPSHOT_WITHDRAWN) and "key" in told:
            return Place(str(told["title"]), str(told["language"]), f"/reports/snapshots/{told['key']}")
        if act.kind.startswith("report_") and "report" in told:
            path = "" if act.kind is EventKind.REPORT_REMOVED else f"/reports/saved/{told['report']}"
            return Place(str(told["name"]), str(told["language"]), path)
        if act.kind.startswith("import_") and act.group and "import" in told:
            return Place(str(told["name"]), self.language, f"/groups/{act.group.slug}/imports/{told['import']}")
        return None

    def more(self, act: Act) -> str:
        """What else the line says: which revision, which stage, which role, how many at once."""
        return ", ".join(filter(None, (self._others(act), self._what(act))))

    def who(self, act: Act) -> str:
        """As they chose to be named, to those who may know; their role to everybody else; Relais for what nobody did by hand."""
        if act.kind is EventKind.CONFIRMATION_ANSWERED:
            return self._(N_("The organisation"))
        if not act.by_person:
            return "Relais"
        if act.mine:
            return self._("you")
        return act.who or self._(WORDS[act.role] if act.role else N_("Member"))

    def news_choices(self) -> list[tuple[str, str]]:
        return [(news.value, self._(words)) for news, words in NEWS.items()]

    def _within(self, act: Act) -> str:
        if act.kind is EventKind.TEXT_SAVED and "number" in act.details:
            return f"/revisions/{act.details['language']}/{act.details['number']}"
        if act.kind is EventKind.ANSWER_LINKED:
            return "#answers"
        if act.kind.startswith("comment_"):
            return f"#c{act.subject_id}"
        if act.kind.startswith("suggestion_"):
            return f"/suggestions/{act.subject_id}"
        if act.kind in LEGS and act.details.get("presidency"):
            return f"/legs#leg-{act.details['presidency']}"
        return next((f"#{anchor}" for news, anchor in ANCHORS.items() if act.kind in KINDS[news]), "")

    def _others(self, act: Act) -> str:
        if act.others:
            return counted(self.language, "and %(n)s other", "and %(n)s others", act.others)
        if act.number > 1 and act.kind is not EventKind.TEXT_SAVED:
            return counted(self.language, "%(n)s time", "%(n)s times", act.number)
        return ""

    def _what(self, act: Act) -> str:
        told = act.details
        if act.others:
            return ""
        if act.kind is EventKind.TEXT_SAVED and "number" in told:
            tongue = language_name(told["language"], self.language)
            return self._("%(tongue)s, revision %(number)s", tongue=tongue, number=told["number"])
        if act.kind is EventKind.STAGE_MOVED:
            end = self.words.word(Stage(told["to"])).lower()
            start = self.words.word(Stage(told["from"])).lower() if told.get("from") else ""
            return self._("from %(start)s to %(end)s", start=start, end=end) if start else end
        if act.kind is EventKind.ANSWER_LINKED and told.get("extent"):
            return self.words.word(Extent(told["extent"])).lower()
        if act.kind in LEGS and "presidency" in told:
            year, _, code = str(told["presidency"]).partition("-")
            return f"{code.upper()} {year}"
        role = self.words.word(Role(told["role"])).lower() if "role" in told else ""
        return ", ".join(filter(None, (act.about if "person" in told else "", role)))

    def _(self, message: str, **values: object) -> str:
        return self.words._(message, **values)

"""A report in the words of one language: what its tables, its page and its paper say alike."""

from models.partial_date import PartialDate
from relais import i18n
from relais.export.parts import Part
from relais.reports.numbering import Numbering
from relais.reports.selection import Section
from relais.words import Words


def standing(claims: list[Part]) -> list[Part]:
    """Those that nothing corrects. What was corrected is in the JSON, beside what corrects it."""
    return [claim for claim in claims if claim["superseded_by"] is None]


def on_older_text(position: Part) -> bool:
    """Whether its text had changed when the report was made. Reports frozen before this was told do not say."""
    return bool(position.get("on_older_text"))


class Telling:
    def __init__(self, document: Part, language: str) -> None:
        self.document, self.language, self.words = document, language, Words(language)
        self.asked = {Section(part) for part in document["meta"]["selection"]["parts"]}
        self.numbering = Numbering(document)
        self.actors = {actor["slug"]: actor for actor in document["actors"]}
        self.names = {name["slug"]: self.said(name["name"]) for name in (*document["groups"], *document["themes"])}

    def said(self, words: dict[str, str]) -> str:
        """In the report's language, or in the other where there is none."""
        return words[self.language] or next(filter(None, words.values()), "")

    def name(self, slug: str) -> str:
        names: dict[str, str] = self.actors[slug]["names"]
        return names.get(self.language) or names["en"]

    def text(self, proposal: Part) -> Part:
        """Its words in the report's language, or in its own."""
        texts: dict[str, Part] = proposal["texts"]
        return texts.get(self.language) or texts[proposal["original_language"]]

    def when(self, when: Part) -> str:
        return i18n.partial(PartialDate.parse(when["date"] or ""), self.language)

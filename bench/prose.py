"""Neutral prose in French and English, as long as real texts are, about nothing in particular."""

from random import Random

from relais.markdown import render

NOUNS = {
    "fr": "un portail, un registre, une interface, un fonds, un réseau, un répertoire, une charte, un comité, un guide, un service,"
    " une norme, un calendrier, un atelier, un rapport, une fondation, un observatoire, une procédure, un formulaire, un catalogue",
    "en": "a portal, a register, an interface, a fund, a network, a directory, a charter, a committee, a guide, a service,"
    " a standard, a calendar, a workshop, a report, a foundation, an observatory, a procedure, a form, a catalogue",
}
VERBS = {
    "fr": "accompagne, relie, rassemble, prépare, soutient, remplace, complète, finance, décrit, ouvre, simplifie, coordonne, mesure",
    "en": "accompanies, connects, gathers, prepares, supports, replaces, completes, funds, describes, opens, coordinates, measures",
}
WHOSE = {
    "fr": "pour les communes, entre les États, dans chaque région, avec les associations, à l’échelle de l’Union, en langage clair,"
    " sans frais de dossier, chaque semestre, à partir des besoins, sous licence libre, avant la fin de l’année, dans toutes les langues",
    "en": "for municipalities, between the states, in every region, with the associations, at the level of the Union, in plain words,"
    " without a filing fee, every half-year, starting from needs, under a free licence, before the end of the year, in every language",
}
LINKS = {"fr": "et, puis, tandis que, alors que, de sorte que", "en": "and, then, while, whereas, so that"}


def _words(listed: dict[str, str]) -> dict[str, list[str]]:
    return {language: [word.strip() for word in words.split(",")] for language, words in listed.items()}


_NOUNS, _VERBS, _WHOSE, _LINKS = map(_words, (NOUNS, VERBS, WHOSE, LINKS))


class Prose:
    """Writes in one language; the same random source gives the same words."""

    def __init__(self, language: str, random: Random) -> None:
        self.language, self.random = language, random

    def title(self) -> str:
        return _capital(f"{self._one(_NOUNS)} {self._one(_WHOSE)}")[:160]

    def label(self) -> str:
        return self._one(_NOUNS).split(maxsplit=1)[1][:20]

    def sentence(self) -> str:
        first, second = (f"{self._one(_NOUNS)} {self._one(_VERBS)} {self._one(_NOUNS)} {self._one(_WHOSE)}" for _ in range(2))
        return _capital(f"{first} {self._one(_LINKS)} {second}.")

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def body(self, paragraphs: int) -> str:
        """Markdown: paragraphs, with a heading and a list among them."""
        parts = [self.paragraph(self.random.randint(2, 5)) for _ in range(paragraphs)]
        parts.insert(1, f"## {self.title()}")
        parts.append("\n".join(f"- {self.sentence()}" for _ in range(3)))
        return "\n\n".join(parts)

    def comment(self) -> str:
        """Markdown, mostly one paragraph or two, sometimes with a quotation or a link."""
        parts = [self.paragraph(self.random.randint(1, 4)) for _ in range(self.random.choice((1, 1, 2)))]
        match self.random.randint(0, 5):
            case 0:
                parts.insert(0, f"> {self.sentence()}")
            case 1:
                parts.append(f"<https://example.org/{self.random.randint(1, 9999)}>")
            case 2:
                parts.append(f"**{self.title()}**")
        return "\n\n".join(parts)

    def _one(self, words: dict[str, list[str]]) -> str:
        return self.random.choice(words[self.language])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def rendered(markdown: str) -> tuple[str, str]:
    """Markdown and its HTML."""
    return markdown, render(markdown)

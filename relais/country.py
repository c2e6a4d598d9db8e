"""Names of states inside a sentence: French wants an article and contracts it, English wants one for the Netherlands."""

from functools import lru_cache

from babel import Locale

FRENCH = {
    "l’": {"DE", "AT", "ES", "EE", "IE", "IT"},
    "le ": {"DK", "LU", "PT"},
    "les ": {"NL"},
    "": {"CY", "MT"},
}  # every other state takes “la ”
PLURAL = {("NL", "fr")}


@lru_cache
def name(code: str, language: str) -> str:
    """Of a state that the reader's page knows by its code alone: `Grèce`, `Greece` for `EL`."""
    territory: str = Locale(language).territories["GR" if code == "EL" else code]
    return territory


def the(code: str | None, name: str, language: str) -> str:
    """`l’Irlande`, `Ireland`, `the Netherlands`."""
    if language == "en":
        return f"the {name}" if code == "NL" else name
    return f"{_article(code)}{name}"


def of(code: str | None, name: str, language: str) -> str:
    """`de l’Irlande`, `du Danemark`, `des Pays-Bas`, `de Chypre`; in English `of Ireland`."""
    if language == "en":
        return f"of {the(code, name, language)}"
    contracted = {"le ": "du ", "les ": "des "}.get(_article(code))
    return f"{contracted}{name}" if contracted else f"de {the(code, name, language)}"


def out_of(code: str | None, name: str, language: str) -> str:
    """`de l’Irlande` as `of` has it; in English `from Ireland`."""
    return f"from {the(code, name, language)}" if language == "en" else of(code, name, language)


def to(code: str | None, name: str, language: str) -> str:
    """`à l’Irlande`, `au Danemark`, `aux Pays-Bas`, `à Chypre`; in English `to Ireland`."""
    if language == "en":
        return f"to {the(code, name, language)}"
    contracted = {"le ": "au ", "les ": "aux "}.get(_article(code))
    return f"{contracted}{name}" if contracted else f"à {the(code, name, language)}"


def plural(code: str | None, language: str) -> int:
    """The number its verb agrees with."""
    return 2 if (code, language) in PLURAL else 1


def _article(code: str | None) -> str:
    return next((article for article, codes in FRENCH.items() if code in codes), "la ")

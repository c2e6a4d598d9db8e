"""Words compared as people look for them: without case or accents."""

import unicodedata

UNDONE = str.maketrans({"’": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ł": "l", "Ł": "l"})


def folded(text: str) -> str:
    """Lower case, accents and ligatures undone: `Œuvre d’État` becomes `oeuvre d'etat`."""
    plain = unicodedata.normalize("NFKD", text.translate(UNDONE))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()

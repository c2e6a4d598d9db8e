"""How what is found is spoken of, and what it is narrowed to."""

from collections.abc import Mapping

from sqlmodel import Session

from models.proposal import Stage
from models.search import RecordKind
from relais.i18n import N_, language_name, say
from relais.proposals import themes
from relais.search import Narrowing
from relais.words import Words

KINDS: dict[str, tuple[str, str]] = {
    RecordKind.PROPOSAL: (N_("Proposal"), N_("Proposals")),
    RecordKind.ENTRY: (N_("Event"), N_("Events")),
    RecordKind.COMMENT: (N_("Comment"), N_("Comments")),
    RecordKind.SOURCE: (N_("Source"), N_("Sources")),
    RecordKind.ACTOR: (N_("Actor"), N_("Actors")),
}


def of_value(language: str, facet: str, value: str, named: Mapping[str, str]) -> str:
    """The words of what a facet is narrowed to; `named` are the themes."""
    match facet:
        case "kind":
            return say(language, KINDS[value][1])
        case "tongue":
            return language_name(value, language)
        case "theme":
            return named.get(value, value)
    return Words(language).word(Stage(value))


def narrowed(session: Session, language: str, narrowing: Narrowing) -> list[str]:
    """All that it is narrowed to."""
    named = dict(themes.choices(session, language).themes) if narrowing.theme else {}
    return [of_value(language, facet, value, named) for facet, value in narrowing.named().items()]

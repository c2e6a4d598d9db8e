"""What a row of each kind may hold, in the names and by the rules of the house's own forms."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from models.entry import KINDS
from models.imports import Kind
from models.partial_date import UNDATED
from models.proposal import Stage
from relais.actors import ActorForm
from relais.entries import EntryForm
from relais.form import Form, Line, Note, Url, When
from relais.i18n import LANGUAGES
from relais.positions import PositionForm
from relais.proposals import FactsForm, MoveForm
from relais.sources import CitationForm, SourceForm
from relais.texts import TextForm

Tongue = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Named = Annotated[str, StringConstraints(max_length=300)]  # something named by its id in the file, or as the house names it
Needed = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Slugged = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=80)]


class SourceRow(SourceForm):
    slug: Slugged = ""


class ActorRow(ActorForm):
    """`names` may hold its name in more languages; one with a name in French or English alone goes by it in both."""

    slug: Slugged = ""
    names: dict[str, str] = {}
    part_of: Named = ""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, values: Any) -> Any:
        known = next((values[name] for name in ("name_fr", "name_en") if values.get(name)), "")
        return {"name_fr": known, "name_en": known, **{name: value for name, value in values.items() if value}}


class ProposalRow(FactsForm):
    """A proposal with its words in the `language` it was written in, and in others. `citations` and `reason` go with its stage, taken `on`;
    `moves` are later ones. Without a word on `public` it is as the whole import says."""

    slug: Slugged = ""
    language: Tongue
    title: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    summary: Annotated[str, StringConstraints(max_length=2000)] = ""
    body: Annotated[str, StringConstraints(max_length=100_000)] = ""
    translations: dict[Tongue, TextForm] = {}
    origin: Named = ""
    public: bool | None = None  # type: ignore[assignment]
    stage: Stage = Stage.DRAFTED
    on: When = UNDATED
    reason_fr: Note = ""
    reason_en: Note = ""
    citations: list[CitationForm] = []
    moves: list[MoveForm] = []


class PositionRow(PositionForm):
    proposal: Needed
    actor: Needed


class EntryRow(EntryForm):
    """An entry that surely concerns `proposals`, and perhaps `leads`. `key` names it for good, where the file knows such a name."""

    proposals: Annotated[list[Needed], Field(max_length=100)] = []
    leads: Annotated[list[Needed], Field(max_length=100)] = []
    actor: Named = ""
    key: Annotated[str, StringConstraints(max_length=80)] = ""

    @model_validator(mode="before")
    @classmethod
    def _of_a_family(cls, values: Any) -> Any:
        if not values.get("family"):
            family = next((family for family, kinds in KINDS.items() if values.get("kind") in kinds), None)
            return {**values, "family": family} if family else values
        return values


class CommentRow(Form):
    """What somebody said elsewhere: `author`, `on` and `url` are told at its end, as far as they are known."""

    proposal: Needed
    parent: Named = ""
    body: Annotated[str, StringConstraints(min_length=1, max_length=19_000)]
    author: Line = ""
    on: When = UNDATED
    url: Url = ""
    public: bool = False


FORMS: dict[Kind, type[Form]] = {
    Kind.SOURCE: SourceRow,
    Kind.ACTOR: ActorRow,
    Kind.PROPOSAL: ProposalRow,
    Kind.POSITION: PositionRow,
    Kind.ENTRY: EntryRow,
    Kind.COMMENT: CommentRow,
}
# Fields that a table has once, and the house in French and in English.
PAIRED = frozenset({"name", "note", "title", "label", "outcome", "instrument", "reason", "summary"})


def paired(kind: Kind, name: str, language: str) -> str:
    """The name of a field in the house: `note` of a French table is `note_fr`."""
    tongue = language if language in LANGUAGES else LANGUAGES[0]
    fields = FORMS[kind].model_fields
    return f"{name}_{tongue}" if name in PAIRED and name not in fields and f"{name}_{tongue}" in fields else name

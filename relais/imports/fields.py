"""The fields a column of a table may be, by what its lines are: what each is called, and the headings it is guessed from."""

from dataclasses import dataclass
from functools import lru_cache

from models.imports import Kind
from relais.i18n import LANGUAGES, N_, say
from relais.wording import folded


@dataclass(frozen=True)
class Field:
    """`headings` are other French and English names of the column, folded. Those `needed` must be found for a line to be taken."""

    name: str
    label: str
    headings: tuple[str, ...]
    needed: bool = False


def _field(name: str, label: str, *headings: str, needed: bool = False) -> Field:
    return Field(name, label, headings, needed)


@lru_cache(maxsize=256)
def _headings(field: Field) -> tuple[str, ...]:
    """What a column of it may be called, the nearest first: its own name, what the page calls it in each language, what people do."""
    called = (field.name, field.label, *(say(language, field.label) for language in LANGUAGES))
    return (*map(_plain, called), *field.headings)


def _plain(heading: str) -> str:
    return " ".join(folded(heading).replace("_", " ").replace("-", " ").split())


ID = _field("id", N_("Identifier"), "identifiant", "id externe", "external id", "code", "ref", "reference", "uid", "n°", "numero", "number")
LANGUAGE = _field("language", N_("Language"), "langue", "lang", "locale")
ON = _field("on", N_("Date"), "jour", "day", "depuis", "since", "created at", "published at", "date de publication", "date d'effet", "le")
PUBLIC = _field("public", N_("Public"), "publique", "visible", "visibilite")
NOTE = _field("note", N_("Note"), "notes", "remarque", "remarques", "commentaire", "details", "description")
ACTOR = _field(
    "actor", N_("Actor"), "acteur", "etat", "state", "pays", "country", "organisation", "organization", "institution", "backer", "soutien"
)
PROPOSAL = _field("proposal", N_("Proposal"), "proposition", "proposal id", "proposalid", "id proposition", "commentable id", needed=True)
SOURCE = (
    _field("source_url", N_("Address of the source"), "source", "url source", "source url", "url", "lien", "link", "adresse"),
    _field("source_title", N_("Title of the source"), "titre de la source", "nom de la source", "source name"),
    _field("quote", N_("Quotation"), "citation", "quote", "extrait", "verbatim"),
)
FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.PROPOSAL: (
        ID,
        _field("title", N_("Title"), "titre", "intitule", "nom", "name", needed=True),
        _field("summary", N_("Summary"), "resume", "chapeau", "abstract", "en bref"),
        _field("body", N_("Text"), "texte", "corps", "contenu", "content", "body", "description", "proposition"),
        LANGUAGE,
        _field("level", N_("Level"), "niveau", "echelon", "echelle", "scope"),
        _field("themes", N_("Themes"), "theme", "thematique", "thematiques", "category", "categorie", "categories", "tags"),
        _field("instrument", N_("Instrument"), "type d'acte", "acte"),
        _field("procedure", N_("EU procedure"), "procedure europeenne", "procedure ue", "reference de procedure"),
        _field("stage", N_("Stage"), "stade", "statut", "status", "etat d'avancement", "state"),
        ON,
        _field("reason", N_("Reason"), "raison", "motif"),
        PUBLIC,
        *SOURCE,
    ),
    Kind.ACTOR: (
        ID,
        _field("name", N_("Name"), "nom", "acteur", "actor", "organisation", "organization", "title", "titre"),
        _field("name_en", N_("Name in English"), "nom anglais", "nom en anglais", "english name", "name (en)", "name en"),
        _field("name_fr", N_("Name in French"), "nom francais", "nom en francais", "french name", "nom (fr)", "name fr"),
        _field("kind", N_("Kind"), "type", "sorte", "categorie", "category", "nature", needed=True),
        _field("code", N_("Code"), "sigle", "iso", "abreviation", "abbreviation", "acronyme", "acronym"),
        _field("size", N_("How many they are"), "taille", "nombre", "effectif", "membres", "members", "size"),
        _field("part_of", N_("Part of"), "fait partie de", "rattachement", "parent", "membre de"),
        _field("since", N_("Since"), "depuis", "debut", "creation", "since", "start"),
        _field("until", N_("Until"), "jusqu'a", "fin", "end"),
        NOTE,
    ),
    Kind.POSITION: (
        ID, PROPOSAL,
        Field("actor", ACTOR.label, ACTOR.headings, needed=True),
        _field("stance", N_("Position"), "avis", "stance", "vote", "soutient", needed=True),
        ON, NOTE, PUBLIC, *SOURCE,
    ),
    Kind.ENTRY: (
        ID,
        _field("title", N_("What happened"), "titre", "title", "evenement", "event", "intitule", "nom", "objet", needed=True),
        _field("kind", N_("Kind"), "type", "sorte", "nature", needed=True),
        _field("family", N_("Family"), "famille"),
        _field("state", N_("State"), "etat", "statut", "status", "realise"),
        ON,
        _field("proposals", N_("Proposals it concerns"), "proposition", "propositions", "proposal"),
        _field("leads", N_("Perhaps concerns"), "pistes", "piste", "leads", "lead"),
        ACTOR, NOTE,
        _field("outcome", N_("What came of it"), "resultat", "suite", "issue", "outcome", "result"),
        PUBLIC, *SOURCE,
    ),
    Kind.COMMENT: (
        ID, PROPOSAL,
        _field("body", N_("Comment"), "commentaire", "texte", "text", "body", "message", "contenu", "content", needed=True),
        _field("parent", N_("In answer to"), "parent id", "parentid", "reponse a", "en reponse a", "reply to", "in reply to"),
        _field("author", N_("Author"), "auteur", "autrice", "user", "nom", "name"),
        ON,
        _field("url", N_("Address"), "adresse", "lien", "link", "permalink"),
        PUBLIC,
    ),
}  # fmt: skip
NAMES: dict[Kind, str] = {
    Kind.PROPOSAL: N_("Proposals"),
    Kind.ACTOR: N_("Actors"),
    Kind.POSITION: N_("Positions"),
    Kind.ENTRY: N_("Events on the timeline"),
    Kind.COMMENT: N_("Comments"),
}


def guessed(kind: Kind, headings: list[str]) -> dict[str, str]:
    """By heading the field it is likely to be: the nearest name first, each field once."""
    found: dict[str, str] = {}
    plain = {heading: _plain(heading) for heading in headings}
    ranks = max(len(_headings(field)) for field in FIELDS[kind])
    for rank in range(ranks):
        for field in FIELDS[kind]:
            if rank < len(_headings(field)) and field.name not in found.values():
                named = next((heading for heading in headings if heading not in found and plain[heading] == _headings(field)[rank]), None)
                if named is not None:
                    found[named] = field.name
    return found


def likely(headings: list[str]) -> Kind:
    """What the lines of a table with these columns seem to be: the kind that finds what it needs, and most besides."""

    def fit(kind: Kind) -> tuple[int, int]:
        found = set(guessed(kind, headings).values())
        missing = sum(1 for field in FIELDS[kind] if field.needed and field.name not in found)
        return -missing, len(found)

    return max(FIELDS, key=fit)

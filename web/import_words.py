"""How an import and what becomes of its rows are told."""

from collections.abc import Mapping
from typing import Any

from models.imports import Kind
from relais.i18n import counted, say
from relais.imports.fields import FIELDS, Field
from relais.imports.judging import Judged
from relais.imports.previews import named
from relais.imports.readers import READERS

LABELS = {(kind.value, field.name): field.label for kind, fields in FIELDS.items() for field in fields}


class ImportWords:
    def __init__(self, language: str) -> None:
        self.language = language

    def form(self, name: str) -> str:
        """What kind of file it is."""
        return say(self.language, READERS[name].name)

    def verdict(self, name: str, many: int) -> str:
        """How many rows became what."""
        match name:
            case "known":
                return counted(self.language, "%(n)s row known already", "%(n)s rows known already", many)
            case "differs":
                return counted(
                    self.language,
                    "%(n)s row known already, which says something else now: left as it is",
                    "%(n)s rows known already, which say something else now: left as they are",
                    many,
                )
        return counted(self.language, "%(n)s row refused", "%(n)s rows refused", many)

    def records(self, kind: str, many: int) -> str:
        match Kind(kind):
            case Kind.PROPOSAL:
                return counted(self.language, "%(n)s proposal", "%(n)s proposals", many)
            case Kind.ACTOR:
                return counted(self.language, "%(n)s actor", "%(n)s actors", many)
            case Kind.POSITION:
                return counted(self.language, "%(n)s position", "%(n)s positions", many)
            case Kind.ENTRY:
                return counted(self.language, "%(n)s event", "%(n)s events", many)
            case Kind.COMMENT:
                return counted(self.language, "%(n)s comment", "%(n)s comments", many)
        return counted(self.language, "%(n)s source", "%(n)s sources", many)

    def counts(self, counts: Mapping[str, int]) -> list[str]:
        """The verdicts there are, the new ones by what they are."""
        new = [self.records(kind.value, counts[kind.value]) for kind in Kind if counts.get(kind.value)]
        others = [self.verdict(name, counts[name]) for name in ("known", "differs", "refused") if counts.get(name)]
        return new + others

    def label(self, kind: str, column: str) -> str:
        """A field by the name it has among the columns of a table of that kind."""
        return say(self.language, LABELS[kind, column]) if (kind, column) in LABELS else column

    def label_of(self, field: Field) -> str:
        return say(self.language, field.label) + (" *" if field.needed else "")

    def why(self, message: str, values: Mapping[str, Any]) -> str:
        return say(self.language, message, **values)

    def row(self, one: Judged) -> str:
        return named(one, self.language)

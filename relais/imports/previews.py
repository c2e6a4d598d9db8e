"""What applying a file would do, or has done, in numbers and with the first of what it would make."""

from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from models.imports import Kind
from relais.imports.judging import Judged, Verdict
from relais.imports.rows import Refusal

SHOWN = 50  # refusals, and rows of each kind, that are told
# How long new rows take to be written on a quiet machine, in seconds each (docs/imports.md tells what was measured).
TAKES: dict[Kind, float] = {Kind.PROPOSAL: 0.02}
TAKES_ELSE = 0.007


@dataclass
class Preview:
    """How many rows get which verdict, how many of what are new, and the first of each."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    new: Counter[Kind] = field(default_factory=Counter)
    first: list[Judged] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def take(self, one: Judged) -> None:
        self.verdicts[one.verdict] += 1
        if one.verdict is Verdict.NEW and one.row:
            self.new[one.row.kind] += 1
            if self.new[one.row.kind] <= SHOWN:
                self.first.append(one)
        if len(self.refused) < SHOWN:
            self.refused += one.why

    @property
    def seconds(self) -> int:
        """About how long it takes to write what is new."""
        return ceil(sum(TAKES.get(kind, TAKES_ELSE) * many for kind, many in self.new.items()))

    @property
    def counts(self) -> dict[str, Any]:
        """The same to be kept."""
        return {verdict.value: self.verdicts[verdict] for verdict in Verdict} | {kind.value: many for kind, many in self.new.items()}


def named(one: Judged, language: str) -> str:
    """A row in a few words: what it is called, or what it says of what."""
    form = one.form
    match one.row.kind if one.row else None:
        case Kind.PROPOSAL | Kind.SOURCE:
            return str(form.title)
        case Kind.ACTOR:
            return str(getattr(form, f"name_{language}"))
        case Kind.POSITION:
            return f"{form.actor} – {form.proposal}"
        case Kind.ENTRY:
            return str(form.title_fr or form.title_en)
    return " ".join(str(form.body).split())[:120]

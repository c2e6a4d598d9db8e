"""Rows become records, through the verbs everybody else uses."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlmodel import Session

from models import Actor, Comment, Group, Import, Imported, Person, Proposal, Source
from models.imports import Kind
from relais import actors, comments, entries, i18n, positions, proposals, sources, texts
from relais.comments import CommentForm
from relais.entries import EntryForm
from relais.errors import Refused
from relais.imports.forms import ActorRow, CommentRow, EntryRow, PositionRow, ProposalRow, SourceRow
from relais.imports.judging import chain, printed
from relais.imports.known import Known
from relais.imports.rows import Row
from relais.positions import PositionForm
from relais.proposals import FactsForm, ProposalForm
from relais.sources import CitationForm, SourceForm
from relais.texts import TextForm

# What would name a member of the group: those who spoke elsewhere meant somebody else.
NAMING = re.compile(r"(?<!\w)@(?=[\w\"“])|@(?=\{)")


class Failed(Refused):
    """A row was refused only while it was written, at the place `where`: nothing of the file is kept."""

    def __init__(self, where: str, no: Refused) -> None:
        super().__init__(no.message, no.field, **no.values)
        self.where = where


@dataclass
class Maker:
    """Makes what is new in the unit of work of an import, and remembers which row it came from."""

    session: Session
    brought: Import
    group: Group
    known: Known
    by: Person
    now: datetime
    numbers: Any = field(default_factory=lambda: count(1))

    def __call__(self, row: Row, form: Any) -> int:
        try:
            record_id = MAKERS[row.kind](self, form)
        except Refused as no:
            raise Failed(row.where, no) from no
        remembered: dict[str, Any] = {"kind": row.kind.value, "external_id": row.external_id, "record_id": record_id, "print": printed(row)}
        self.session.add(Imported(group_id=self.group.id, origin=self.brought.origin, import_id=self.brought.id, **remembered))
        return record_id

    @property
    def act(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}

    def source(self, form: SourceRow) -> int:
        slug = self.known.free(Kind.SOURCE, form.slug, form.title)
        return sources.add(self.session, SourceForm(**_without(form, "slug")), slug=slug, **self.act).id

    def actor(self, form: ActorRow) -> int:
        slug = self.known.free(Kind.ACTOR, form.slug, form.name_fr)
        whole = self._get(Actor, Kind.ACTOR, form.part_of).slug if form.part_of else ""
        facts = actors.ActorForm(**_without(form, "slug", "names") | {"part_of": whole})
        return actors.add(self.session, slug, facts, names=form.names, **self.act).id

    def proposal(self, form: ProposalRow) -> int:
        """With its words in every language, and its moves."""
        slug = self.known.free(Kind.PROPOSAL, form.slug, form.title)
        first, *later = [step.model_copy(update={"citations": self._cited(step.citations)}) for step in chain(form)]
        origin = self._get(Source, Kind.SOURCE, form.origin).slug if form.origin else ""
        facts = {name: getattr(form, name) for name in ("level", "instrument_fr", "instrument_en", "procedure", "rank")}
        themes = sorted({self.known.theme(name) or name for name in form.themes})
        public = self.brought.public if form.public is None else form.public
        added = ProposalForm(
            slug=slug,
            original_language=form.language,
            facts=FactsForm(**facts, themes=themes, origin=origin, public=public),
            text=TextForm(title=form.title, summary=form.summary, body=form.body),
            first=first,
        )
        proposal = proposals.add(self.session, added, group=self.group, **self.act)
        for tongue, words in form.translations.items():
            if tongue != form.language:
                texts.save(self.session, proposal, tongue, words, base=0, **self.act)
        for step in later:
            proposals.move(self.session, proposal, step, version=proposal.version, **self.act)
        if proposal.stage.ended:
            self.known.ended.add(proposal.id)
        return proposal.id

    def position(self, form: PositionRow) -> int:
        proposal = self._get(Proposal, Kind.PROPOSAL, form.proposal)
        actor = self._get(Actor, Kind.ACTOR, form.actor).slug
        said = PositionForm(**_without(form, "proposal") | {"actor": actor, "citations": self._cited(form.citations)})
        return positions.record(self.session, proposal, said, **self.act).id

    def entry(self, form: EntryRow) -> int:
        concerns = [self._get(Proposal, Kind.PROPOSAL, name) for name in dict.fromkeys(form.proposals)]
        leads = [self._get(Proposal, Kind.PROPOSAL, name) for name in dict.fromkeys(form.leads)]
        actor = self._get(Actor, Kind.ACTOR, form.actor).slug if form.actor else ""
        told = EntryForm(**_without(form, "proposals", "leads", "key") | {"actor": actor, "citations": self._cited(form.citations)})
        key = form.key or f"i{self.brought.id}-{next(self.numbers)}"
        perhaps = [one for one in leads if one not in concerns]
        group_id = None if form.public else self.group.id
        return entries.add(self.session, told, concerns=concerns, leads=perhaps, group_id=group_id, key=key, **self.act).id

    def comment(self, form: CommentRow) -> int:
        """Said by whoever imports it, who says whose words they are. What answers a group-only comment stays in the group too."""
        proposal = self._get(Proposal, Kind.PROPOSAL, form.proposal)
        parent = self._get(Comment, Kind.COMMENT, form.parent) if form.parent else None
        public = form.public and (parent is None or parent.public)
        body = NAMING.sub("@\N{WORD JOINER}", f"{form.body}\n\n{self._whose(form)}")
        said = CommentForm(body=body, public=public, parent=parent.id if parent else None)
        return comments.post(self.session, proposal, said, **self.act).id

    def _whose(self, form: CommentRow) -> str:
        tongue = self.brought.language if self.brought.language in i18n.LANGUAGES else "en"
        day = i18n.partial(form.on, tongue) if form.on.on else ""
        return f"— {', '.join(filter(None, (self.brought.origin, form.author, day, form.url)))}"

    def _cited(self, forms: list[CitationForm]) -> list[CitationForm]:
        """Citations that name their source by the slug it has here."""
        return [one.model_copy(update={"source": self._get(Source, Kind.SOURCE, one.source).slug}) if one.source else one for one in forms]

    def _get(self, table: Any, kind: Kind, name: str) -> Any:
        return self.session.get_one(table, self.known.find(kind, name))


def _without(form: Any, *names: str) -> dict[str, Any]:
    """What a form holds but these, as it was checked: dates and citations stay what they are."""
    return {name: getattr(form, name) for name in type(form).model_fields if name not in names}


MAKERS: dict[Kind, Callable[[Maker, Any], int]] = {
    Kind.SOURCE: Maker.source,
    Kind.ACTOR: Maker.actor,
    Kind.PROPOSAL: Maker.proposal,
    Kind.POSITION: Maker.position,
    Kind.ENTRY: Maker.entry,
    Kind.COMMENT: Maker.comment,
}

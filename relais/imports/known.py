"""What the rows of a file may point to: other rows of it and of its origin, by their ids there, and what is in the record already."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlmodel import Session, col

from models import Actor, Comment, Entry, Group, Imported, Proposal, Source, Theme
from models.imports import Kind
from relais.db import columns
from relais.sources import slug_of
from relais.wording import folded


@dataclass
class Known:
    """Record ids by the name they are pointed to with. An id below nothing is one that would be made: a preview makes none.

    `remembered` holds the record and the print of what this origin brought before, `slugs` the addresses that are taken, `discussed` the
    proposal of each comment.
    """

    remembered: dict[tuple[Kind, str], tuple[int, str]] = field(default_factory=dict)
    named: dict[Kind, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    slugs: dict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))
    themes: dict[str, str] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    discussed: dict[int, int] = field(default_factory=dict)
    by_id: dict[tuple[Kind, str], int] = field(default_factory=dict)
    procedures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def find(self, kind: Kind, name: str) -> int | None:
        """The record a row points to: by its id in the file first, then as the house names it."""
        found = self.by_id.get((kind, name))
        return found if found is not None else self.named[kind].get(folded(name) if kind is Kind.ACTOR else name)

    def following(self, names: list[str]) -> list[str]:
        """These names of proposals, with every proposal that follows it in place of the reference of an EU procedure."""
        return [slug for name in names for slug in self.procedures.get(name, [name])]

    def theme(self, name: str) -> str | None:
        """The slug of a theme called by it or by one of its names."""
        return self.themes.get(folded(name))

    def keep(self, kind: Kind, external_id: str, record_id: int) -> None:
        self.by_id[kind, external_id] = record_id

    def free(self, kind: Kind, wanted: str, words: str) -> str:
        """An address nothing of this kind has yet, taken from now on: the wanted one, or one made of the words."""
        taken = self.slugs[kind]
        stem = wanted or slug_of(words, 70)
        slug = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken and one != "new")
        taken.add(slug)
        return slug


def known(session: Session, group: Group, origin: str) -> Known:
    """In a fixed number of queries. Proposals are those of the group: on others an import writes nothing."""
    found = Known()
    mine = columns(Imported.kind, Imported.external_id, Imported.record_id, Imported.print)
    for row in session.execute(mine.where(col(Imported.group_id) == group.id, col(Imported.origin) == origin)):
        kind = Kind(row.kind)
        found.remembered[kind, row.external_id] = row.record_id, row.print
        found.by_id[kind, row.external_id] = row.record_id
    talk = columns(Comment.id, Comment.proposal_id).join(Imported, col(Imported.record_id) == col(Comment.id))
    ours = (col(Imported.kind) == Kind.COMMENT.value, col(Imported.group_id) == group.id, col(Imported.origin) == origin)
    found.discussed = dict(map(tuple, session.execute(talk.where(*ours))))
    for row in session.execute(columns(Proposal.id, Proposal.slug, Proposal.group_id, Proposal.stage, Proposal.procedure)):
        found.slugs[Kind.PROPOSAL].add(row.slug)
        if row.group_id == group.id:
            found.named[Kind.PROPOSAL][row.slug] = row.id
            if row.procedure:
                found.procedures[row.procedure].append(row.slug)
            if row.stage.ended:
                found.ended.add(row.id)
    _actors(session, found)
    _sources(session, found)
    found.named[Kind.ENTRY] = dict(map(tuple, session.execute(columns(Entry.key, Entry.id))))
    for theme in session.execute(columns(Theme.slug, Theme.name_fr, Theme.name_en)):
        found.themes |= {folded(name): theme.slug for name in (theme.name_fr, theme.name_en, theme.slug)}
    return found


def _actors(session: Session, found: Known) -> None:
    """By slug, code, and name in any language; a name that two have names neither."""
    names: dict[str, set[int]] = defaultdict(set)
    for row in session.execute(columns(Actor.id, Actor.slug, Actor.code, Actor.names)):
        found.slugs[Kind.ACTOR].add(row.slug)
        for name in {folded(str(name)) for name in row.names.values()}:
            names[name].add(row.id)
        found.named[Kind.ACTOR] |= {folded(name): row.id for name in (row.slug, row.code) if name}
    for name, ids in names.items():
        if len(ids) == 1:
            found.named[Kind.ACTOR].setdefault(name, min(ids))


def _sources(session: Session, found: Known) -> None:
    for row in session.execute(columns(Source.id, Source.slug, Source.url)):
        found.slugs[Kind.SOURCE].add(row.slug)
        found.named[Kind.SOURCE] |= {name: row.id for name in (row.slug, row.url) if name}

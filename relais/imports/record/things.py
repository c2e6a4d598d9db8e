"""What the rest of a document names: groups, themes, sources, actors, figures of people, presidencies."""

from itertools import groupby
from typing import Any

from models import Actor, Group, Population, Presidency, Source, Theme
from relais import actors, groups, populations, presidencies, sources
from relais.actors import ActorForm
from relais.db import columns
from relais.errors import Invalid
from relais.export import shapes
from relais.export.schema import Export
from relais.form import UNTYPED
from relais.groups import GroupForm
from relais.i18n import N_
from relais.imports.record.putting import Putting, at, day, pair
from relais.populations import PopulationsForm
from relais.presidencies import PresidencyForm
from relais.sources import SourceForm, checks
from relais.sources.checks import CheckForm


def put(it: Putting, document: Export) -> None:
    def of(one: Any) -> str:
        return str(one.slug)

    it.missing("groups", Group.slug, document.groups, of, lambda one: _group(it, one))
    it.missing("themes", Theme.slug, document.themes, of, lambda one: _theme(it, one))
    it.missing("sources", Source.slug, document.sources, of, lambda one: _source(it, one))
    _actors(it, document.actors)
    years = [(year, list(rows)) for year, rows in groupby(document.populations, key=lambda one: one.year)]
    it.missing("populations", Population.year, years, lambda one: one[0], lambda one: _people(it, *one))
    it.missing("presidencies", Presidency.slug, document.presidencies, of, lambda one: _presidency(it, one))


def _group(it: Putting, group: shapes.Group) -> None:
    groups.found(it.session, GroupForm(slug=group.slug, **pair("name", group.name), **pair("description", group.description)), **it.act)


def _theme(it: Putting, theme: shapes.Theme) -> None:
    checked = GroupForm(slug=theme.slug, **pair("name", theme.name))
    it.session.add(Theme(slug=checked.slug, name_fr=checked.name_fr, name_en=checked.name_en))
    it.session.flush()


def _source(it: Putting, source: shapes.Source) -> None:
    facts = source.model_dump(include={"title", "publisher", "language", "url", "retrieved_on"})
    form = SourceForm(published=day(source.published), **pair("note", source.note), **facts)
    row = sources.add(it.session, form, slug=source.slug, **it.act)
    for check in source.checks:
        checks.record(it.session, row, CheckForm(**check.model_dump()), today=it.now.date(), **it.act)


def _actors(it: Putting, told: list[shapes.Actor]) -> None:
    """In their order; what one belongs to may come after it."""
    ids: dict[str, int] = dict(tuple(row) for row in it.session.execute(columns(Actor.slug, Actor.id)))
    later: list[shapes.Actor] = []

    def add(actor: shapes.Actor) -> None:
        if UNTYPED.search("".join(actor.names.values())) or not {"fr", "en"} <= set(actor.names):
            raise Invalid(N_("It needs a name in French and in English"))
        facts = actor.model_dump(include={"kind", "code", "size", "since", "until"}) | pair("note", actor.note)
        whole = actor.part_of if actor.part_of in ids else None
        if actor.part_of != whole:
            later.append(actor)
        form = ActorForm(name_fr=actor.names["fr"], name_en=actor.names["en"], part_of=whole or "", **facts)
        ids[actor.slug] = actors.add(it.session, actor.slug, form, names=actor.names, **it.act).id

    it.missing("actors", Actor.slug, told, lambda one: one.slug, add)
    for actor in later:
        with at(f"actors/{actor.slug}"):
            if actor.part_of not in ids:
                raise Invalid(N_("There is no “%(name)s”"), name=str(actor.part_of))
            it.session.get_one(Actor, ids[actor.slug]).part_of_id = ids[actor.part_of]


def _people(it: Putting, year: int, rows: list[shapes.Population]) -> None:
    if len({row.source for row in rows}) > 1:
        raise Invalid(N_("The figures of a year have one source"))
    form = PopulationsForm(year=year, source=rows[0].source, people={row.state: row.people for row in rows})
    populations.add(it.session, form, **it.act)


def _presidency(it: Putting, term: shapes.Presidency) -> None:
    it.left["packets"] += len(term.packets)
    facts = {"slug": term.slug, "state": term.state, "starts": term.starts_on, "ends": term.ends_on, "trio": term.trio}
    based = {"legal_basis": term.legal_basis, "known_on": term.known_on, **pair("note", term.note)}
    presidencies.add(it.session, PresidencyForm.model_validate(facts | based), now=it.now)

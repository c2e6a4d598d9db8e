"""Proposals: listed, shown, added, and their facts changed."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import StringConstraints

from models import Group
from models.partial_date import UNDATED
from models.proposal import FIRST, Level, Stage
from relais import access, choices, groups, proposals, topics
from relais.errors import Invalid, Stale
from relais.form import Slug, When
from relais.i18n import said
from relais.proposals import Facts, FactsForm, MoveForm, ProposalForm, dossier, themes
from relais.relay import Filters
from relais.sources import CitationForm, slug_of
from relais.texts import TextForm
from relais.words import Words
from web import article, discussion, listed, next_steps, saves
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.marked import marked
from web.place import Asked, Place, edited, onward
from web.proposal_words import ProposalWords
from web.render import page
from web.told import so_far

routes = APIRouter(prefix="/{language}/proposals")


class NewForm(FactsForm):
    """A new proposal as one page asks for it; where the address is left empty it is made from the title."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    slug: Slug | None = None
    group: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    summary: Annotated[str, StringConstraints(max_length=2000)] = ""
    body: Annotated[str, StringConstraints(max_length=100_000)] = ""
    original_language: Annotated[str, StringConstraints(pattern=r"^(fr|en)$")] = "fr"
    to: Stage = Stage.DRAFTED
    on: When = UNDATED
    citations: list[CitationForm] = []

    def proposal(self) -> ProposalForm:
        return ProposalForm(
            slug=self.slug or slug_of(self.title, 80),
            original_language=self.original_language,
            facts=FactsForm(**self.model_dump(include=set(FactsForm.model_fields))),
            text=TextForm(**self.model_dump(include={"title", "summary", "body"})),
            first=MoveForm(to=self.to, on=self.on, citations=self.citations),
        )


@routes.get("")
@looking
def index(
    desk: Desk,
    q: str = "",
    group: str = "",
    theme: str = "",
    stage: str = "",
    level: str = "",
    number: Annotated[str, Query(alias="page")] = "",
) -> Response:
    filters = Filters(group, theme, "", stage if stage in set(Stage) else "", level if level in set(Level) else "")
    words = q.strip()[:200]
    list_page = listed.of(desk, filters, words, _number(number))
    shown: dict[str, Any] = {"filters": filters, "words": words, "topic": topics.narrowed(filters, words)}
    return page(desk, "proposals/index.html", found=list_page.found, choices=list_page.choices, **shown)


@routes.get("/new")
@looking
def new(desk: Desk, group: str = "") -> Response:
    desk.must_be_signed_in()
    access.any_editor(desk.reader)
    return _new(desk, Posted(desk.language, {"group": group, "original_language": desk.language}))


@routes.post("/new")
@acting
def create(desk: Desk, form: Posted[NewForm] = posted(NewForm)) -> Response:
    desk.must_be_signed_in()
    by = access.any_editor(desk.reader)
    if not form.errors:
        with form.trying(desk.session):
            proposal = proposals.add(desk.session, form.form.proposal(), group=_group(desk, form.form), by=by, now=desk.now)
    return _new(desk, form, 422) if form.errors else onward(desk, f"/proposals/{proposal.slug}")


@routes.get("/{slug}")
@looking
def show(desk: Desk, slug: str, saved: Asked = 0) -> Response:
    """The proposal; `saved` is the revision its editor comes from having saved."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    said, found = discussion.of(desk, proposal), article.of(desk, proposal)
    shown: dict[str, Any] = {"article": found, "discussion": said}
    shown["saved"] = saves.told(desk, proposal, found.language, saved) if saved and desk.reader.may_edit(proposal) else None
    shown["marked"] = marked(desk, proposal, found, said.talks)
    shown |= so_far(desk, proposal) | {"told": ProposalWords(desk.language)}
    shown["steps"] = next_steps.of(desk, proposal)
    return page(desk, "proposals/show.html", proposal=proposal, **shown)


@routes.get("/{slug}/facts")
@looking
def facts(desk: Desk, slug: str) -> Response:
    place = edited(desk, slug)
    return _facts(desk, place, Posted(desk.language, dossier.facts(desk.session, place.proposal)), version=place.proposal.version)


@routes.post("/{slug}/facts")
@acting
def change(desk: Desk, slug: str, form: Posted[Facts] = posted(Facts, "version")) -> Response:
    place = edited(desk, slug)
    version = form.numbers.get("version", 0)
    if not form.errors:
        try:
            with form.trying(desk.session):
                proposals.change(desk.session, place.proposal, form.form, version=version, by=place.by, now=desk.now)
        except Stale as stale:
            theirs = dossier.facts(desk.session, stale.current)
            return _facts(desk, place, form, 409, version=stale.current.version, theirs=theirs)
    return _facts(desk, place, form, 422, version=version) if form.errors else onward(desk, place.path)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _group(desk: Desk, form: NewForm) -> Group:
    """The group chosen, of those this person edits in."""
    group = next((group for group in _edited_groups(desk) if group.slug == form.group), None)
    if group is None:
        raise Invalid("Choose one from the list", field="group")
    return group


def _edited_groups(desk: Desk) -> list[Group]:
    return [group for group in groups.every(desk.session) if (role := desk.reader.roles.get(group.id)) and role.may_edit]


def _new(desk: Desk, form: Posted[Any], status: int = 200) -> Response:
    told = Words(desk.language)
    mine = [(group.slug, said(group, "name", desk.language)[0]) for group in _edited_groups(desk)]
    stages = [(stage.value, told.word(stage), told.definition(stage)) for stage in Stage if stage in FIRST]
    return page(desk, "proposals/new.html", status, form=form, group_choices=mine, stage_options=stages, **_offered(desk))


def _facts(desk: Desk, place: Place, form: Posted[Any], status: int = 200, **shown: Any) -> Response:
    return page(desk, "proposals/facts.html", status, place=place, form=form, **({"theirs": None} | shown | _offered(desk)))


def _offered(desk: Desk) -> dict[str, Any]:
    """What the facts are chosen from."""
    levels = {level.value: Words(desk.language).word(level) for level in Level}
    return {"themes": themes.choices(desk.session, desk.language).themes, "sources": choices.sources(desk.session), "word_of": levels}

"""Translations beside their original: read, said to be still right, and listed for the group that has to keep them."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models.text import FIELDS, Tongue
from relais import access, groups, proposals, texts
from relais.errors import Missing, Stale
from relais.markdown import blocks
from relais.texts import TextForm, translation
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import edited, onward, title_of
from web.proposal_words import ProposalWords
from web.render import page
from web.texts import changes, conflict_page, form_page, text_page

routes = APIRouter(prefix="/{language}")
PATH = "/proposals/{slug}/texts/{tongue}"


@routes.get("/groups/{slug}/translations")
@looking
def index(desk: Desk, slug: str) -> Response:
    """What its members have to translate, the longest waiting first."""
    group = groups.find(desk.session, slug)
    desk.must_be_signed_in()
    access.insider(desk.reader, group)
    found = translation.wanted(desk.session, desk.reader, desk.language, group)
    may_edit = desk.reader.roles[group.id].may_edit
    return page(desk, "translations/index.html", group=group, found=found, may_edit=may_edit, told=ProposalWords(desk.language))


@routes.get(PATH + "/beside")
@looking
def show(desk: Desk, slug: str, tongue: Tongue) -> Response:
    """A translation beside its original, field by field; their paragraphs side by side where there are as many in both."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    source, text = (texts.of(desk.session, proposal, which) for which in (proposal.original_language, tongue))
    if source is None or text is None or source is text:
        raise Missing
    behind = texts.behind(desk.session, proposal, text)
    left, right = blocks(source.body), blocks(text.body)
    pairs = list(zip(left, right, strict=True)) if len(left) == len(right) else [("".join(left), "".join(right))]
    shown: dict[str, Any] = {"source": source, "text": text, "behind": behind, "changes": changes(desk, proposal, behind), "pairs": pairs}
    return text_page(desk, "translations/show.html", proposal=proposal, title=title_of(desk, proposal), fields=FIELDS, **shown)


@routes.post(PATH + "/confirmation")
@acting
def confirm(desk: Desk, slug: str, tongue: Tongue, form: Posted[TextForm] = posted(TextForm, "base", "source")) -> Response:
    """Still right as it is: the same words, made from the original as it now stands."""
    place = edited(desk, slug)
    base, source = (form.numbers.get(name, 0) for name in ("base", "source"))
    if not form.errors:
        asked = form.form.model_copy(update={"minor": True, "note": form.form.note or translation.checked(desk.language, source)})
        try:
            with form.trying(desk.session):
                translation.confirm(desk.session, place.proposal, tongue, asked, base=base, source=source, by=place.by, now=desk.now)
        except Stale as stale:
            return conflict_page(desk, place, tongue, form, stale, base)
    if form.errors:
        return form_page(desk, place, tongue, form, 422, base=base)
    return onward(desk, f"{place.path}#text" if tongue == desk.language else f"{place.path}/texts/{tongue}/beside")

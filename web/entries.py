"""Entries: added to the timeline, corrected by a new row, and leads checked."""

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field, model_validator

from models import Actor, Comment, Entry, EntryProposal
from models.entry import KINDS, EntryKind, Family
from relais import choices, comments, entries, legs, words
from relais.comments import mentions
from relais.entries import EntryForm, LeadForm
from relais.errors import Invalid, Missing
from relais.i18n import say
from relais.rendered import excerpt
from relais.rendered import words as read
from relais.settings import BRUSSELS
from relais.sources import claims
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Place, edited, for_editor, onward
from web.record import record_page, typed
from web.render import answer

routes = APIRouter(prefix="/{language}")


class EntryTyped(EntryForm):
    """On the page family and kind are one choice, `advocacy/meeting`; `also` are other proposals it concerns,
    `comment` is what it is made from."""

    also: list[str] = []
    comment: Annotated[int, Field(gt=0, lt=2**31)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _family_of_kind(cls, values: Any) -> Any:
        family, slash, kind = str(values.get("kind", "")).partition("/")
        return values | {"family": family, "kind": kind} if slash else {"family": "institutional"} | values


@routes.get("/proposals/{slug}/entries/new")
@looking
def new(desk: Desk, slug: str, comment: str = "") -> Response:
    """The form of a new entry; `comment` names the one it is made from, whose words it begins with."""
    place = edited(desk, slug)
    said = _comment(desk, place, int(comment)) if comment.isascii() and comment.isdigit() and len(comment) < 10 else None
    return _form(desk, place, Posted(desk.language, _from(desk, said) if said else {}))


@routes.post("/proposals/{slug}/entries/new")
@acting
def create(desk: Desk, slug: str, form: Posted[EntryTyped] = posted(EntryTyped)) -> Response:
    place = edited(desk, slug)
    if not form.errors:
        with form.trying(desk.session):
            entry = _add(desk, place, form.form)
    return _form(desk, place, form, 422) if form.errors else onward(desk, f"{place.path}#e{entry.id}")


@routes.get("/entries/{key}/edit")
@looking
def edit(desk: Desk, key: str) -> Response:
    old, place = found(desk, key)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return onward(desk, f"/entries/{now.key}/edit")
    return _form(desk, place, Posted(desk.language, _contact(desk, old) | typed(old, desk.language)), old=old)


@routes.post("/entries/{key}/edit")
@acting
def update(desk: Desk, key: str, form: Posted[EntryTyped] = posted(EntryTyped)) -> Response:
    old, place = found(desk, key)
    now = claims.standing(desk.session, old)
    if now.id != old.id:
        return _form(desk, place, form, 409, old=now, stale=True)
    if not form.errors:
        with form.trying(desk.session):
            entry = entries.correct(desk.session, old, form.form, by=place.by, now=desk.now)
    return _form(desk, place, form, 422, old=old) if form.errors else onward(desk, _seen(desk, place, entry))


@routes.post("/proposals/{slug}/entries/{key}/checks")
@acting
def check(desk: Desk, slug: str, key: str, form: Posted[LeadForm] = posted(LeadForm)) -> Response:
    place = edited(desk, slug)
    entry, _ = claims.entry(desk.session, key, desk.reader)
    if form.errors:
        raise Invalid("Choose one from the list", field="verdict")
    entry = claims.standing(desk.session, entry)
    link = entries.check_lead(desk.session, place.proposal, entry, confirmed=form.form.confirmed, by=place.by, now=desk.now)
    shown = {"proposal": place.proposal, "entry": entry, "lead": False, "rejected": link.rejected}
    return answer(desk, "entries/_checks.html", to=f"{place.path}#e{entry.id}", **shown)


def found(desk: Desk, key: str) -> tuple[Entry, Place]:
    """An entry, at the first proposal it concerns that the reader edits; who edits none of them is refused as for a proposal."""
    entry, concerned = claims.entry(desk.session, key, desk.reader)
    mine = [proposal for proposal in concerned if desk.reader.may_edit(proposal)]
    seen = [proposal for proposal in concerned if desk.reader.in_group(proposal.group_id)]
    return entry, for_editor(desk, (mine or seen or concerned)[0])


def _seen(desk: Desk, place: Place, entry: Entry) -> str:
    """Where an entry is seen: a contact with the ask it was for, anything else on the timeline."""
    presidency = desk.session.get_one(EntryProposal, (entry.id, place.proposal.id)).presidency
    asked = presidency is not None and presidency in legs.planned(desk.session, place.proposal)
    return f"{place.path}{f'/legs/{presidency}' if asked else ''}#e{entry.id}"


def _add(desk: Desk, place: Place, form: EntryTyped) -> Entry:
    about = [place.proposal, *choices.also(desk.session, desk.reader, form.also, but=place.proposal)]
    surely, perhaps = ([], about) if form.lead else (about, [])
    comment_id = _comment(desk, place, form.comment).id if form.comment else None
    how: dict[str, Any] = {"group_id": place.proposal.group_id, "comment_id": comment_id, "by": place.by, "now": desk.now}
    return entries.add(desk.session, form, concerns=surely, leads=perhaps, **how)


def _comment(desk: Desk, place: Place, comment_id: int) -> Comment:
    """A comment on this proposal that says something to this reader; Missing for any other."""
    comment, proposal = comments.find(desk.session, comment_id, desk.reader)
    if proposal.id != place.proposal.id or comment.removed_at:
        raise Missing
    return comment


def _from(desk: Desk, comment: Comment) -> dict[str, str]:
    """What an entry made from a comment begins with; what was said in the group stays in it unless somebody says otherwise."""
    html = mentions.read(desk.session, comment, say(desk.language, "Member"))
    kind = f"{Family.ADVOCACY.value}/{EntryKind.EVENT.value}"
    on = comment.posted_at.astimezone(BRUSSELS).date().isoformat()
    reach = {} if comment.public else {"public": "false"}
    note = "\n".join(line for line in (" ".join(line.split()) for line in read(html).splitlines()) if line)
    said = {f"title_{desk.language}": excerpt(html, 120), f"note_{desk.language}": note[:2000]}
    return {"comment": str(comment.id), "kind": kind, "on": on} | reach | said


def _contact(desk: Desk, entry: Entry) -> dict[str, str]:
    """What an entry is, whom it was with, and how long an answer is waited for."""
    actor = desk.session.get_one(Actor, entry.actor_id).slug if entry.actor_id else ""
    kind = {"kind": f"{entry.family.value}/{entry.kind.value}", "state": entry.state.value, "actor": actor}
    return kind | ({"notice_days": str(entry.notice_days)} if entry.notice_days else {})


def _form(desk: Desk, place: Place, form: Posted[Any], status: int = 200, *, old: Entry | None = None, stale: bool = False) -> Response:
    say = words.Words(desk.language).word
    shown = {
        "kinds": [(say(family), [(f"{family.value}/{kind.value}", say(kind)) for kind in kinds]) for family, kinds in KINDS.items()],
        "others": [] if old else choices.edited_by(desk.session, desk.reader, desk.language, but=place.proposal),
        "sources": choices.sources(desk.session),
        "actors": [(say(kind), inside) for kind, inside in choices.actors(desk.session, desk.language)],
        "old": old,
        "stale": stale,
    }
    return record_page(desk, "entries/new.html", place, form, status, **shown)

"""Both sides of a claim, and what editors hold of it where sources disagree."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models import Proposal
from models.claim import Claim
from relais.errors import Missing, Stale
from relais.sources import claims, evidence, settlements
from relais.sources.settlements import SettlementForm
from web.citations import Noun, told
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Place, for_editor, onward, title_of
from web.render import page

routes = APIRouter(prefix="/{language}")


@routes.get("/{noun}/{key}/evidence")
@looking
def show(desk: Desk, noun: Noun, key: str) -> Response:
    claim, proposal = _found(desk, noun, key)
    return _page(desk, noun, claim, proposal, Posted(desk.language))


@routes.post("/{noun}/{key}/settlements")
@acting
def create(desk: Desk, noun: Noun, key: str, form: Posted[SettlementForm] = posted(SettlementForm, "seen")) -> Response:
    """Whoever saw another state than the one that stands is told, and keeps what they typed."""
    claim, proposal = _found(desk, noun, key)
    place = for_editor(desk, proposal)
    if form.errors:
        return _page(desk, noun, claim, proposal, form, 422)
    try:
        _settle(desk, claim, place, form)
    except Stale:
        return _page(desk, noun, claim, proposal, form, 409, stale=True)
    return onward(desk, f"{_path(noun, claim)}/evidence#settlements")


def _settle(desk: Desk, claim: Claim, place: Place, form: Posted[SettlementForm]) -> None:
    how: dict[str, Any] = {"proposal": place.proposal, "by": place.by, "now": desk.now, "public": getattr(claim, "public", True)}
    settlements.settle(desk.session, claim, form.form, seen=form.numbers["seen"], **how)


def _found(desk: Desk, noun: str, key: str) -> tuple[Any, Proposal]:
    """A claim that somebody may read, in its last wording, and its proposal: the first they edit where it concerns several."""
    if noun == "entries":
        entry, concerned = claims.entry(desk.session, key, desk.reader)
        mine = [proposal for proposal in concerned if desk.reader.may_edit(proposal)]
        return claims.standing(desk.session, entry), (mine or concerned)[0]
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        raise Missing
    find: Any = claims.move if noun == "moves" else claims.position
    claim, proposal = find(desk.session, int(key), desk.reader)
    return claims.standing(desk.session, claim), proposal


def _path(noun: str, claim: Any) -> str:
    return f"/{noun}/{claim.key if noun == 'entries' else claim.id}"


def _page(
    desk: Desk, noun: str, claim: Any, proposal: Proposal, form: Posted[SettlementForm], status: int = 200, *, stale: bool = False
) -> Response:
    text = title_of(desk, proposal)
    shown = {
        "told": told(desk, noun, claim),
        "claim": claim,
        "anchor": f"{noun[0]}{claim.id}",
        "proposal": proposal,
        "title": text.title if text else proposal.slug,
        "path": _path(noun, claim),
        "sides": evidence.of(desk.session, claim, desk.language),
        "history": settlements.history(desk.session, claim),
        "form": form,
        "stale": stale,
        "may_edit": desk.reader.may_edit(proposal),
        "inside": desk.reader.in_group(proposal.group_id),
    }
    return page(desk, "settlements/show.html", status, **shown)

"""Invitations: written, sent again and withdrawn by coordinators; and the page behind the link of the letter."""

from fastapi import APIRouter
from fastapi.responses import Response

from models import Group
from relais import access, invitations
from relais.errors import Refused, Stale
from relais.i18n import N_, say
from relais.invitations import InvitationForm
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.groups import coordinated, in_it, shown
from web.place import Id
from web.render import answer, page
from web.sign_in import private, signed_in

routes = APIRouter(prefix="/{language}")
CHANGED = N_("Somebody changed this invitation in between. This is how it stands now.")


@routes.post("/groups/{slug}/invitations")
@acting
def create(desk: Desk, slug: str, form: Posted[InvitationForm] = posted(InvitationForm)) -> Response:
    """Owe a letter. What is answered does not depend on whether anybody has the address."""
    group = coordinated(desk, slug)
    if form.errors:
        return shown(desk, group, form, 422)
    invitations.invite(desk.session, group, form.form, by=access.member(desk.reader), now=desk.now)
    return _members(desk, group)


@routes.post("/groups/{slug}/invitations/{id}/letters")
@acting
def send_again(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    return _act(desk, slug, id, form, invitations.send_again)


@routes.post("/groups/{slug}/invitations/{id}/withdrawal")
@acting
def withdraw(desk: Desk, slug: str, id: Id, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:  # noqa: A002
    return _act(desk, slug, id, form, invitations.withdraw)


@routes.get("/invitations/{token}")
@looking
def show(desk: Desk, token: str) -> Response:
    """A page with a button: whoever follows links before the reader does changes nothing."""
    return private(page(desk, "invitations/show.html", asked=invitations.behind(desk.session, token, desk.now), token=token))


@routes.post("/invitations/{token}")
@acting
def accept(desk: Desk, token: str) -> Response:
    opened, group = invitations.accept(desk.session, token, desk.now)
    return signed_in(desk, opened, f"/{desk.language}/groups/{group.slug}")


def _act(desk: Desk, slug: str, invitation_id: int, form: Posted[PressForm], verb) -> Response:
    group = coordinated(desk, slug)
    invitation = invitations.find(desk.session, group, invitation_id)
    if form.errors:
        return shown(desk, group, Posted(desk.language), 422)
    try:
        verb(desk.session, invitation, version=form.numbers["version"], by=access.member(desk.reader), now=desk.now)
    except Refused as refused:
        if refused.status != 409:
            raise
        told = Posted[PressForm](desk.language)
        told.errors[""] = say(desk.language, CHANGED if isinstance(refused, Stale) else refused.message)
        return shown(desk, group, told, 409)
    return _members(desk, group)


def _members(desk: Desk, group: Group) -> Response:
    desk.session.flush()
    return answer(desk, "groups/_members.html", to=f"/groups/{group.slug}#members", form=Posted(desk.language), **in_it(desk, group))

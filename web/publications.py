"""Making a proposal public: a page that says what anybody will see, and a button."""

from fastapi import APIRouter
from fastapi.responses import Response

from models import Proposal
from relais.errors import Refused, Stale
from relais.proposals import publication
from web.desk import Desk, acting, looking
from web.forms import Posted, PressForm, posted
from web.place import Place, edited, onward
from web.render import page

routes = APIRouter(prefix="/{language}/proposals/{slug}/publication")


@routes.get("")
@looking
def show(desk: Desk, slug: str) -> Response:
    place = edited(desk, slug)
    if place.proposal.public:
        raise Refused(publication.ALREADY)
    return _page(desk, place, place.proposal)


@routes.post("")
@acting
def create(desk: Desk, slug: str, form: Posted[PressForm] = posted(PressForm, "version")) -> Response:
    place = edited(desk, slug)
    if form.errors:
        return _page(desk, place, place.proposal, 422)
    try:
        publication.publish(desk.session, place.proposal, version=form.numbers["version"], by=place.by, now=desk.now)
    except Stale as stale:
        return _page(desk, place, stale.current, 409)
    return onward(desk, place.path)


def _page(desk: Desk, place: Place, proposal: Proposal, status: int = 200) -> Response:
    """What would be shown as things stand now; above it, on a second look, that they changed in between."""
    told = publication.of(desk.session, proposal)
    return page(desk, "publications/new.html", status, place=place, proposal=proposal, told=told, stale=status == 409)

"""Tokens for programs: one's own, and for coordinators those of their group. Each is shown once, when it is made."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from models import Group, Person
from relais import access, tokens
from relais.tokens import TokenForm
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.groups import coordinated
from web.place import Id, onward
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}")


@dataclass(frozen=True)
class Ring:
    """Whose tokens: a person's, or their group's."""

    person: Person
    group: Group | None = None

    @property
    def path(self) -> str:
        return f"/groups/{self.group.slug}/tokens" if self.group else "/account/tokens"


@routes.get("/account/tokens")
@looking
def mine(desk: Desk) -> Response:
    return _page(desk, _own(desk), Posted(desk.language))


@routes.post("/account/tokens")
@acting
def make(desk: Desk, form: Posted[TokenForm] = posted(TokenForm)) -> Response:
    return _made(desk, _own(desk), form)


@routes.post("/account/tokens/{id}/removal")
@acting
def end(desk: Desk, id: Id) -> Response:  # noqa: A002  the name in the address
    return _ended(desk, _own(desk), id)


@routes.get("/groups/{slug}/tokens")
@looking
def of_group(desk: Desk, slug: str) -> Response:
    return _page(desk, _of(desk, slug), Posted(desk.language))


@routes.post("/groups/{slug}/tokens")
@acting
def make_for_group(desk: Desk, slug: str, form: Posted[TokenForm] = posted(TokenForm)) -> Response:
    return _made(desk, _of(desk, slug), form)


@routes.post("/groups/{slug}/tokens/{id}/removal")
@acting
def end_of_group(desk: Desk, slug: str, id: Id) -> Response:  # noqa: A002
    return _ended(desk, _of(desk, slug), id)


def _own(desk: Desk) -> Ring:
    return Ring(access.member(desk.reader, f"/{desk.language}/account/tokens"))


def _of(desk: Desk, slug: str) -> Ring:
    group = coordinated(desk, slug)
    return Ring(access.member(desk.reader), group)


def _made(desk: Desk, ring: Ring, form: Posted[TokenForm]) -> Response:
    """Shows the new token, this once."""
    secret = ""
    if not form.errors:
        with form.trying(desk.session):
            secret = tokens.make(desk.session, form.form, by=ring.person, now=desk.now, group=ring.group)
    if form.errors:
        return _page(desk, ring, form, 422)
    return _page(desk, ring, Posted(desk.language), secret=secret)


def _ended(desk: Desk, ring: Ring, token_id: int) -> Response:
    token = tokens.find(desk.session, token_id, ring.person, ring.group)
    tokens.end(desk.session, token, by=ring.person, now=desk.now)
    return onward(desk, ring.path)


def _page(desk: Desk, ring: Ring, form: Posted[TokenForm], status: int = 200, secret: str = "") -> Response:
    standing = tokens.standing(desk.session, ring.person, ring.group, desk.now)
    shown = {"ring": ring, "form": form, "standing": standing, "secret": secret, "lasts": tokens.LASTS}
    return private(page(desk, "tokens/index.html", status, **shown))

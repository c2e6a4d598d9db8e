"""Signing in by a link from one's mail, signing out, and what is one's own."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator

from relais import sign_in
from relais.access import member
from relais.form import Form
from relais.groups import membership
from relais.people import Address
from relais.settings import settings
from web import client, mailbox
from web.desk import Desk, acting, cookie_name, looking
from web.forms import Posted, posted
from web.render import page

routes = APIRouter()
pages = APIRouter(prefix="/{language}")


class SignInForm(Form):
    email: Address
    next: Annotated[str, AfterValidator(sign_in.local_path)] = "/"


@pages.get("/sign-in")
@looking
def new(desk: Desk, next: str = "/") -> Response:  # noqa: A002  the name in the address
    if not desk.reader.visitor:
        return RedirectResponse(f"/{desk.language}/account", 303)
    return page(desk, "sign_in/new.html", form=Posted(desk.language, {"next": sign_in.local_path(next)}))


@pages.post("/sign-in")
@acting
def create(desk: Desk, form: Posted[SignInForm] = posted(SignInForm)) -> Response:
    if form.errors:
        return page(desk, "sign_in/new.html", 422, form=form)
    asked = form.form
    sign_in.ask(desk.session, asked.email, client.address_of(desk.request), desk.language, asked.next, desk.now)
    return RedirectResponse(f"/{desk.language}/sign-in/sent", 303)


@pages.get("/sign-in/sent")
@looking
def sent(desk: Desk) -> Response:
    return page(desk, "sign_in/sent.html", mailbox=mailbox.is_open(desk.request))


@pages.get("/sign-in/{token}")
@looking
def show(desk: Desk, token: str) -> Response:
    """A page with a button: whoever follows links before the reader does changes nothing."""
    return private(page(desk, "sign_in/show.html", token=token))


@pages.post("/sign-in/{token}")
@acting
def redeem(desk: Desk, token: str) -> Response:
    opened, back = sign_in.redeem(desk.session, token, desk.now)
    return signed_in(desk, opened, back)


def signed_in(desk: Desk, opened: str, to: str) -> Response:
    """Give the browser its new session; the one it had before ends."""
    sign_in.sign_out(desk.session, desk.request.cookies.get(cookie_name(), ""), desk.now)
    answer = RedirectResponse(to, 303)
    lasts = int(sign_in.SESSION_LASTS.total_seconds())
    answer.set_cookie(cookie_name(), opened, max_age=lasts, secure=settings().secure, httponly=True, samesite="lax")
    return answer


@pages.post("/sign-out")
@acting
def sign_out(desk: Desk) -> Response:
    sign_in.sign_out(desk.session, desk.request.cookies.get(cookie_name(), ""), desk.now)
    answer = RedirectResponse(f"/{desk.language}/", 303)
    answer.delete_cookie(cookie_name(), secure=settings().secure, httponly=True, samesite="lax")
    return answer


@pages.post("/sign-out/elsewhere")
@acting
def sign_out_elsewhere(desk: Desk) -> Response:
    person = member(desk.reader, f"/{desk.language}/account")
    sign_in.sign_out_elsewhere(desk.session, person, desk.request.cookies[cookie_name()], desk.now)
    return RedirectResponse(f"/{desk.language}/account", 303)


@pages.get("/account")
@looking
def account(desk: Desk) -> Response:
    person = member(desk.reader, desk.here)
    mine = membership.of(desk.session, desk.reader)
    return private(page(desk, "sign_in/account.html", mine=mine, sessions=sign_in.sessions_of(desk.session, person, desk.now)))


def private(answer: Response) -> Response:
    """A page that is kept nowhere."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


routes.include_router(pages)
routes.include_router(mailbox.routes)

"""Refusals as pages: what happened, in the reader's language, and the way out. To htmx a line that stands where it was asked."""

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException

from relais.access import VISITOR
from relais.errors import Missing, Refused, SignedOut, Stale, TooMany
from relais.i18n import LANGUAGES, N_, chosen
from relais.log import logger
from relais.settings import settings
from web.render import pages

HEADLINES = {
    400: N_("This request cannot be read"),
    401: N_("Sign in to go on"),
    403: N_("Your role does not reach this far"),
    404: N_("This page is not here"),
    405: N_("This address takes no such request"),
    409: N_("This cannot be done as things stand"),
    410: N_("This is gone"),
    413: N_("This is too large"),
    422: N_("This cannot be taken"),
    429: N_("Too many tries"),
    503: N_("Nothing can be saved right now"),
}
FAILED = N_("Something failed on our side")
AGAIN = (401, 409, 429, 500, 503)  # what may go through when the same is sent once more


def install(app: FastAPI) -> None:
    app.add_exception_handler(Refused, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _by_status)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(DataError, _not_found)  # PostgreSQL keeps no NUL: an address with one names nothing
    app.add_exception_handler(IntegrityError, _collided)
    app.add_exception_handler(OperationalError, _unwritable)
    app.add_exception_handler(Exception, _failed)


def refusal(request: Request, status: int, message: str = "", **values: Any) -> HTMLResponse:
    """The page (or, for htmx, the line) that tells a refusal."""
    language = language_of(request)
    fragment = request.headers.get("HX-Request") == "true"
    template = pages(language).get_template("errors/_refusal.html" if fragment else "errors/show.html")
    shown = {
        "status": status,
        "headline": HEADLINES.get(status, FAILED),
        "message": message,
        "values": values,
        "reader": VISITOR,
        "reference": getattr(request.state, "request_id", ""),
        "typed": _typed(request),
        "again": request.url.path if status in AGAIN else "",
        "desk": _Nobody(request, language),
        "today": settings().day(),
    }
    headers = {"HX-Retarget": "#refusal", "HX-Reswap": "innerHTML"} if fragment else None
    return HTMLResponse(template.render(shown), status, headers)


def _typed(request: Request) -> list[tuple[str, str, bool]]:
    """The fields of the form that is refused: name, what was written, and whether it is one people see. The page gives them back."""
    written: dict[str, Any] = getattr(request.state, "typed", {})
    values = [(name, one) for name, value in written.items() for one in ([value] if isinstance(value, str) else value)]
    return [(name, value, name not in request.state.unseen) for name, value in values if value.strip()]


def language_of(request: Request) -> str:
    first = request.url.path.lstrip("/").split("/")[0]
    if first in LANGUAGES:
        return first
    return chosen(request.cookies.get("language"), request.headers.get("Accept-Language"))


class _Nobody:
    """What the base page needs of a desk when there is no session to open one."""

    def __init__(self, request: Request, language: str) -> None:
        self.request, self.language, self.reader, self.as_of = request, language, VISITOR, None
        self.here = request.url.path


def _refused(request: Request, wrong: Refused) -> Response:
    if isinstance(wrong, SignedOut):
        return _signed_out(request, wrong.back)
    message = "" if isinstance(wrong, Missing) else wrong.message
    answer = refusal(request, wrong.status, message, **wrong.values)
    if isinstance(wrong, TooMany):
        answer.headers["Retry-After"] = str(wrong.wait)
    return answer


def _signed_out(request: Request, back: str) -> Response:
    """A visitor signs in and comes back to where they were. Who wrote something while their session ended is given it back first."""
    if _typed(request) and request.headers.get("HX-Request") != "true":
        return refusal(request, 401, N_("Your session has ended. Sign in, in a new tab, then send this again."), back=back)
    return _to_sign_in(request, back)


def _to_sign_in(request: Request, back: str) -> Response:
    place = f"/{language_of(request)}/sign-in?next={quote(back, safe='/')}"
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": place})
    return RedirectResponse(place, 303)


def _by_status(request: Request, wrong: HTTPException) -> Response:
    answer = refusal(request, wrong.status_code)
    answer.headers.update(wrong.headers or {})
    return answer


def _not_found(request: Request, _wrong: Exception) -> Response:
    """An address whose parts are not what they should be (a word for a number) leads nowhere."""
    return refusal(request, 404)


def _collided(request: Request, _wrong: Exception) -> Response:
    return refusal(request, 409, Stale().message)


def _unwritable(request: Request, wrong: Exception) -> Response:
    logger().warning("database_refused", request_id=getattr(request.state, "request_id", ""), exc_info=wrong)
    return refusal(request, 503)


def _failed(request: Request, _wrong: Exception) -> Response:
    """The gate logs what went wrong under the reference the page shows."""
    return refusal(request, 500)

"""The letters that no mail server took, for whoever tries Relais on their own machine. Nobody else learns that this exists."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import Response

from relais import db, mail
from relais.errors import Missing
from relais.settings import settings
from web import client
from web.desk import Desk
from web.render import page

routes = APIRouter(prefix="/dev/mailbox")
MOST = 100


@routes.get("")
def index(request: Request) -> Response:
    """The latest letters, the newest first."""
    letters = [(path.name, _read(path)) for path in _letters(request)]
    return _page(request, "sign_in/mailbox.html", letters=letters)


@routes.get("/{name}")
def show(request: Request, name: str) -> Response:
    found = next((path for path in _letters(request) if path.name == name), None)
    if found is None:
        raise Missing
    return _page(request, "sign_in/letter.html", letter=_read(found))


def is_open(request: Request) -> bool:
    """Only without a mail server, to somebody at this machine, where it is the address of the site too."""
    here = client.is_loopback(urlsplit(settings().base_url).hostname or "")
    return not settings().smtp_url and here and client.on_this_machine(request)


def _letters(request: Request) -> list[Path]:
    if not is_open(request):
        raise Missing
    return sorted(mail.folder().glob("[0-9]*.eml"), reverse=True)[:MOST]


def _read(path: Path) -> dict[str, Any]:
    message = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    words = body.get_content() if body else ""
    return {"to": message["To"], "subject": message["Subject"], "date": message["Date"].datetime, "text": words}


def _page(request: Request, template: str, **shown: Any) -> Response:
    with db.reading() as session:
        answer = page(Desk.open(session, request, "en"), template, **shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer

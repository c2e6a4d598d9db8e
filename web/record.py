"""What the forms of moves, positions and entries share: a page of their own, or for htmx the form alone."""

from typing import Any

from fastapi.responses import Response

from models.dated import Dated
from relais.i18n import typed_date
from web.desk import Desk
from web.forms import Posted
from web.place import Place
from web.render import page


def record_page(desk: Desk, template: str, place: Place, form: Posted[Any], status: int = 200, **shown: Any) -> Response:
    if desk.htmx:
        template = template.replace("new.html", "_form.html")
    return page(desk, template, status, place=place, form=form, **({"old": None, "stale": False} | shown))


def typed(row: Dated, language: str) -> dict[str, str]:
    """A row's words, date and reach as somebody would type them into its form in that language."""
    pairs = {f"{name}_{tongue}" for name in ("title", "label", "note", "reason", "outcome") for tongue in ("fr", "en")}
    words = {name: getattr(row, name) for name in pairs if hasattr(row, name)}
    reach = {} if getattr(row, "public", True) else {"public": "false"}
    return words | reach | {"on": typed_date(row.when(), language)}

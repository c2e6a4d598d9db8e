"""A hand-over brief as a PDF, drawn from the page’s own words by WeasyPrint where that is installed (`make pdf`)."""

from functools import lru_cache
from importlib.util import find_spec
from threading import Lock
from typing import Any

from models.partial_date import PartialDate
from relais import i18n
from relais.errors import Refused
from relais.settings import settings
from web.briefs.sheet import Sheet
from web.render import STATIC, part

# Drawing takes a second or more of one core: one at a time, and who comes meanwhile waits a little.
_DRAWING = Lock()
PATIENCE = 15.0


class Busy(Refused):
    status = 503

    def __init__(self) -> None:
        super().__init__("Many documents are being drawn. Try again in a few seconds.")


@lru_cache
def possible() -> bool:
    """Whether WeasyPrint is here and finds the libraries it draws with."""
    if find_spec("weasyprint") is None:
        return False
    try:
        import weasyprint  # noqa: F401, PLC0415  an extra
    except OSError:
        return False
    return True


def written(sheet: Sheet, path: str, digest: str = "") -> bytes:
    """The document, tagged for those who listen to it. Raises Busy when others have waited too long already."""
    shown: dict[str, Any] = {"sheet": sheet, "address": f"{settings().base_url}{path}", "digest": digest, "written": _when(sheet.language)}
    page = str(part(sheet.language, "presidencies/brief_paper.html", **shown))
    if not _DRAWING.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return _printed(page)
    finally:
        _DRAWING.release()


def _printed(page: str) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415  an extra

    body: bytes = HTML(string=page, base_url=STATIC.as_uri() + "/").write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1")
    return body


def _when(language: str) -> Any:
    return lambda written: i18n.partial(PartialDate.parse(written), language)

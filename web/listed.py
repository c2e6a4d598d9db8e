"""A page of the list of proposals: found once for all who may see as much, as long as nothing has happened (docs/decisions/0013)."""

from dataclasses import dataclass

from relais.proposals import listing, themes
from relais.proposals.listing import Listing
from relais.proposals.themes import Choices
from relais.relay import Filters
from relais.settings import settings
from web.desk import Desk
from web.shelf import Shelf

ROW = 1000  # bytes a row takes, about


@dataclass(frozen=True)
class Listed:
    """What was found, and what the filters offer; `after` is the event of the ledger it was found after."""

    after: int
    found: Listing
    choices: Choices

    @property
    def size(self) -> int:
        return ROW * (1 + len(self.found.rows))


kept: Shelf[Listed] = Shelf(most=1024, most_bytes=16_000_000, largest=100_000)


def of(desk: Desk, filters: Filters, words: str, number: int) -> Listed:
    """The page as this reader may see it."""
    name = settings().database_url, desk.reader.sight, desk.language, desk.day, desk.as_of is None, filters, words, number
    found = kept.get(name)
    if found is None or found.after != desk.newest:
        found = _found(desk, filters, words, number)
        kept.put(name, found)
    return found


def _found(desk: Desk, filters: Filters, words: str, number: int) -> Listed:
    page = listing.page(
        desk.session, desk.calendar, desk.reader, desk.language,
        day=desk.day, as_of=desk.as_of is not None, filters=filters, words=words, number=number,
    )  # fmt: skip
    return Listed(desk.newest, page, themes.choices(desk.session, desk.language))

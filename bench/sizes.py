"""How large a record is made, over which years, and what its rows are told of each other."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

HOT = "asked-by-everyone"
FIRST_DAY, LAST_DAY, LATEST_PLAN = date(2018, 1, 1), date(2026, 11, 20), date(2029, 12, 31)
OPENED, CLOSED = datetime(2019, 1, 7, 8, tzinfo=UTC), datetime(2026, 11, 20, 17, tzinfo=UTC)
AT_ONCE = 500


@dataclass(frozen=True)
class Size:
    """How many proposals besides the seed's, how many comments on each (on average), and what the hot one has of everything."""

    proposals: int = 1000
    comments: int = 10
    hot_comments: int = 50
    hot_claims: int = 12


class Head(NamedTuple):
    """What events say of their proposal."""

    id: int
    group_id: int
    public: bool


class Saved(NamedTuple):
    """A revision that was saved, and its words."""

    revision: int
    title: str
    summary: str
    body: str

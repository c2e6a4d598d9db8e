"""What all open pages may know of the record at one moment, read once for all of them."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import datetime

from models.group import Role
from relais import db, ledger, news, presences, sign_in
from relais.access import Reader
from relais.news import News
from relais.presences import Writer
from relais.settings import now

MOST_OF_ONE, MOST_AT_ONE_ADDRESS = 20, 200
Sight = frozenset[int]  # the groups of a reader: what they may see depends on nothing else


@dataclass(frozen=True)
class Wish:
    """Who wants to be told of what. `page` is the kind of page it is for, `client` what the number of its streams is limited by."""

    proposal_id: int
    group_id: int
    language: str
    page: str
    reader: Reader
    token: str
    client: Hashable

    @property
    def sight(self) -> Sight:
        return frozenset(self.reader.roles)

    @property
    def person_id(self) -> int | None:
        return self.reader.person.id if self.reader.person else None

    @property
    def most(self) -> int:
        """Streams of one client: a person, or all visitors at one address."""
        return MOST_AT_ONE_ADDRESS if self.person_id is None else MOST_OF_ONE

    @property
    def member(self) -> bool:
        return self.reader.in_group(self.group_id)


@dataclass(frozen=True)
class Look:
    """The record after one event and up to another, as each sight of it may know it."""

    upto: int
    at: datetime
    readers: dict[str, Reader]
    there: dict[Sight, set[int]]
    news: dict[Sight, list[News]]
    writers: list[Writer]

    def open_to(self, wish: Wish) -> bool:
        """Whether the session goes on, with the same groups, and the proposal is still there for them."""
        reader = self.readers[wish.token] if wish.token else wish.reader
        same = frozenset(reader.roles) == wish.sight and (reader.person.id if reader.person else None) == wish.person_id
        return same and wish.proposal_id in self.there[wish.sight]


def look(after: int, wishes: Collection[Wish]) -> Look:
    """In a thread: one short transaction that reads for all of them."""
    wanted: dict[Sight, set[int]] = {}
    for wish in wishes:
        wanted.setdefault(wish.sight, set()).add(wish.proposal_id)
    readers = {sight: Reader(None, dict.fromkeys(sight, Role.OBSERVER)) for sight in wanted}
    with db.reading() as session:
        upto, at = ledger.newest(session), now()
        there = {sight: news.seen_by(session, readers[sight], ids) for sight, ids in wanted.items()}
        return Look(
            upto,
            at,
            sign_in.readers_of(session, {wish.token for wish in wishes if wish.token}, at),
            there,
            {sight: news.after(session, readers[sight], ids, after, upto) if upto > after else [] for sight, ids in there.items()},
            presences.at_work(session, {wish.proposal_id for wish in wishes if wish.member}, at),
        )
